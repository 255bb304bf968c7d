from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looks import DESKTOP, PHONE, resize
from tests.browser.reader import ask, open_source, speak, visit

GERMAN = ("de-DE,de;q=0.9,en;q=0.8", "Frage", "Fragen", "Zeile 3", "Schließen")
SPANISH = ("es-MX,es;q=0.9,en;q=0.8", "Pregunta", "Preguntar", "línea 3", "Cerrar")


@pytest.mark.parametrize(
    ("size", "spoken"),
    [(DESKTOP, GERMAN), (PHONE, GERMAN), (PHONE, SPANISH)],
    ids=["German on a desktop", "German on a phone", "Spanish on a phone"],
)
def test_a_browser_gets_labels_in_its_language_around_the_words_of_the_documents(
    page: Page, url: str, size: dict[str, int], spoken: tuple[str, ...]
) -> None:
    languages, question, button, place, close = spoken
    resize(page, size)
    speak(page, languages)
    visit(page, url)
    expect(page.locator("html")).to_have_attribute("lang", languages[:2])
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
    turn = ask(page, "lighthouse dark", label=question)
    expect(turn.locator(".quote mark").first).to_have_text("The lighthouse went dark on Tuesday at eleven.")
    expect(turn.locator(".citation a").first).to_have_text(f"A letter to Ottilie, {place}")
    open_source(page)
    expect(page.get_by_role("link", name=close)).to_be_visible()


def test_a_language_that_nobody_translated_into_gets_english(page: Page, url: str) -> None:
    speak(page, "nl")
    visit(page, url)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
