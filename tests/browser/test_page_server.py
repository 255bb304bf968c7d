from __future__ import annotations

import http.client
import json
import re
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from gradio.utils import get_upload_folder
from playwright.sync_api import Page
from pytest_playwright.pytest_playwright import CreateContextCallback
from tests.browser.reader import ask, open_source, visit
from tests.browser.serving import Watch
from tests.browser.shelf import Shelf

from quoth.errors import SettingsError
from quoth.ui.hosts import LOOPBACK
from quoth.ui.server import address_of, bind, make_server

CLOSED = [
    "/gradio_api/file=/etc/hostname",
    "/gradio_api/file=https://example.org/",
    "/file=/etc/hostname",
    "/gradio_api/proxy=https://example.org/",
    "/gradio_api/stream/a/1/1/playlist.m3u8",
    "/gradio_api/deep_link",
    "/gradio_api/info",
    "/gradio_api/openapi.json",
    "/gradio_api/mcp/",
    "/gradio_api/runs",
    "/gradio_api/app_id",
    "/gradio_api/queue/status",
    "/gradio_api/heartbeat/a",
    "/monitoring",
    "/custom_component/a/client/component/index.js",
    "/docs",
    "/openapi.json",
]
CLOSED_TO_POST = [
    "/gradio_api/upload",
    "/gradio_api/run/answer",
    "/gradio_api/api/answer",
    "/gradio_api/call/answer",
    "/gradio_api/component_server",
    "/gradio_api/process_recording",
    "/login",
]


def request(
    url: str, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, body: str | None = None
) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}


@pytest.mark.parametrize("path", CLOSED)
def test_what_the_page_does_not_need_is_closed(url: str, path: str) -> None:
    assert request(url, path)[0] == 404


@pytest.mark.parametrize("path", CLOSED_TO_POST)
def test_what_the_page_does_not_send_is_refused(url: str, path: str) -> None:
    assert request(url, path, method="POST", headers={"Content-Type": "application/json"}, body="{}")[0] == 404


def test_other_names_for_this_machine_get_no_page(url: str) -> None:
    assert request(url, "/", headers={"Host": "evil.example"})[0] == 403
    assert request(url, "/", headers={"Host": "127.0.0.1.evil.example:7860"})[0] == 403
    assert request(url, "/", headers={"Host": "[::1"})[0] == 403
    assert request(url, "/", headers={"Host": "localhost:1234"})[0] == 200
    assert request(url, "/", headers={"Host": "[::1]:7860"})[0] == 200


def test_other_sites_cannot_ask(url: str) -> None:
    headers = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
    assert request(url, "/gradio_api/queue/join", method="POST", headers=headers, body="{}")[0] == 403
    status, answered = request(url, "/", headers={"Origin": "https://evil.example"})
    assert (status, "access-control-allow-origin" in answered) == (200, False)


def test_gradio_copies_no_file_that_a_request_names(url: str, tmp_path: Path) -> None:
    secret = tmp_path / f"{tmp_path.name}-{time.time_ns()}.txt"
    secret.write_text("nobody else's business", "utf-8")
    for named in ({"path": str(secret)}, {"url": secret.as_uri(), "path": str(secret)}, [{"path": str(secret)}]):
        marked = {**named, "meta": {"_type": "gradio.FileData"}} if isinstance(named, dict) else named
        event = {"data": [marked, None], "fn_index": 0, "trigger_id": 1, "session_hash": "a"}
        headers = {"Content-Type": "application/json"}
        body = json.dumps(event)
        assert request(url, "/gradio_api/queue/join", method="POST", headers=headers, body=body)[0] == 400
    assert list(Path(get_upload_folder()).rglob(secret.name)) == []


def test_a_malformed_origin_is_a_foreign_one(url: str) -> None:
    assert request(url, "/gradio_api/queue/join", method="POST", headers={"Origin": "http://["}, body="{}")[0] == 403


def test_a_request_too_large_for_a_question_is_refused(url: str) -> None:
    huge = "x" * 1_000_001
    assert request(url, "/gradio_api/queue/join", method="POST", body=huge)[0] == 413


def test_answers_carry_headers_that_bind_the_browser(url: str) -> None:
    _, headers = request(url, "/")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_only_files_whose_names_tell_their_content_are_kept_for_ever(url: str) -> None:
    with urllib.request.urlopen(url) as answer:
        script = re.search(r"assets/[\w./-]+-\w+\.js", answer.read().decode())
    assert script is not None
    assert "immutable" in request(url, f"/{script[0]}")[1]["cache-control"]
    assert request(url, "/")[1]["cache-control"] == "private, no-store"
    for path in ("/theme.css", "/assets/no-such-file.js"):
        assert "cache-control" not in request(url, path)[1]


def test_two_readers_do_not_see_each_others_questions(
    page: Page, url: str, new_context: CreateContextCallback, watch: Watch
) -> None:
    other = new_context().new_page()
    watch(other)
    visit(page, url)
    visit(other, url)
    ask(page, "lighthouse")
    ask(other, "harbour")
    ask(page, "ferry")
    assert page.locator(".turn h2").all_inner_texts() == ["lighthouse", "ferry"]
    assert other.locator(".turn h2").all_inner_texts() == ["harbour"]


def test_every_event_of_the_page_is_let_through(page: Page, url: str) -> None:
    visit(page, url)
    page.get_by_role("link", name="When did the lighthouse go dark?").click()
    page.locator(".turn").wait_for()
    open_source(page)
    page.go_back()
    page.locator("#source .document").wait_for(state="detached")
    page.get_by_label("Question", exact=True).fill("harbour")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("heading", name="harbour", exact=True).wait_for()
    visit(page, f"{url}/?q=ferry")
    assert page.locator(".turn h2").all_inner_texts() == ["ferry"]


def test_the_server_stops_without_complaint_while_a_page_is_open(
    page: Page, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    started = threading.Event()
    with bind("127.0.0.1", 0) as listener:
        server = make_server(shelf, "127.0.0.1", started.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert started.wait(30)
        visit(page, address_of(listener))
        page.route("**/*", lambda route: route.abort())  # what it asks for afterwards is not the subject
        begin = time.monotonic()
        server.should_exit = True
        thread.join(10)
        assert time.monotonic() - begin < 4
    assert capsys.readouterr().err == ""


def test_a_taken_port_is_said_with_the_option_that_helps() -> None:
    with bind("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"port {port} on 127\.0\.0\.1 .*quoth serve --port {port + 1}"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("no-such-host.invalid", 7860), ("127.0.0.1", 70_000)])
def test_an_address_that_cannot_be_had_is_said(host: str, port: int) -> None:
    with pytest.raises(SettingsError, match="quoth serve --"):
        bind(host, port)


def test_only_this_machine_is_let_in_by_name() -> None:
    assert frozenset({"127.0.0.1", "::1", "localhost"}) == LOOPBACK
