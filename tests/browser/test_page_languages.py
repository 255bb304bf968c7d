from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.reader import ask, open_source, visit
from tests.browser.serving import Watch


@pytest.fixture
def german(browser: Browser, watch: Watch) -> Iterator[Page]:
    context = browser.new_context(locale="de-DE")
    context.set_default_timeout(20_000)
    tab = context.new_page()
    watch(tab)
    yield tab
    context.close()


def test_a_german_browser_gets_german_labels_around_the_words_of_the_documents(german: Page, url: str) -> None:
    visit(german, url)
    expect(german.locator("html")).to_have_attribute("lang", "de")
    expect(german.get_by_role("button", name="Fragen", exact=True)).to_be_visible()
    turn = ask(german, "lighthouse dark", label="Frage")
    expect(turn.locator(".quote mark").first).to_have_text("The lighthouse went dark on Tuesday at eleven.")
    expect(turn.locator(".citation a").first).to_have_text("A letter to Ottilie, Zeile 3")
    open_source(german)
    expect(german.get_by_role("link", name="Schließen")).to_be_visible()


def test_a_language_that_nobody_translated_into_gets_english(page: Page, url: str) -> None:
    page.set_extra_http_headers({"Accept-Language": "nl"})
    visit(page, url)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
