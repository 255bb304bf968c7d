from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from quoth.ui import connections
from quoth.ui.connections import PromptProtocol

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
WAITED_S = 0.5


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Of a server that gives a client half a second, and waits a minute for the next request."""
    monkeypatch.setattr(connections, "HEAD_S", WAITED_S)
    app = PlainTextResponse("here")
    config = uvicorn.Config(app, http=PromptProtocol, log_level="error", timeout_keep_alive=60, lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n"])
def test_who_does_not_say_what_is_wanted_is_let_go(port: int, sent: bytes) -> None:
    with connect(port) as silent:
        silent.sendall(sent)
        assert silent.recv(1_000) == b""


def test_who_sends_a_head_sign_by_sign_is_let_go_too(port: int) -> None:
    with connect(port) as slow, pytest.raises(ConnectionError):
        dribble(slow)


def dribble(slow: socket.socket) -> None:
    for _ in range(100):
        slow.sendall(b"G")
        time.sleep(0.05)


def test_who_asks_again_later_is_answered_and_must_be_prompt_again(port: int) -> None:
    with connect(port) as reader:
        for _ in range(2):
            reader.sendall(REQUEST)
            answer = b""
            while not answer.endswith(b"here"):
                part = reader.recv(1_000)
                assert part
                answer += part
            time.sleep(2 * WAITED_S)
        reader.sendall(REQUEST[:20])
        assert reader.recv(1_000) == b""
