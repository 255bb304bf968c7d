from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.fingers import press
from tests.browser.looks import SIZES, resize
from tests.browser.reader import ask, is_in_view, open_source, text_of, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document

from quoth.errors import IndexMismatchError, NoIndexError
from quoth.records import Answer, DocumentInfo
from quoth.ui.conversation import FAILURE


class Unbuilt(Shelf):
    def documents(self) -> tuple[DocumentInfo, ...]:
        raise NoIndexError("nothing was built in embeddings yet")


class Mismatched(Shelf):
    def ask(self, question: str, **_: object) -> Answer:
        raise IndexMismatchError("the index was made with another model; run `quoth build --all`")


class Broken(Shelf):
    def ask(self, question: str, **_: object) -> Answer:
        raise ZeroDivisionError("secret detail")


def test_a_question_is_answered_by_marked_sentences_word_for_word(page: Page, url: str) -> None:
    visit(page, url)
    turn = ask(page, "When did the lighthouse dark Tuesday?")
    assert text_of(turn.locator("h2")) == "When did the lighthouse dark Tuesday?"
    assert text_of(turn.locator(".quote").first) == "The lighthouse went dark on Tuesday at eleven."
    assert text_of(turn.locator(".quote mark").first) == "The lighthouse went dark on Tuesday at eleven."
    assert text_of(turn.locator(".citation a").first) == "A letter to Ottilie, line 3"
    assert text_of(turn.locator(".citation .path").first) == "letters/ottilie.txt"
    expect(page.get_by_label("Question", exact=True)).to_have_value("")


@SIZES
def test_the_verdict_is_in_plain_words_and_says_what_was_searched(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    assert text_of(ask(page, "lighthouse dark").locator(".verdict")) == "Answers · 1 passage from 1 of 3 documents"
    visit(page, url)  # with nothing to lean on
    closest = ask(page, "lighthouse wallpaper yellow curtains")
    assert text_of(closest.locator(".verdict")) == (
        "Closest passages, probably not an answer · 1 passage from 1 of 3 documents · 3,008 passages searched"
    )
    visit(page, url)
    nothing = ask(page, "zeppelin")
    assert text_of(nothing.locator(".verdict")) == "Nothing found · 3,008 passages of 3 documents searched"
    expect(nothing.locator(".unread li")).to_be_visible()
    assert nothing.locator(".passage").count() == 0


def test_files_that_could_not_be_read_are_listed_with_their_reasons(page: Page, url: str) -> None:
    visit(page, url)
    unread = ask(page, "lighthouse").locator(".unread")
    unread.locator("summary").click()
    expect(unread.locator("summary")).to_have_text("1 file needs OCR")
    expect(unread.locator("li")).to_have_text("scan.pdf — Its pages are pictures; run it through OCR first.")


def test_a_build_that_was_stopped_is_told(page: Page, serve: Serve) -> None:
    visit(page, serve(Shelf([make_document("a.txt", "One lighthouse.")], interrupted=True)))
    expect(ask(page, "lighthouse").locator(".interrupted")).to_contain_text("did not come to its end")


@SIZES
def test_the_best_passage_is_the_largest_and_each_tells_why_it_was_found(
    page: Page, url: str, size: dict[str, int]
) -> None:
    resize(page, size)
    visit(page, url)
    turn = ask(page, "lighthouse dark Tuesday ferry")
    best, *others = turn.locator(".quote").evaluate_all(
        "quotes => quotes.map(quote => parseFloat(getComputedStyle(quote).fontSize))"
    )
    assert len(others) == 2
    assert best > max(others)
    why = turn.locator(".why").first
    press(why.locator("summary"))
    expect(why.locator("dd")).to_have_text(
        ["dark, lighthouse, tuesday", "the nearest of these 3 (0.75 of 1)", "7.5; rare words weigh more"]
    )


def test_clicking_a_citation_opens_the_source_at_the_mark(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "entry 2900: the ferry crossed with 2900")
    document = open_source(page)
    mark = document.locator("mark")
    assert text_of(mark).startswith("Entry ")
    assert is_in_view(mark)
    line = mark.locator("xpath=..")
    assert line.get_attribute("data-line") == re.findall(r"\d+", text_of(mark))[0]
    assert is_in_view(page.locator(".turn .citation a").first)


def test_pages_of_a_pdf_are_separated(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "crane bells lifted")
    document = open_source(page)
    labels = document.locator(".sheet").evaluate_all("sheets => sheets.map(sheet => sheet.dataset.page)")
    assert labels == ["Page 1", "Page 2", "Page 3"]
    assert text_of(document.locator(".sheet").nth(1)) == "A new crane lifted the bells. "
    assert document.locator("[data-line]").count() == 0


def test_a_long_document_is_sent_in_parts(page: Page, url: str, shelf: Shelf) -> None:
    visit(page, url)
    page.locator(".shelf a", has_text="ledger.txt").click()
    document = page.locator("#source .document")
    text = next(shelf.document(info.id).text for info in shelf.documents() if info.source == "ledger.txt")
    parts = [text_of(document.locator(".text"))]
    while document.get_by_role("link", name="Later").count():
        first = document.locator(".line").first.get_attribute("data-line")
        document.get_by_role("link", name="Later").click()
        expect(document.locator(".line").first).not_to_have_attribute("data-line", str(first))
        parts.append(text_of(document.locator(".text")))
    assert all(len(part) <= 40_000 for part in parts)
    assert "".join(parts) == text
    document.get_by_role("link", name="Earlier").click()
    expect(document.locator(".line").first).not_to_have_attribute("data-line", str(text.count("\n")))


def test_escape_closes_the_source_and_gives_the_focus_back(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "lighthouse dark")
    citation = page.locator(".citation a").first
    citation.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source .scroll")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source .document")).to_have_count(0)
    expect(citation).to_be_focused()


