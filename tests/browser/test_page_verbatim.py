from __future__ import annotations

import json

from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.hostile import HOSTILE
from tests.browser.pinning import expect_quotes, kept, open_evidence, pin, put
from tests.browser.reader import ask, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document

PARTED = """The light-
house was evalu-
ated by the keepers of the harbour before the winter and
found <b>well-
known</b>. No evaluation of a lighthouse followed."""
READ = (
    "The lighthouse was evaluated by the keepers of the harbour before the winter and found <b>well-known</b>. "
    "No evaluation of a lighthouse followed."
)


def test_questions_and_examples_appear_as_typed_and_do_nothing(page: Page, serve: Serve) -> None:
    asked = [HOSTILE[kind] for kind in ("script", "image", "template", "formula", "entities", "directions")]
    visit(page, serve(Shelf([make_document("a.txt", "Text.")], examples=asked)))
    chips = page.locator(".chips a")
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


def test_a_quote_is_shown_and_copied_as_it_reads_and_leads_to_what_stands_there(
    page: Page, serve: Serve, warm_context: BrowserContext
) -> None:
    warm_context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, serve(Shelf([make_document("a.txt", PARTED)])))
    passage = ask(page, "everything").locator(".passage").first
    assert passage.locator(".quote").text_content() == READ
    assert passage.locator(".quote mark").text_content() == READ
    passage.get_by_role("button", name="Copy quote").click()
    expect(page.locator(".told")).to_have_text("The quote is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == READ
    pin(page)
    [kept_pin] = kept(page)
    assert (kept_pin["reading"], kept_pin["citation"]["quote"]) == (READ, PARTED)
    passage.locator(".citation a").click()
    page.locator("#source .document").wait_for()
    assert "".join(page.locator("#source mark").all_text_contents()) == PARTED
    open_evidence(page)
    expect_quotes(page, [READ])
    expect(page.locator(".exhibits .quote")).to_have_attribute("lang", "en")
    put(page, json.dumps([{key: kept_pin[key] for key in kept_pin if key != "reading"}]))  # as older pages kept it
    page.reload()
    expect_quotes(page, [PARTED])
