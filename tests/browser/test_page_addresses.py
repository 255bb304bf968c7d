from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.looks import SIZES, resize
from tests.browser.reader import ask, is_in_view, open_source, text_of, visit


@SIZES
def test_back_closes_the_source_and_forward_opens_it(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    ask(page, "lighthouse dark")
    open_source(page)
    page.go_back()
    expect(page.locator("#source .document")).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(1)
    page.go_forward()
    expect(page.locator("#source mark")).to_have_text("The lighthouse went dark on Tuesday at eleven.")


def test_back_goes_from_question_to_question_to_the_first_page(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "lighthouse")
    ask(page, "harbour")
    page.go_back()
    expect(page.locator(".turn[data-current] h2")).to_have_text("lighthouse")
    page.go_back()
    expect(page.locator(".home")).to_be_visible()
    page.go_forward()
    expect(page.locator(".turn")).to_have_count(2)


@SIZES
def test_an_address_brings_back_question_source_and_mark(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    ask(page, "lighthouse dark")
    open_source(page)
    page.reload()
    mark = page.locator("#source mark")
    mark.wait_for()
    assert is_in_view(mark)
    assert text_of(page.locator(".turn h2")) == "lighthouse dark"
    assert text_of(mark) == "The lighthouse went dark on Tuesday at eleven."


def test_the_link_of_a_citation_is_the_address_it_opens(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "lighthouse dark & <b>")
    link = page.locator(".citation a").first.get_attribute("href")
    open_source(page)
    assert page.url == f"{url}/{link}"


def test_a_link_to_a_document_that_is_gone_says_so(page: Page, url: str) -> None:
    visit(page, f"{url}/?q=lighthouse&doc=0123456789abcdef&s=3-9")
    expect(page.locator("#source .problem")).to_contain_text("not in the index")
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#source .document")).to_have_count(0)


def test_an_address_that_makes_no_sense_shows_the_first_page(page: Page, url: str) -> None:
    visit(page, f"{url}/?doc=../../etc/passwd&s=9-3&m=a-b,1-&at=-5&q=")
    expect(page.locator(".home")).to_be_visible()
    expect(page.locator("#source .document")).to_have_count(0)


def test_a_passage_past_the_end_opens_the_document_without_a_mark(page: Page, url: str) -> None:
    visit(page, url)
    address = page.locator(".shelf a", has_text="A letter").get_attribute("href")
    visit(page, f"{url}/{address}&s=5-999999999&m=7-8")
    expect(page.locator("#source .title")).to_have_text("A letter to Ottilie")
    expect(page.locator("#source mark")).to_have_count(0)
