"""The links to the pages, at the top."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.looks import SIZES, resize
from tests.browser.reader import ask, visit

from quoth.ui.views import VIEWS


@SIZES
def test_each_page_is_one_link_away_and_says_that_it_is_open(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    expect(links).to_have_text(["Questions", *(view.name for view in VIEWS.values())])
    expect(page.locator(".pages [aria-current=page]")).to_have_text("Questions")
    ask(page, "lighthouse dark")
    for view, known in VIEWS.items():
        page.evaluate("window.scrollTo(0, 0)")
        links.filter(has_text=known.name).press("Enter")
        expect(page.locator(".pages [aria-current=page]")).to_have_text(known.name)
        expect(page.locator(".turn")).to_have_count(0)
        assert f"view={view}" in page.url
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.evaluate("window.scrollTo(0, 0)")
    links.filter(has_text="Questions").click()
    expect(page.locator(".turn h2")).to_have_text(["lighthouse dark"])
    expect(page.locator(".pages [aria-current=page]")).to_have_text("Questions")
    page.go_back()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".pages [aria-current=page]")).to_have_text(list(VIEWS.values())[-1].name)
