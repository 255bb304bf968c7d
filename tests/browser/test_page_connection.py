"""What the reader sees when the server is busy, or gone."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.reader import ask, visit
from tests.browser.serving import serving
from tests.browser.shelf import Shelf, make_document

from quoth.records import Answer

BUSY = "Many people are asking just now; try again in a moment."
LOST = "The connection is lost. What you typed is still here; try again when the page is served again."
JOIN = "/gradio_api/queue/join"


class SlowShelf(Shelf):
    """Answers nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__([make_document("a.txt", "One lighthouse.")])
        self.is_asked = threading.Event()
        self.may_answer = threading.Event()
        self.asked = 0

    def ask(self, question: str, **chosen: Any) -> Answer:
        self.asked += 1
        self.is_asked.set()
        assert self.may_answer.wait(60)
        return super().ask(question, **chosen)


@pytest.fixture
def slow() -> Iterator[SlowShelf]:
    shelf = SlowShelf()
    yield shelf
    shelf.may_answer.set()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    """Not watched: the browser reports what the tests break as errors."""
    context.set_default_timeout(20_000)
    return context.new_page()


def box(page: Page) -> Locator:
    return page.get_by_label("Question", exact=True)


def send(page: Page, question: str) -> None:
    box(page).fill(question)
    page.keyboard.press("Enter")


def expect_trouble(page: Page, message: str, question: str) -> None:
    """The sentence is seen, once; what was asked is still in the box, which can be used."""
    expect(page.locator("#trouble p")).to_have_text(message, timeout=20_000)
    expect(page.locator("#trouble p")).to_be_in_viewport()
    expect(box(page)).to_have_value(question)
    expect(box(page)).to_be_editable()
    expect(page.locator("#quoth")).not_to_have_attribute("data-busy", "true")
    expect(page.locator(".toast-body:visible")).to_have_count(0)


def test_who_asks_too_often_is_told_to_wait_and_keeps_the_question(tab: Page, shelf: Shelf) -> None:
    with serving(shelf, questions_per_minute=2) as address:
        visit(tab, address)
        ask(tab, "lighthouse")
        send(tab, "harbour")
        expect_trouble(tab, BUSY, "harbour")
        tab.close()


def test_a_full_queue_is_said_and_gone_when_there_is_room_again(tab: Page, slow: SlowShelf) -> None:
    with serving(slow) as address:
        visit(tab, address)
        with tab.expect_request(f"**{JOIN}*") as sent:
            send(tab, "lighthouse")
        event = json.loads(sent.value.post_data or "")
        statuses = [join(address, {**event, "session_hash": f"another{number}"}) for number in range(80)]
        assert set(statuses) == {200, 503}
        tab.reload()  # the one who asked before everybody else is kept waiting with them
        expect(tab.locator("#trouble p")).to_have_text(BUSY)
        slow.may_answer.set()
        visit(tab, address)
        ask(tab, "lighthouse")
        expect(tab.locator("#trouble p")).to_have_text("")
        tab.close()


def test_four_steps_are_worked_on_at_once_whatever_they_are(slow: SlowShelf) -> None:
    with serving(slow) as address:
        with urllib.request.urlopen(f"{address}/config") as answered:
            events = json.load(answered)["dependencies"]
        asking = [event["id"] for event in events if event["backend_fn"] and len(event["inputs"]) == 4]
        assert len(asking) == 2  # Enter in the box, and the button
        for number in range(12):
            event = {"data": ["lighthouse", None, "", ""], "fn_index": asking[number % 2], "session_hash": f"a{number}"}
            assert join(address, event) == 200
        assert slow.is_asked.wait(10)
        threading.Event().wait(2)
        assert slow.asked == 4
        slow.may_answer.set()


def join(address: str, event: dict[str, Any]) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("POST", JOIN, json.dumps(event), {"Content-Type": "application/json"})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("status", [429, 503])
def test_when_the_server_was_busy_the_same_question_can_be_sent_again(tab: Page, url: str, status: int) -> None:
    visit(tab, url)
    tab.route(f"**{JOIN}*", lambda route: route.fulfill(status=status, body="busy"))
    send(tab, "lighthouse dark")
    expect_trouble(tab, BUSY, "lighthouse dark")
    tab.unroute_all()
    tab.keyboard.press("Enter")
    expect(tab.locator(".turn h2")).to_have_text("lighthouse dark")
    expect(tab.locator("#trouble p")).to_have_text("")


def test_a_server_that_is_gone_is_said_and_asked_again_when_it_is_back(tab: Page, shelf: Shelf) -> None:
    with serving(shelf) as address:
        visit(tab, address)
        ask(tab, "ferry")
    send(tab, "lighthouse dark")
    expect_trouble(tab, LOST, "lighthouse dark")
    with serving(shelf, port=urlsplit(address).port or 0):
        box(tab).press("Enter")
        expect(tab.locator(".turn h2").last).to_have_text("lighthouse dark")
        expect(tab.locator("#trouble p")).to_have_text("")
        tab.close()


def test_a_server_that_goes_while_it_answers_is_said(tab: Page, slow: SlowShelf, shelf: Shelf) -> None:
    with serving(slow) as address:
        visit(tab, address)
        send(tab, "lighthouse dark")
        assert slow.is_asked.wait(20)
    expect_trouble(tab, LOST, "lighthouse dark")
    with serving(shelf, port=urlsplit(address).port or 0):
        box(tab).press("Enter")
        expect(tab.locator(".turn h2")).to_have_text("lighthouse dark")
        tab.close()


def test_it_is_said_in_the_language_of_the_reader(browser: Any, url: str) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    visit(page, url)
    page.route(f"**{JOIN}*", lambda route: route.abort())
    page.get_by_label("Frage", exact=True).fill("lighthouse")
    page.keyboard.press("Enter")
    expect(page.locator("#trouble p")).to_contain_text("Die Verbindung ist unterbrochen.")
    context.close()
