from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from uvicorn.server import ServerState

from quoth.ui import connections
from quoth.ui.connections import PromptProtocol

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
WAITED_S = 0.5


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Of a server that gives a client half a second, and waits a minute for the next request."""
    monkeypatch.setattr(connections, "HEAD_S", WAITED_S)
    monkeypatch.setattr(connections, "BODY_S", WAITED_S)
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


def test_who_sends_what_was_announced_sign_by_sign_is_let_go_whether_it_was_answered_or_not(port: int) -> None:
    with connect(port) as slow:
        slow.sendall(b"POST /quoth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000\r\n\r\n")
        with pytest.raises(ConnectionError):
            dribble(slow)


def test_a_large_upload_has_its_time(port: int) -> None:
    with connect(port) as sender:
        sender.sendall(b"POST /quoth/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000\r\n\r\n")
        dribble(sender, 25)
        assert sender.recv(1_000)[:12] == b"HTTP/1.1 200"
        sender.setblocking(False)
        with pytest.raises(BlockingIOError):
            sender.recv(1_000)


class Wire(asyncio.Transport):
    """Of a client at an address."""

    def __init__(self, address: str) -> None:
        super().__init__({"peername": (address, 50_000), "sockname": ("192.0.2.1", 80)})
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed


@pytest.mark.parametrize(
    ("address", "names_proxy", "opened"),
    [("192.0.2.7", False, 100), ("192.0.2.7", True, 120), ("127.0.0.1", False, 120)],
)
def test_one_client_opens_a_hundred_connections_and_no_more_but_for_a_proxy(
    address: str, names_proxy: bool, opened: int
) -> None:
    config = uvicorn.Config(PlainTextResponse("here"), lifespan="off", proxy_headers=names_proxy)
    config.load()
    state, loop = ServerState(), asyncio.new_event_loop()
    wires = [*map(Wire, [address] * 120), Wire("192.0.2.8")]
    for wire in wires:
        PromptProtocol(config, state, {}, loop).connection_made(wire)
    loop.close()
    assert [wire.is_closed for wire in wires] == [False] * opened + [True] * (120 - opened) + [False]


def dribble(slow: socket.socket, times: int = 100) -> None:
    for _ in range(times):
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
