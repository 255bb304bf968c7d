"""The page under a public name: as through a proxy that keeps the name of the host, and through one that does not."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.browser.reader import ask, visit
from tests.browser.serving import serving
from tests.browser.shelf import Shelf

from quoth.library import Library
from quoth.settings import Settings
from quoth.testing import HashEmbedder
from quoth.ui.terms import Terms

PUBLIC = "docs.example.org"
EVENT = json.dumps({"data": ["lighthouse", None, "", ""], "fn_index": 0, "session_hash": "proxied"})


def send(address: str, path: str, headers: dict[str, str], *, body: str | None = None) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    sent = {"Content-Type": "application/json", **headers}
    connection.request("POST" if body is not None else "GET", path, body, sent)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_reader_who_comes_by_a_public_name_can_ask(unwatched: Page, shelf: Shelf) -> None:
    page = unwatched
    with serving(shelf, Terms(public_hosts=("docs.localhost",))) as address:
        visit(page, address.replace("127.0.0.1", "docs.localhost"))  # browsers take it for this machine
        ask(page, "lighthouse")
        expect(page.locator(".turn h2")).to_have_text("lighthouse")
        page.close()


def test_both_kinds_of_proxy_get_the_page_and_its_answers(shelf: Shelf) -> None:
    kept = {"Host": PUBLIC, "Origin": f"https://{PUBLIC}", "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    with serving(shelf, Terms(public_hosts=(PUBLIC,))) as address:
        for headers in (kept, {**kept, "Host": urlsplit(address).netloc}):
            assert send(address, "/", headers) == 200
            assert send(address, "/gradio_api/queue/join", headers, body=EVENT) == 200
        assert send(address, "/", {**kept, "Host": "evil.example"}) == 403
    with serving(shelf) as address:
        assert send(address, "/", kept) == 403


def test_nobody_removes_files_through_a_proxy_that_is_named_without_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry left at nine.", "utf-8")
    with Library(tmp_path / "index", Settings(folder=str(folder)), HashEmbedder()) as library:
        library.build()
        with serving(library, Terms(keeps=library)) as address:
            body = json.dumps({"source": "a.txt"})
            assert send(address, "/quoth/remove", {"X-Quoth": "1"}, body=body) == 403
    assert (folder / "a.txt").exists()
