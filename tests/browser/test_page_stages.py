"""Where a cross-encoder takes its time, what was found first is shown until it is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.reader import visit
from tests.browser.serving import serving
from tests.browser.shelf import Shelf, make_document

from quoth.records import Answer, Document

ONE, TWO = "The lighthouse of Ostend is dark. It was lit once.", "The lighthouse of Ghent is lit. It was dark once."
FIRST, LAST = "One lighthouse went dark.", "The lighthouse of Ghent is lit."


class StagedShelf(Shelf):
    """Answers first with one document, and with another when it is let go."""

    def __init__(self) -> None:
        super().__init__([make_document("b.txt", LAST), make_document("c.txt", "No ferry came. " * 200)])
        self.may_rank = threading.Event()

    def first_stage(self) -> Shelf:
        return Shelf([make_document("a.txt", FIRST)])

    def ask(self, question: str, **chosen: Any) -> Answer:
        assert self.may_rank.wait(60)
        return super().ask(question, **chosen)


@pytest.fixture
def staged() -> StagedShelf:
    return StagedShelf()


@pytest.fixture
def address(staged: StagedShelf) -> Iterator[str]:
    with serving(staged) as served:
        yield served
        staged.may_rank.set()


def test_passages_are_shown_before_they_are_ranked_and_say_so(page: Page, address: str, staged: StagedShelf) -> None:
    visit(page, address)
    page.get_by_label("Question", exact=True).fill("lighthouse")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .quote")).to_have_text([FIRST])
    expect(page.locator(".searching")).to_contain_text("a second model still reads them and may change their order.")
    assert "q=lighthouse" in page.url
    page.get_by_label("Question", exact=True).fill("Typed meanwhile")
    staged.may_rank.set()
    expect(page.locator(".turn .quote")).to_have_text([LAST])
    expect(page.locator(".searching")).to_have_text("")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.get_by_label("Question", exact=True)).to_have_value("Typed meanwhile")
    page.reload()
    expect(page.locator(".turn .quote")).to_have_text([LAST])
    page.locator(".masthead").get_by_role("link", name="Documents").click()
    expect(page.locator("#conversation .documents")).to_be_visible()
    page.go_back()
    expect(page.locator(".turn .quote")).to_have_text([LAST])
    page.close()


def test_what_somebody_reads_stays_where_it_is_when_the_order_comes(
    page: Page, address: str, staged: StagedShelf
) -> None:
    page.set_viewport_size({"width": 390, "height": 300})
    visit(page, address)
    page.get_by_label("Question", exact=True).fill("lighthouse")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .quote")).to_have_text([FIRST])
    page.evaluate("window.scrollBy(0, 60)")
    scrolled = page.evaluate("window.scrollY")
    staged.may_rank.set()
    expect(page.locator(".turn .quote")).to_have_text([LAST])
    page.wait_for_function("!document.querySelector('#quoth').pending")
    assert page.evaluate("window.scrollY") == scrolled > 0
    page.close()


class TurnedShelf(StagedShelf):
    """Answers with the same two passages in both stages, in the last stage in the other order."""

    def __init__(self) -> None:
        super().__init__()
        self._both = Shelf([make_document("one.txt", ONE), make_document("two.txt", TWO)])

    def first_stage(self) -> Shelf:
        return self._both

    def ask(self, question: str, **chosen: Any) -> Answer:
        assert self.may_rank.wait(60)
        answer = self._both.ask(question, **chosen)
        return replace(answer, hits=answer.hits[::-1])

    def document(self, document_id: str) -> Document:
        return self._both.document(document_id)


@pytest.fixture
def turned() -> Iterator[TurnedShelf]:
    shelf = TurnedShelf()
    yield shelf
    shelf.may_rank.set()


def ask_first(page: Page, address: str) -> list[str]:
    """The passages in their first order."""
    visit(page, address)
    page.get_by_label("Question", exact=True).fill("lighthouse")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .quote")).to_have_count(2)
    return page.locator(".turn .quote").all_inner_texts()


def test_a_quote_that_grew_before_the_order_came_stays_with_its_passage(page: Page, turned: TurnedShelf) -> None:
    with serving(turned) as address:
        first, second = ask_first(page, address)
        expect(page.locator("[data-pin]").first).to_be_hidden()
        page.locator("[data-grow=after]").first.click()
        expect(page.locator(".turn .quote").first).not_to_have_text(first)
        grown = page.locator(".turn .quote").first.inner_text()
        turned.may_rank.set()
        expect(page.locator(".turn .quote")).to_have_text([second, grown])
        expect(page.locator(".turn .number")).to_have_text(["1", "2"])
        expect(page.locator("[data-pin]").first).to_be_visible()
        page.close()


def test_passages_whose_order_never_came_say_so(unwatched: Page, turned: TurnedShelf) -> None:
    with serving(turned) as address:
        passages = ask_first(unwatched, address)
        threading.Timer(4, turned.may_rank.set).start()  # too late: the server, told to stop, waits for two seconds
    expect(unwatched.locator(".searching")).to_have_text(
        "These passages are in their first order: the second model has not read them. Ask again."
    )
    assert unwatched.locator(".turn .quote").all_inner_texts() == passages