def test_an_example_is_asked_when_clicked(page: Page, url: str) -> None:
    visit(page, url)
    page.get_by_role("link", name="When did the lighthouse go dark?").click()
    expect(page.locator(".turn h2")).to_have_text("When did the lighthouse go dark?")


def test_the_newest_question_comes_to_the_top_and_the_box_stays_in_reach(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "ferry crossed")
    newest = ask(page, "lighthouse ferry")
    assert is_in_view(newest.locator("h2"))
    assert is_in_view(page.get_by_label("Question", exact=True))


def test_an_empty_question_gets_a_hint_and_nothing_else(page: Page, url: str) -> None:
    visit(page, url)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#notice")).to_have_text("Type a question first.")
    expect(page.locator(".home")).to_be_visible()


def test_a_question_that_is_too_long_stays_in_the_box(page: Page, url: str) -> None:
    visit(page, url)
    page.get_by_label("Question", exact=True).fill("x" * 2001)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("This question has 2,001 characters; at most 2,000 can be asked.")
    expect(page.get_by_label("Question", exact=True)).to_have_value("x" * 2001)


def test_an_error_with_advice_is_shown_as_it_is(page: Page, serve: Serve) -> None:
    visit(page, serve(Mismatched([make_document("a.txt", "Text.")])))
    turn = ask(page, "lighthouse")
    expect(turn.get_by_role("alert")).to_have_text("the index was made with another model; run `quoth build --all`")


def test_an_unforeseen_error_is_one_plain_sentence_and_goes_to_the_log(
    page: Page, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    visit(page, serve(Broken([make_document("a.txt", "Text.")])))
    expect(ask(page, "lighthouse").get_by_role("alert")).to_have_text(FAILURE)
    assert "secret detail" not in page.content()
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("library", [Unbuilt([]), Shelf([])])
def test_without_an_index_the_page_says_what_to_do(page: Page, serve: Serve, library: Shelf) -> None:
    visit(page, serve(library))
    expect(page.locator(".home")).to_contain_text("quoth build")


@SIZES
def test_the_same_words_in_other_documents_are_one_passage_with_a_way_to_each(
    page: Page, serve: Serve, size: dict[str, int]
) -> None:
    resize(page, size)
    words = "The lighthouse went dark on Tuesday."
    texts = [words, f"A copy.\n{words.upper()}", f"Seven boats.\nThree more.\n{words}"]
    visit(page, serve(Shelf([make_document(f"{number}.txt", text) for number, text in enumerate(texts)])))
    turn = ask(page, "lighthouse dark")
    expect(turn.locator(".passage")).to_have_count(1)
    places = turn.locator(".also a")
    expect(places).to_have_text(["1.txt, line 2", "2.txt, line 3"])
    places.nth(1).press("Enter")
    assert text_of(page.locator("#source .document mark")) == words
    page.keyboard.press("Escape")
    expect(places.nth(1)).to_be_focused()
