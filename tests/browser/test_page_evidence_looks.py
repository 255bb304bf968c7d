from __future__ import annotations

import json

from playwright.sync_api import Page, expect
from tests.browser.hostile import HOSTILE
from tests.browser.looks import PHONE, faults_in_two_looks, resize, scrolls_sideways
from tests.browser.pinning import kept, open_evidence, pin, put, save
from tests.browser.reader import ask, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document

from quoth.render import citations_from_json

DOCUMENTS = [make_document(f"{text}.txt", text, title=f"About {text}") for text in HOSTILE.values()]


def texts_of(page: Page, selector: str) -> list[str]:
    found: list[str] = page.locator(f".exhibits {selector}").evaluate_all("all => all.map(one => one.textContent)")
    return found


def pin_all(page: Page, address: str, question: str = "everything") -> None:
    visit(page, address)
    page.evaluate("localStorage.clear()")
    turn = ask(page, question)
    for button in turn.locator("[data-pin]").all():
        button.press("Enter")


def test_hostile_texts_are_pinned_shown_and_saved_as_typed_and_do_nothing(page: Page, serve: Serve) -> None:
    pin_all(page, serve(Shelf(DOCUMENTS, most=len(DOCUMENTS))), f"everything {HOSTILE['image']}")
    items = open_evidence(page)
    expect(items).to_have_count(len(DOCUMENTS))
    pins = kept(page)
    assert [one["citation"]["quote"] for one in pins] == list(HOSTILE.values())
    assert texts_of(page, ".quote") == [one["reading"] for one in pins]
    changed = [kind for kind, one in zip(HOSTILE, pins, strict=True) if one["reading"] != HOSTILE[kind]]
    assert set(changed) <= {"white space", "signs"}  # runs of white space, and a hyphen that is not to be seen
    assert texts_of(page, ".path") == [one["citation"]["source"] for one in pins]
    assert texts_of(page, ".citation a bdi") == [one["label"] for one in pins]
    assert set(texts_of(page, ".found-with bdi")) == {f"everything {HOSTILE['image']}"}
    items.first.get_by_label("Note").fill(HOSTILE["image"])
    saved = save(page, "[data-export=json]")
    assert [citation.quote for citation in citations_from_json(saved.read_text("utf-8"))] == list(HOSTILE.values())
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("[data-import]").set_input_files(saved)
    expect(items).to_have_count(len(DOCUMENTS))
    assert texts_of(page, ".quote") == list(HOSTILE.values())
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None
    assert page.locator(".exhibits :is(script, img, svg, iframe, style)").count() == 0


def test_the_check_above_fails_where_storage_is_inserted_as_markup(serve: Serve, unwatched: Page) -> None:
    page = unwatched  # the image that is let in asks for a file that is not there
    pin_all(page, serve(Shelf([make_document("image.txt", HOSTILE["image"])])))
    open_evidence(page)
    page.evaluate("() => { const q = document.querySelector('.exhibits .quote'); q.innerHTML = q.textContent; }")
    page.wait_for_function("window.__xss === 'image'")
    assert texts_of(page, ".quote") != [HOSTILE["image"]]


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
    page.evaluate("localStorage.clear()")
    open_evidence(page)
    assert faults_in_two_looks(page) == []
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


def test_a_phone_shows_hostile_pins_without_scrolling_sideways(page: Page, serve: Serve) -> None:
    resize(page, PHONE)
    pin_all(page, serve(Shelf(DOCUMENTS, most=len(DOCUMENTS))))
    assert not scrolls_sideways(page)
    open_evidence(page)
    assert not scrolls_sideways(page)
