from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.hostile import HOSTILE
from tests.browser.reader import ask, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document


def test_questions_and_examples_appear_as_typed_and_do_nothing(page: Page, serve: Serve) -> None:
    asked = [HOSTILE[kind] for kind in ("script", "image", "template", "formula", "entities", "directions")]
    visit(page, serve(Shelf([make_document("a.txt", "Text.")], examples=asked)))
    chips = page.locator(".chips button")
    assert chips.evaluate_all("chips => chips.map(chip => chip.textContent)") == asked
    chips.first.click()
    expect(page.locator(".turn")).to_have_count(1)
    for question in asked[1:]:
        ask(page, question)
    assert page.locator(".turn h2").evaluate_all("all => all.map(one => one.textContent)") == asked
    assert page.evaluate("window.__xss") is None


def test_white_space_of_a_quote_is_seen(page: Page, serve: Serve) -> None:
    visit(page, serve(Shelf([make_document("a.txt", "one\n     two", title="Two lines")])))
    quote = ask(page, "everything").locator(".quote")
    assert quote.inner_text() == "one\n     two"
