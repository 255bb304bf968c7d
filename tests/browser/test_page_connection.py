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
from playwright.sync_api import Locator, Page, expect
from tests.browser.looks import DESKTOP, PHONE, resize
from tests.browser.reader import ask, is_in_view, open_source, speak, visit
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


def test_who_asks_too_often_is_told_to_wait_and_keeps_the_question(unwatched: Page, shelf: Shelf) -> None:
    with serving(shelf, questions_per_minute=2) as address:
        visit(unwatched, address)
        ask(unwatched, "lighthouse")
        send(unwatched, "harbour")
        expect_trouble(unwatched, BUSY, "harbour")
        unwatched.close()


def test_a_full_queue_is_said_and_gone_when_there_is_room_again(unwatched: Page, slow: SlowShelf) -> None:
    with serving(slow) as address:
        visit(unwatched, address)
        with unwatched.expect_request(f"**{JOIN}*") as sent:
            send(unwatched, "lighthouse")
        event = json.loads(sent.value.post_data or "")
        statuses = [join(address, {**event, "session_hash": f"another{number}"}) for number in range(80)]
        assert set(statuses) == {200, 503}
        unwatched.reload()  # the one who asked before everybody else is kept waiting with them
        expect(unwatched.locator("#trouble p")).to_have_text(BUSY)
        slow.may_answer.set()
        visit(unwatched, address)
        ask(unwatched, "lighthouse")
        expect(unwatched.locator("#trouble p")).to_have_text("")
        unwatched.close()


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
def test_when_the_server_was_busy_the_same_question_can_be_sent_again(unwatched: Page, url: str, status: int) -> None:
    visit(unwatched, url)
    unwatched.route(f"**{JOIN}*", lambda route: route.fulfill(status=status, body="busy"))
    send(unwatched, "lighthouse dark")
    expect_trouble(unwatched, BUSY, "lighthouse dark")
    unwatched.unroute_all()
    unwatched.keyboard.press("Enter")
    expect(unwatched.locator(".turn h2")).to_have_text("lighthouse dark")
    expect(unwatched.locator("#trouble p")).to_have_text("")


def test_a_server_that_is_gone_is_said_and_asked_again_when_it_is_back(unwatched: Page, shelf: Shelf) -> None:
    with serving(shelf) as address:
        visit(unwatched, address)
        ask(unwatched, "ferry")
    send(unwatched, "lighthouse dark")
    expect_trouble(unwatched, LOST, "lighthouse dark")
    with serving(shelf, port=urlsplit(address).port or 0):
        box(unwatched).press("Enter")
        expect(unwatched.locator(".turn h2").last).to_have_text("lighthouse dark")
        expect(unwatched.locator("#trouble p")).to_have_text("")
        unwatched.close()


def test_a_server_that_goes_while_it_answers_is_said(unwatched: Page, slow: SlowShelf, shelf: Shelf) -> None:
    with serving(slow) as address:
        visit(unwatched, address)
        send(unwatched, "lighthouse dark")
        assert slow.is_asked.wait(20)
    expect_trouble(unwatched, LOST, "lighthouse dark")
    with serving(shelf, port=urlsplit(address).port or 0):
        box(unwatched).press("Enter")
        expect(unwatched.locator(".turn h2")).to_have_text("lighthouse dark")
        unwatched.close()


@pytest.mark.parametrize("view", ["table", "mentions"])
def test_it_is_seen_where_there_is_no_question_box_too(unwatched: Page, url: str, view: str) -> None:
    unwatched.goto(f"{url}/?view={view}&q=ferry")
    unwatched.locator(".view .quote").first.wait_for()
    unwatched.route(f"**{JOIN}*", lambda route: route.abort())
    unwatched.locator(".asked-form .act").click()
    for size in (DESKTOP, PHONE):
        resize(unwatched, size)
        expect(unwatched.get_by_text(LOST)).to_be_in_viewport(ratio=1)
        assert is_in_view(unwatched.get_by_text(LOST))
    expect(box(unwatched)).to_be_hidden()


def test_it_is_seen_and_heard_above_a_source_that_covers_the_page(unwatched: Page, url: str) -> None:
    resize(unwatched, PHONE)
    unwatched.goto(f"{url}/?q=lighthouse+dark")
    open_source(unwatched)
    unwatched.route(f"**{JOIN}*", lambda route: route.abort())
    unwatched.locator("#source .close").click()
    expect(unwatched.get_by_role("status").filter(has_text=LOST)).to_be_in_viewport(ratio=1)
    assert is_in_view(unwatched.get_by_text(LOST))
    assert unwatched.get_by_text(LOST).evaluate("line => line.closest('[inert]')") is None
    assert is_in_view(unwatched.locator("#source .close"))


def test_it_is_said_in_the_language_of_the_reader(unwatched: Page, url: str) -> None:
    speak(unwatched, "de")
    visit(unwatched, url)
    unwatched.route(f"**{JOIN}*", lambda route: route.abort())
    unwatched.get_by_label("Frage", exact=True).fill("lighthouse")
    unwatched.keyboard.press("Enter")
    expect(unwatched.locator("#trouble p")).to_contain_text("Die Verbindung ist unterbrochen.")
