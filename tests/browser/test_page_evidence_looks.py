from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect
from tests.browser.hostile import HOSTILE
from tests.browser.looks import PHONE, faults_in_two_looks, resize, scrolls_sideways
from tests.browser.pinning import kept, open_evidence, pin, put, save
from tests.browser.reader import ask, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document
from tests.browser.verbatim import alive, insert_markup, reads, unlike

from quoth.citing import cite
from quoth.records import Document, Span
from quoth.render import citations_from_json

DOCUMENTS = [make_document(f"{text}.txt", text, title=f"About {text}") for text in HOSTILE.values()]
UNSAFE = {
    ".textContent = ": ".innerHTML = ",
    ".replaceChildren(...lines(pin.citation.quote))": ".innerHTML = pin.citation.quote",
}
"""Where the scripts of the page insert a text as text, and how they would insert it as markup."""
MARKUP = [HOSTILE["image"], HOSTILE["entities"]]


def texts_of(page: Page, selector: str) -> list[str]:
    found: list[str] = page.locator(f".exhibits {selector}").evaluate_all("all => all.map(one => one.textContent)")
    return found


def pin_all(page: Page, address: str, question: str = "everything") -> None:
    visit(page, address)
    page.evaluate("localStorage.clear()")
    turn = ask(page, question)
    for button in turn.locator("[data-pin]").all():
        button.press("Enter")


def faults_in_evidence(page: Page, address: str, documents: Sequence[Document]) -> dict[str, list[str]]:
    """What is not shown as it was typed, by place: of passages pinned on the page, and of those out of a file."""
    note, texts = HOSTILE["image"], [document.text for document in documents]
    pin_all(page, address, f"everything {note}")
    items = open_evidence(page)
    expect(items).to_have_count(len(documents))
    items.first.get_by_label("Note").fill(note)
    shown = {
        ".quote": list(map(reads, texts)),
        ".path": [document.info.source for document in documents],
        ".citation a bdi": [cite(document, Span(0, len(document.text))).label for document in documents],
        ".found-with bdi": [f"everything {note}"] * len(documents),
        ".noted": [note],
    }
    faults = {place: unlike(page, f".exhibits {place}", expected) for place, expected in shown.items()}
    saved = save(page, "[data-export=json]")
    assert [citation.quote for citation in citations_from_json(saved.read_text("utf-8"))] == texts
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("[data-import]").set_input_files(saved)
    expect(items).to_have_count(len(documents))
    return {**faults, "out of a file": unlike(page, ".exhibits .quote", texts)}


def test_hostile_texts_are_pinned_shown_and_saved_as_typed_and_do_nothing(page: Page, serve: Serve) -> None:
    faults = faults_in_evidence(page, serve(Shelf(DOCUMENTS, most=len(DOCUMENTS))), DOCUMENTS)
    assert [fault for found in faults.values() for fault in found] == []
    assert alive(page) == []


def test_the_same_comparison_fails_everywhere_where_scripts_insert_markup(
    serve: Serve, unwatched: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert_markup(monkeypatch, "page", UNSAFE)
    documents = [document for document in DOCUMENTS if document.text in MARKUP]
    # An image that is let in asks for a file that is not there.
    faults = faults_in_evidence(unwatched, serve(Shelf(documents, most=len(documents))), documents)
    assert [place for place, found in faults.items() if not found] == []
    assert alive(unwatched) != []


def test_a_forged_pin_leads_nowhere_else(page: Page, serve: Serve) -> None:
    """What lies in the storage may come from anywhere; it becomes text and addresses of this page."""
    pin_all(page, serve(Shelf(DOCUMENTS[:1])))
    [one] = kept(page)
    put(page, json.dumps([{**one, "document_id": "javascript:window.__xss=1", "label": HOSTILE["frames"]}]))
    page.reload()
    open_evidence(page)
    assert texts_of(page, ".citation a bdi") == [HOSTILE["frames"]]
    for href in page.locator(".exhibits a").evaluate_all("all => all.map(one => one.getAttribute('href'))"):
        assert href.startswith("?")
    assert page.evaluate("window.__xss") is None


def test_axe_finds_nothing_with_and_without_pins(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "lighthouse dark ferry")
    pin(page, 1)
    pin(page, 2)
    page.locator("[data-mark=answers]").first.click()
    assert faults_in_two_looks(page) == []
    open_evidence(page)
    page.locator("[data-remove]").first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert faults_in_two_looks(page) == []
    page.get_by_role("button", name="Remove all", exact=True).click()
    page.get_by_role("button", name="Remove all marks").click()
    expect(page.locator(".evidence .none")).to_be_visible()
    assert faults_in_two_looks(page) == []


def test_a_phone_shows_hostile_pins_without_scrolling_sideways(page: Page, serve: Serve) -> None:
    resize(page, PHONE)
    pin_all(page, serve(Shelf(DOCUMENTS, most=len(DOCUMENTS))))
    assert not scrolls_sideways(page)
    open_evidence(page)
    assert not scrolls_sideways(page)
