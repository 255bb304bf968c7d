"""What the server keeps for readers: each page its own conversation, and no more pages than it has room for."""

from __future__ import annotations

import json

import httpx
import pytest
from benchmarks.sessions import Event, ask_once, connected, read_event
from playwright.sync_api import Page, expect
from tests.browser.reader import ask, visit
from tests.browser.serving import serving
from tests.browser.shelf import Shelf

from quoth.ui import page as page_of_gradio
from quoth.ui import pages


def turns_of(address: str, event: Event, session: str) -> int:
    """In the answer to one more question."""
    return ask_once(address, event, "lighthouse", session).count(b'class=\\"turn\\"')


def test_two_tabs_of_one_reader_hold_two_conversations(page: Page, url: str) -> None:
    other = page.context.new_page()
    visit(page, url)
    visit(other, url)
    ask(page, "lighthouse")
    ask(other, "harbour")
    ask(page, "ferry")
    assert page.locator(".turn h2").all_inner_texts() == ["lighthouse", "ferry"]
    assert other.locator(".turn h2").all_inner_texts() == ["harbour"]
    other.close()


def test_more_tabs_than_a_browser_has_connections_are_all_answered(page: Page, url: str) -> None:
    """More than six, and all at once."""
    tabs = [page, *(page.context.new_page() for _ in range(6))]
    for tab in tabs:
        tab.goto(url, wait_until="commit")
    for tab in tabs:
        tab.locator("#conversation .home").wait_for()
    for question in ("lighthouse", "ferry"):
        for tab in tabs:
            tab.get_by_label("Question", exact=True).fill(question)
            tab.keyboard.press("Enter")
        for tab in tabs:
            expect(tab.locator(".turn h2").last).to_have_text(question)
    assert {tuple(tab.locator(".turn h2").all_inner_texts()) for tab in tabs} == {("lighthouse", "ferry")}
    for tab in tabs[1:]:
        tab.close()


def test_a_reload_begins_a_conversation_of_its_own(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "lighthouse")
    ask(page, "harbour")
    page.reload()
    expect(page.locator(".turn h2")).to_have_text(["harbour"])


def test_the_page_used_longest_ago_is_forgotten_when_there_are_too_many(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_gradio, "MOST_SESSIONS", 5)
    with serving(shelf) as url:
        event = read_event(url)
        assert [turns_of(url, event, "first"), turns_of(url, event, "first")] == [1, 2]
        for number in range(5):
            assert turns_of(url, event, f"session{number}") == 1
        assert turns_of(url, event, "session4") == 2
        assert turns_of(url, event, "first") == 1


def test_a_client_with_too_many_pages_loses_its_own_and_answers_that_nobody_fetches_are_dropped(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_OF_ONE", 2)
    monkeypatch.setattr(pages, "UNHEARD_S", -1.0)
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
    with serving(shelf) as url:
        event = read_event(url)

        def turns(session: str, client: str) -> int:
            with httpx.Client(base_url=url, headers={"X-Forwarded-For": client}) as sender:
                join(sender, event.asking("lighthouse", session))
                return listen(sender, session).count('class=\\"turn\\"')

        assert turns("reader", "192.0.2.7") == 1
        assert [turns(session, "192.0.2.8") for session in ("a", "b", "c")] == [1, 1, 1]
        assert [turns("reader", "192.0.2.7"), turns("c", "192.0.2.8"), turns("a", "192.0.2.8")] == [2, 2, 1]
        with httpx.Client(base_url=url) as silent:
            for _ in range(2):
                join(silent, event.asking("lighthouse", "silent"))
            assert listen(silent, "silent").count("process_completed") == 1


def join(sender: httpx.Client, event: str) -> None:
    headers = {"Content-Type": "application/json"}
    sender.post("/gradio_api/queue/join", content=event, headers=headers).raise_for_status()


def listen(sender: httpx.Client, session: str) -> str:
    return sender.get(f"/gradio_api/queue/data?session_hash={session}").text


def test_all_that_is_kept_of_a_page_is_forgotten_after_hours(url: str) -> None:
    with connected(url) as connection:
        connection.request("GET", "/config")
        config = json.loads(connection.getresponse().read())
    kept = [part["props"] for part in config["components"] if part["type"] == "state"]
    assert [state["time_to_live"] for state in kept] == [4 * 3600]
