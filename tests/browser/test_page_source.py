from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looks import DESKTOP, SIZES, faults_in_two_looks, resize, scrolls_sideways
from tests.browser.reader import ask, is_in_view, open_source, text_of, visit
from tests.browser.serving import Serve, serving
from tests.browser.shelf import Shelf, make_document

from quoth.records import Document, Heading


def make_report(title: str, *, count: int) -> Document:
    """With as many parts, each under a heading."""
    numbers = range(1, count + 1)
    text = "\n".join(f"Part {n}\n" + f"The tide of year {n} was measured twice.\n" * 40 for n in numbers)
    outline = tuple(Heading(text.index(f"Part {number}\n"), 1, f"Part {number}") for number in numbers)
    return replace(make_document(f"{title}.md", text, title=title), outline=outline)


BELLS = "A bell rang at six.\n" + "Nothing was heard.\n" * 200 + "The bell rang at seven, said Zoë.\n"
OTHER = "Quiet.\nOne more bell rang at noon.\n"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    documents = [
        make_document("bells.txt", BELLS),
        make_document("noon.txt", OTHER),
        make_report("Tides <i>", count=30),
    ]
    with serving(Shelf(documents)) as address:
        yield address


def enter(page: Page, address: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, address)


@SIZES
def test_the_keyboard_goes_from_passage_to_passage_and_on_to_the_next_document(
    page: Page, url: str, size: dict[str, int]
) -> None:
    enter(page, url, size)
    ask(page, "bell rang")
    document = open_source(page)
    expect(document.locator(".steps")).to_contain_text("Passage 1 of 3")
    document.get_by_role("link", name="Next passage").focus()
    page.keyboard.press("Enter")
    expect(document.locator(".steps")).to_contain_text("Passage 2 of 3")
    assert is_in_view(document.locator("mark"))
    assert text_of(document.locator("mark")) == "The bell rang at seven, said Zoë."
    expect(document.get_by_role("link", name="Next passage")).to_be_focused()
    page.keyboard.press("Enter")
    expect(document.locator(".title")).to_have_text("noon.txt")
    expect(document.get_by_role("link", name="Next passage")).to_have_count(0)
    document.get_by_role("link", name="Previous passage").click()
    expect(document.locator(".title")).to_have_text("bells.txt")
    assert text_of(document.locator(".other")) == "A bell rang at six."
    page.keyboard.press("Escape")
    expect(page.locator("#source .document")).to_have_count(0)
    expect(page.locator(".citation a").nth(1)).to_be_focused()


@SIZES
def test_a_section_of_the_outline_opens_at_its_heading_and_is_marked(
    page: Page, url: str, size: dict[str, int]
) -> None:
    enter(page, url, size)
    page.locator(".shelf a", has_text="Tides").click()
    outline = page.locator("#source .outline")
    outline.locator("summary").press("Enter")
    expect(outline.locator("[aria-current]")).to_have_text("Part 1")
    outline.get_by_role("link", name="Part 28", exact=True).press("Enter")
    heading = page.locator("#source [data-at]")
    expect(heading).to_have_text("Part 28\n")
    assert is_in_view(heading)
    outline.locator("summary").click()
    expect(outline.locator("[aria-current]")).to_have_text("Part 28")
    assert not scrolls_sideways(page)
    page.reload()
    expect(heading).to_have_text("Part 28\n")


@SIZES
def test_words_are_found_in_the_whole_document_with_enter_and_shift_enter(
    page: Page, url: str, size: dict[str, int]
) -> None:
    enter(page, url, size)
    page.locator(".shelf a", has_text="Tides").click()
    words = page.get_by_label("Find in this document")
    words.fill("TÏDE of  year 2")
    words.press("Enter")
    status = page.locator(".find [role=status]")
    expect(status).to_have_text("1 of 440")
    expect(words).to_be_focused()
    words.press("Shift+Enter")
    expect(status).to_have_text("440 of 440")
    current = page.locator("mark.current")
    assert is_in_view(current)
    assert text_of(current) == "tide of year 2"
    expect(page.locator(".line", has=current)).to_contain_text("year 29")
    words.press("Enter")
    expect(status).to_have_text("1 of 440")
    page.get_by_role("link", name="Next place").click()
    expect(status).to_have_text("2 of 440")
    expect(page.get_by_role("link", name="Next place")).to_be_focused()
    assert not scrolls_sideways(page)
    page.reload()
    expect(status).to_have_text("2 of 440")
    expect(words).to_have_value("TÏDE of  year 2")


def test_escape_ends_the_search_first_and_then_closes_the_document(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "bell rang")
    document = open_source(page)
    words = page.get_by_label("Find in this document")
    words.fill("zeppelin")
    words.press("Enter")
    expect(page.locator(".find [role=status]")).to_have_text("Not found in this document")
    words.press("Escape")
    expect(page.locator(".find [role=status]")).to_have_count(0)
    expect(words).to_have_value("")
    expect(document.locator("mark.cited")).to_be_visible()
    page.keyboard.press("Escape")
    expect(document).to_have_count(0)


def test_all_that_is_seen_of_a_source_is_one_step_back(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "bell rang")
    document = open_source(page)
    document.get_by_role("link", name="Next passage").click()
    expect(document.locator(".steps")).to_contain_text("Passage 2 of 3")
    page.get_by_label("Find in this document").fill("bell")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".find [role=status]")).to_have_text("2 of 2")
    page.go_back()
    expect(document).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(1)


def test_axe_finds_nothing_in_an_opened_document_with_its_tools(page: Page, serve: Serve) -> None:
    """In a short one, for axe looks at each line."""
    enter(page, serve(Shelf([make_report("Tides", count=2)])), DESKTOP)
    ask(page, "tide measured twice")
    document = open_source(page)
    expect(document.locator(".steps")).to_be_visible()
    page.get_by_label("Find in this document").fill("year")
    page.keyboard.press("Enter")
    expect(page.locator("mark.found").first).to_be_visible()
    page.locator(".outline summary").click()
    assert faults_in_two_looks(page) == []


def test_what_is_found_and_headings_appear_as_typed(page: Page, serve: Serve) -> None:
    typed = "<img src='nowhere' onerror=\"window.__xss='image'\"> ${window.__xss=1} {{x}}"
    document = replace(make_document("a.txt", typed), outline=(Heading(0, 1, typed), Heading(3, 1, "two")))
    visit(page, serve(Shelf([document])))
    page.locator(".shelf a").click()
    page.get_by_label("Find in this document").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator(".find [role=status]")).to_have_text("1 of 1")
    assert text_of(page.locator("mark.current")) == typed
    assert text_of(page.locator(".outline bdi").first) == typed
    expect(page.get_by_label("Find in this document")).to_have_value(typed)
    assert page.evaluate("window.__xss") is None
