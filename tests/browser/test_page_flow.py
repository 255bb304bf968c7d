"""What the reader does while the page still waits for its server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.reader import ask, open_source, visit
from tests.browser.serving import serving
from tests.browser.shelf import Shelf, make_document

from quoth.records import Answer, Document


class Gate:
    """Closed from `shut` to `open`; whoever comes meanwhile waits."""

    def __init__(self) -> None:
        self._is_open = threading.Event()
        self.is_reached = threading.Event()
        self.open()

    def shut(self) -> None:
        self.is_reached.clear()
        self._is_open.clear()

    def open(self) -> None:
        self._is_open.set()

    def go_through(self) -> None:
        if not self._is_open.is_set():
            self.is_reached.set()
            assert self._is_open.wait(60)


class GatedShelf(Shelf):
    """Opens documents and answers questions when its gates are open."""

    def __init__(self) -> None:
        texts = {"a.txt": "One lighthouse.", "b.txt": "Another lighthouse.", "c.txt": "The ferry sank."}
        super().__init__([make_document(source, text) for source, text in texts.items()])
        self.opening, self.asking = Gate(), Gate()

    def document(self, document_id: str) -> Document:
        self.opening.go_through()
        return super().document(document_id)

    def ask(self, question: str, **chosen: Any) -> Answer:
        self.asking.go_through()
        return super().ask(question, **chosen)


@pytest.fixture(scope="module")
def gated_shelf() -> GatedShelf:
    return GatedShelf()


@pytest.fixture(scope="module")
def url(gated_shelf: GatedShelf) -> Iterator[str]:
    with serving(gated_shelf) as address:
        yield address


@pytest.fixture
def gated(gated_shelf: GatedShelf) -> Iterator[GatedShelf]:
    yield gated_shelf
    gated_shelf.opening.open()
    gated_shelf.asking.open()


@pytest.fixture
def reading(page: Page, url: str, gated: GatedShelf) -> Page:
    """Passages of a.txt and b.txt stand there."""
    visit(page, url)
    ask(page, "lighthouse")
    return page


def citation(page: Page, source: str) -> Locator:
    return page.locator(".turn .citation a").filter(has_text=source).first


def box(page: Page) -> Locator:
    return page.get_by_label("Question", exact=True)


def expect_open(page: Page, text: str) -> None:
    """The source with this text stands beside the answer, and in the address."""
    expect(page.locator("#source .text")).to_contain_text(text)
    expect(page.locator("#source .document")).to_have_count(1)
    page.wait_for_function("!document.querySelector('#quoth').pending")
    shown, asked = page.url, page.locator("#source .text").inner_text()
    page.reload()
    expect(page.locator("#source .text")).to_have_text(asked)
    assert page.url == shown


def test_the_source_that_was_clicked_last_is_the_one_that_opens(reading: Page, gated: GatedShelf) -> None:
    gated.opening.shut()
    citation(reading, "a.txt").click()
    assert gated.opening.is_reached.wait(20)
    citation(reading, "b.txt").click()
    gated.opening.open()
    expect_open(reading, "Another lighthouse.")


def test_a_page_that_is_gone_to_while_a_source_opens_is_shown(reading: Page, gated: GatedShelf) -> None:
    gated.opening.shut()
    citation(reading, "a.txt").click()
    assert gated.opening.is_reached.wait(20)
    reading.locator(".masthead").get_by_role("link", name="Documents").click()
    gated.opening.open()
    expect(reading.locator("#conversation .documents")).to_be_visible()
    expect(reading.locator("#source .document")).to_have_count(0)
    assert "view=documents" in reading.url


def test_two_steps_back_at_once_are_two_steps(reading: Page, gated: GatedShelf) -> None:
    open_source(reading, 1)
    citation(reading, "b.txt").click()
    expect(reading.locator("#source .text")).to_contain_text("Another lighthouse.")
    gated.opening.shut()
    reading.evaluate("history.back()")
    assert gated.opening.is_reached.wait(20)
    reading.evaluate("history.back()")
    reading.wait_for_function("!location.search.includes('doc=')")
    gated.opening.open()
    expect(reading.locator("#source .document")).to_have_count(0)
    expect(reading.locator(".turn[data-current] h2")).to_have_text("lighthouse")


def test_a_source_that_is_opened_while_an_answer_is_awaited_stands_beside_both(
    reading: Page, gated: GatedShelf
) -> None:
    gated.asking.shut()
    box(reading).fill("ferry")
    reading.keyboard.press("Enter")
    assert gated.asking.is_reached.wait(20)
    citation(reading, "b.txt").click()
    gated.asking.open()
    expect(reading.locator(".turn h2")).to_have_text(["lighthouse", "ferry"])
    expect_open(reading, "Another lighthouse.")


def test_an_answer_that_comes_after_the_reader_went_on_can_be_gone_back_to(reading: Page, gated: GatedShelf) -> None:
    gated.opening.shut()
    citation(reading, "b.txt").click()
    assert gated.opening.is_reached.wait(20)
    box(reading).fill("ferry")
    reading.keyboard.press("Enter")
    gated.opening.open()
    expect(reading.locator(".turn h2")).to_have_text(["lighthouse", "ferry"])
    expect(reading.locator("#source .document")).to_have_count(0)
    assert "q=ferry" in reading.url
    reading.go_back()
    expect(reading.locator("#source .text")).to_contain_text("Another lighthouse.")
    expect(reading.locator(".turn h2")).to_have_text(["lighthouse", "ferry"])


@pytest.fixture
def awaiting(reading: Page, gated: GatedShelf) -> Page:
    """The answer to "ferry" is on its way."""
    gated.asking.shut()
    box(reading).fill("ferry")
    reading.keyboard.press("Enter")
    assert gated.asking.is_reached.wait(20)
    expect(box(reading)).to_have_value("")
    return reading


def test_what_is_typed_while_an_answer_is_awaited_stays(awaiting: Page, gated: GatedShelf) -> None:
    expect(awaiting.locator(".searching")).to_have_text("ferry Searching 3 passages…")
    box(awaiting).press_sequentially("Another")
    gated.asking.open()
    expect(awaiting.locator(".turn h2")).to_have_text(["lighthouse", "ferry"])
    expect(awaiting.locator(".searching")).to_have_text("")
    expect(box(awaiting)).to_have_value("Another")


@pytest.mark.parametrize("way", ["Enter", "Ask"])
def test_a_question_that_is_sent_while_another_is_answered_comes_next(
    awaiting: Page, gated: GatedShelf, way: str
) -> None:
    box(awaiting).press_sequentially("Another")
    if way == "Enter":
        awaiting.keyboard.press("Enter")
    else:
        awaiting.get_by_role("button", name="Ask", exact=True).click()
    expect(awaiting.locator(".searching")).to_contain_text(
        "Your next question is sent as soon as this one is answered."
    )
    expect(box(awaiting)).to_have_value("Another")
    gated.asking.open()
    expect(awaiting.locator(".turn h2")).to_have_text(["lighthouse", "ferry", "Another"])
    expect(box(awaiting)).to_have_value("")
    assert "q=Another" in awaiting.url


def test_a_question_that_is_changed_before_its_turn_is_not_sent(awaiting: Page, gated: GatedShelf) -> None:
    box(awaiting).press_sequentially("Another")
    awaiting.keyboard.press("Enter")
    awaiting.keyboard.type(" ship")
    gated.asking.open()
    expect(awaiting.locator(".turn h2")).to_have_text(["lighthouse", "ferry"])
    awaiting.wait_for_function("!document.querySelector('#quoth').pending")
    expect(box(awaiting)).to_have_value("Another ship")


def test_a_question_that_cannot_be_asked_stays_in_the_box(reading: Page) -> None:
    box(reading).fill("x" * 2001)
    reading.keyboard.press("Enter")
    expect(reading.locator("#notice .hint")).to_contain_text("This question has 2,001 characters")
    expect(box(reading)).to_have_value("x" * 2001)


def test_a_conversation_that_stands_there_already_is_not_sent_again(reading: Page) -> None:
    sent = []

    def read(route: Route) -> None:
        response = route.fetch()
        sent.append(response.text())
        route.fulfill(response=response)

    reading.route("**/queue/data*", read)
    citation(reading, "a.txt").click()
    expect(reading.locator("#source .text")).to_contain_text("One lighthouse.")
    expect(reading.locator(".turn h2")).to_have_text(["lighthouse"])
    reading.locator(".masthead").get_by_role("link", name="Documents").click()
    expect(reading.locator("#conversation .documents")).to_be_visible()
    assert ["One lighthouse." in text for text in sent] == [True, False]
    assert ['class=\\"turn\\"' in text for text in sent] == [False, False]
    assert ['class=\\"documents\\"' in text for text in sent] == [False, True]
