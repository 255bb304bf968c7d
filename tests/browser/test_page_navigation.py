"""The links to the pages, at the top."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from tests.browser.looks import SIZES, resize
from tests.browser.reader import ask, visit

from quoth.ui.address import parse_address
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


def test_links_opened_in_a_new_tab_ask_the_same_documents(page: Page, url: str) -> None:
    visit(page, f"{url}/?in=ledger.txt&in=letters/*")
    expect(page.locator(".masthead a")).to_have_count(2 + len(VIEWS))
    expect_carried(page, "ledger.txt", "letters/*")
    page.get_by_role("link", name="Do not ask ledger.txt").click()
    expect(page.locator(".choice p")).to_have_text("Asking 1 of 3 documents:")
    expect_carried(page, "letters/*")
    ask(page, "lighthouse dark")
    expect_carried(page, "letters/*")
    with page.context.expect_page() as opened:
        page.locator(".masthead").get_by_role("link", name="Table").click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator(".view .choice p")).to_have_text("Asking 1 of 3 documents:")
    opened.value.close()
    page.get_by_role("link", name="all documents").click()
    expect(page.locator(".choice")).to_have_count(0)
    expect_carried(page)


def test_an_example_is_a_link_that_asks_here_and_in_a_new_tab(page: Page, url: str) -> None:
    question = "When did the lighthouse go dark?"
    visit(page, f"{url}/?in=letters/*")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=question).click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator(".turn h2")).to_have_text([question])
    expect(opened.value.locator(".choice p")).to_have_text("Asking 1 of 3 documents:")
    asked = urlsplit(opened.value.url).query
    opened.value.close()
    page.evaluate("window.isSame = true")
    page.get_by_role("link", name=question).click()
    expect(page.locator(".turn h2")).to_have_text([question])
    assert page.evaluate("window.isSame")
    assert parse_address(urlsplit(page.url).query) == parse_address(asked)
    page.go_back()
    expect(page.locator(".home")).to_be_visible()


def expect_carried(page: Page, *patterns: str) -> None:
    """All links that keep the choice name it, and none twice."""
    fields = "links => links.map(link => new URLSearchParams(link.search).getAll('in').join(' '))"
    found = page.locator("a[data-carry]").evaluate_all(fields)
    assert found
    assert set(found) == {" ".join(patterns)}
