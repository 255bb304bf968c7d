from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.fingers import press
from tests.browser.hostile import HOSTILE
from tests.browser.looks import SIZES, resize
from tests.browser.reader import ask, open_source, text_of, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document

WHEN, WHY = "When did the Lighthouse go dark on Tuesday?", "Why did it?"


def test_a_follow_up_shows_what_it_takes_over_and_each_term_can_be_dropped_by_key(page: Page, url: str) -> None:
    visit(page, url)
    expect(ask(page, WHEN).locator(".carried")).to_have_count(0)
    turn = ask(page, WHY)
    assert text_of(turn.locator(".quote").first) == "The lighthouse went dark on Tuesday at eleven."
    terms = turn.locator(".carried .term bdi")
    expect(terms).to_have_text(["A letter to Ottilie", "Lighthouse", "Tuesday"])
    expect(turn.locator(".term").first).to_have_attribute("title", f"title of what answered: {WHEN}")
    turn.get_by_role("link", name="Ask without Tuesday").press("Enter")
    expect(terms).to_have_text(["A letter to Ottilie", "Lighthouse"])
    expect(page.locator(".turn[data-current]")).to_be_focused()
    expect(page.locator(".turn h2")).to_have_text([WHEN, WHY])
    page.go_back()
    expect(terms).to_have_text(["A letter to Ottilie", "Lighthouse", "Tuesday"])


@SIZES
def test_a_follow_up_can_be_asked_alone_and_terms_taken_back(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    ask(page, WHEN)
    turn = ask(page, WHY)
    turn.get_by_role("link", name="Ask without Lighthouse").click()
    turn.get_by_role("link", name="Take all terms back").click()
    expect(turn.locator(".term")).to_have_count(3)
    turn.get_by_role("link", name="Ask it alone").click()
    expect(turn.locator(".carried")).to_have_count(0)
    expect(turn.locator(".verdict")).to_contain_text("Nothing found")


def test_the_address_of_a_follow_up_brings_back_its_conversation_and_its_source(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, WHEN)
    ask(page, WHY).get_by_role("link", name="Ask without Tuesday").click()
    expect(page.locator(".term")).to_have_count(2)
    open_source(page)
    address = page.url
    visit(page, f"{url}/?new=1")
    visit(page, address)
    expect(page.locator(".turn h2")).to_have_text([WHEN, WHY])
    expect(page.locator(".turn[data-current] .term bdi")).to_have_text(["A letter to Ottilie", "Lighthouse"])
    expect(page.locator("#source mark")).to_have_text("Dear Ottilie!")


@SIZES
def test_after_new_conversation_nothing_is_taken_over(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    ask(page, WHEN)
    press(page.get_by_role("link", name="New topic"))
    expect(page.locator(".home")).to_be_visible()
    expect(page.get_by_role("link", name="New topic")).to_be_hidden()
    page.get_by_label("Question", exact=True).fill(WHY)
    page.keyboard.press("Enter")
    expect(page.locator(".turn h2")).to_have_text([WHY])
    expect(page.locator(".carried")).to_have_count(0)


@pytest.mark.parametrize("hostile", ["script", "image", "template", "directions"])
def test_terms_are_shown_as_they_are_and_do_nothing(page: Page, serve: Serve, hostile: str) -> None:
    title = HOSTILE[hostile]
    visit(page, serve(Shelf([make_document("a.txt", "The lighthouse went dark.", title=title)])))
    ask(page, "When did the lighthouse go dark?")
    term = ask(page, "Why did it?").locator(".term bdi").first
    assert text_of(term) == title
    assert page.evaluate("window.__xss") is None
