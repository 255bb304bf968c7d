from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.hostile import HOSTILE
from tests.browser.reader import ask, is_in_view, open_source, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document

PHONE = {"width": 390, "height": 844}


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def violations(page: Page) -> list[tuple[str, Any]]:
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_at_home_in_answers_and_beside_a_source(
    page: Page, url: str, scheme: Literal["light", "dark"], size: dict[str, int]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    visit(page, url)
    page.locator(".home .unread summary").click()
    assert violations(page) == []
    ask(page, "lighthouse wallpaper yellow curtains")
    ask(page, "When did the Lighthouse go dark?")
    expect(ask(page, "Why did it?").locator(".term")).to_have_count(2)
    ask(page, "lighthouse dark ferry").locator(".why summary").first.click()
    assert violations(page) == []
    open_source(page)
    assert violations(page) == []


def test_a_phone_shows_the_source_over_the_page_and_never_scrolls_sideways(page: Page, serve: Serve) -> None:
    documents = [make_document(f"{text}.txt", text, title=text) for text in HOSTILE.values()]
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
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
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    visit(page, url)
    ask(page, "lighthouse")
    open_source(page)
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
