from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.hostile import HOSTILE
from tests.browser.looks import PHONE, resize, scrolls_sideways
from tests.browser.reader import ask, is_in_view, open_source, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document

PHONE_HERE = "innerWidth === 390 && matchMedia('(pointer: coarse) and (hover: none)').matches && pressed === 'touch'"


def test_a_phone_shows_the_source_over_the_page_and_never_scrolls_sideways(page: Page, serve: Serve) -> None:
    documents = [make_document(f"{text}.txt", text, title=text) for text in HOSTILE.values()]
    resize(page, PHONE)
    visit(page, serve(Shelf(documents, most=len(documents))))
    assert not scrolls_sideways(page)
    ask(page, "everything")
    assert not scrolls_sideways(page)
    document = open_source(page, len(documents))
    assert not scrolls_sideways(page)
    box = document.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, PHONE["width"], PHONE["height"])
    assert is_in_view(page.get_by_role("link", name="Close"))


def test_the_first_page_fits_its_window(page: Page, url: str) -> None:
    visit(page, url)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_what_lies_under_the_source_on_a_phone_cannot_be_reached(page: Page, url: str) -> None:
    resize(page, PHONE)
    visit(page, url)
    ask(page, "lighthouse")
    page.evaluate("addEventListener('click', (event) => { window.pressed = event.pointerType; }, true)")
    open_source(page)
    assert page.evaluate(PHONE_HERE)
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#talk')") is None
    page.keyboard.press("Escape")
    page.get_by_label("Question", exact=True).click()
    expect(page.get_by_label("Question", exact=True)).to_be_focused()


def test_the_whole_way_can_be_gone_with_the_keyboard(page: Page, url: str) -> None:
    visit(page, url)
    page.get_by_label("Question", exact=True).focus()
    page.keyboard.type("lighthouse dark")
    page.keyboard.press("Enter")
    page.locator(".turn").wait_for()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.citation a')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#source mark")).to_be_visible()
    for _ in range(12):  # past the tools of the source
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.close')"):
            break
    expect(page.get_by_role("link", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#source .document")).to_have_count(0)
    expect(page.locator(".citation a").first).to_be_focused()
