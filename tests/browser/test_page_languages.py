from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.reader import ask, open_source, speak, visit


def test_a_german_browser_gets_german_labels_around_the_words_of_the_documents(page: Page, url: str) -> None:
    speak(page, "de-DE,de;q=0.9,en;q=0.8")
    visit(page, url)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("button", name="Fragen", exact=True)).to_be_visible()
    turn = ask(page, "lighthouse dark", label="Frage")
    expect(turn.locator(".quote mark").first).to_have_text("The lighthouse went dark on Tuesday at eleven.")
    expect(turn.locator(".citation a").first).to_have_text("A letter to Ottilie, Zeile 3")
    open_source(page)
    expect(page.get_by_role("link", name="Schließen")).to_be_visible()


def test_a_language_that_nobody_translated_into_gets_english(page: Page, url: str) -> None:
    speak(page, "nl")
    visit(page, url)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
