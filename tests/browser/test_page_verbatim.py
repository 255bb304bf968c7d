from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.hostile import HOSTILE
from tests.browser.reader import ask, text_of, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document

from quoth.ui import render_html

DOCUMENTS = [make_document(f"{text}.txt", text, title=f"About {text}") for text in HOSTILE.values()]


def changed_or_run(page: Page, address: str, expected: list[str], shown: str) -> list[str]:
    """Names of the texts that elements `shown` do not show as typed, and what has run."""
    visit(page, address)
    ask(page, "everything")
    seen = page.locator(shown).evaluate_all("elements => elements.map(element => element.textContent)")
    changed = [name for name, text, got in zip(HOSTILE, expected, seen, strict=False) if text != got]
    page.wait_for_timeout(200)  # for whatever would load or run late
    ran = page.evaluate("window.__xss")
    return [*changed, *([f"ran: {ran}"] if ran else [])]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(".quote", list(HOSTILE.values()), id="quote"),
        pytest.param(".passage .path", [f"{text}.txt" for text in HOSTILE.values()], id="file name"),
    ],
)
def test_documents_appear_in_answers_as_typed_and_do_nothing(
    page: Page, serve: Serve, shown: str, expected: list[str]
) -> None:
    address = serve(Shelf(DOCUMENTS, most=len(HOSTILE)))
    assert changed_or_run(page, address, expected, shown) == []
    assert page.locator(shown).count() == len(HOSTILE)


def test_the_check_above_fails_where_nothing_is_escaped(
    serve: Serve, context: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_html, "REFERENCES", {})
    kinds = ("image", "entities")  # gradio itself refuses text with a script tag
    address = serve(Shelf([make_document(f"{kind}.txt", HOSTILE[kind]) for kind in kinds], most=2))
    page = context.new_page()  # not watched: the image that is let in asks for a file that is not there
    visit(page, address)
    ask(page, "everything")
    page.wait_for_function("window.__xss === 'image'")
    seen = page.locator(".quote").evaluate_all("quotes => quotes.map(quote => quote.textContent)")
    assert all(HOSTILE[kind] != got for kind, got in zip(kinds, seen, strict=True))


def test_sources_and_titles_appear_as_typed_and_do_nothing(page: Page, serve: Serve) -> None:
    visit(page, serve(Shelf(DOCUMENTS)))
    titles = page.locator(".shelf a").evaluate_all("links => links.map(link => link.textContent)")
    assert sorted(titles) == sorted(document.info.title for document in DOCUMENTS)
    page.locator(".shelf summary").click()
    for document in DOCUMENTS:
        page.locator(f'.shelf a[href="?doc={document.info.id}"]').click()
        page.wait_for_url(f"**/?doc={document.info.id}")
        page.wait_for_function(
            "title => document.querySelector('#source .title')?.textContent === title", arg=document.info.title
        )
        assert text_of(page.locator("#source .text")) == document.text
        assert text_of(page.locator("#source .place .path")) == document.info.source
    assert page.evaluate("window.__xss") is None


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
