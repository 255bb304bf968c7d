"""What can be done with a passage and a question on the page."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.looks import SIZES, resize
from tests.browser.reader import ask, is_in_view, open_source, text_of, visit
from tests.browser.serving import Serve
from tests.browser.shelf import Shelf, make_document

QUOTE = "The lighthouse went dark on Tuesday at eleven."
NEXT = " Nobody was near the lamp, and the keeper slept."


@SIZES
def test_a_quote_grows_and_its_citation_and_its_address_grow_with_it(
    page: Page, url: str, size: dict[str, int]
) -> None:
    resize(page, size)
    visit(page, url)
    passage = ask(page, "lighthouse dark Tuesday").locator(".passage").first
    passage.get_by_role("button", name="More after").click()
    expect(passage.locator(".citation a")).to_have_text("A letter to Ottilie, lines 3-4")
    assert text_of(passage.locator(".quote")) == QUOTE + NEXT
    assert text_of(passage.locator(".quote mark")) == QUOTE
    expect(page.locator(".told")).to_have_text("The quote is longer: A letter to Ottilie, lines 3-4")
    expect(passage.get_by_role("button", name="More after")).to_be_focused()
    passage.get_by_role("button", name="More before").press("Enter")
    expect(passage.locator(".citation a")).to_have_text("A letter to Ottilie, lines 1-4")
    assert text_of(passage.locator(".quote")) == f"Dear Ottilie!\n\n{QUOTE}{NEXT}"
    expect(passage.get_by_role("button", name="More before")).to_have_count(0)
    newest = ask(page, "harbour rebuilt")
    assert is_in_view(newest.locator("h2"))
    assert abs(newest.evaluate("turn => turn.getBoundingClientRect().top")) < 60
    assert text_of(page.locator(".turn").first.locator(".quote").first) == f"Dear Ottilie!\n\n{QUOTE}{NEXT}"
    page.locator(".turn").first.locator(".citation a").first.click()
    assert "Nobody was near the lamp" in text_of(page.locator("#source .text"))
    expect(page.locator("#source .place")).to_contain_text("lines 1-4")


@SIZES
def test_quote_and_citation_are_copied(
    page: Page, url: str, warm_context: BrowserContext, size: dict[str, int]
) -> None:
    warm_context.grant_permissions(["clipboard-read", "clipboard-write"])
    resize(page, size)
    visit(page, url)
    passage = ask(page, "lighthouse dark Tuesday").locator(".passage").first
    passage.get_by_role("button", name="More after").click()
    expect(passage.locator(".citation a")).to_have_text("A letter to Ottilie, lines 3-4")
    passage.get_by_role("button", name="Copy quote").click()
    expect(page.locator(".told")).to_have_text("The quote is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == QUOTE + NEXT
    passage.get_by_role("button", name="Copy citation").press("Enter")
    expect(page.locator(".told")).to_have_text("The citation is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"A letter to Ottilie, lines 3-4. letters/ottilie.txt. {url}/?doc=")
    visit(page, copied.rpartition(" ")[2])
    expect(page.locator("#source .place")).to_contain_text("lines 3-4")
    expect(page.locator("#source mark").first).to_have_text(QUOTE)


@SIZES
def test_an_edited_question_takes_the_place_of_the_old_one(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    ask(page, "ferry crossed")
    ask(page, "harbour rebuilt")
    page.get_by_role("button", name="Edit this question: ferry crossed").click()
    box = page.get_by_label("Question", exact=True)
    expect(box).to_have_value("ferry crossed")
    expect(box).to_be_focused()
    expect(page.locator(".editing")).to_be_visible()
    page.keyboard.type("lighthouse dark")
    page.keyboard.press("Enter")
    expect(page.locator(".turn h2")).to_have_text(["lighthouse dark", "harbour rebuilt"])
    expect(page.locator(".editing")).to_be_hidden()
    assert is_in_view(page.locator(".turn h2").first)
    assert "q=lighthouse+dark" in page.url


def test_editing_is_given_up_by_escape_and_by_cancel(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "ferry crossed")
    box = page.get_by_label("Question", exact=True)
    page.get_by_role("button", name="Edit this question").click()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.locator(".editing")).to_be_hidden()
    page.get_by_role("button", name="Edit this question").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".editing")).to_be_hidden()
    ask(page, "harbour rebuilt")
    expect(page.locator(".turn h2")).to_have_text(["ferry crossed", "harbour rebuilt"])


@SIZES
def test_while_an_answer_is_awaited_the_page_says_what_is_searched(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    line = page.locator(".searching")
    page.evaluate(
        """() => {
            const line = document.querySelector('.searching');
            window.__said = [];
            const look = () => window.__said.push([line.textContent, line.getBoundingClientRect().height > 0]);
            new MutationObserver(look).observe(line, { childList: true, characterData: true, subtree: true });
        }"""
    )
    expect(line).to_have_text("")
    ask(page, "lighthouse dark")
    expect(line).to_have_text("")
    assert page.evaluate("window.__said[0]") == ["Searching 4 passages…", True]
    assert line.get_attribute("role") == "status"


@SIZES
def test_the_first_page_says_what_this_is_and_how_documents_are_added(
    page: Page, url: str, size: dict[str, int]
) -> None:
    resize(page, size)
    visit(page, url)
    expect(page.locator(".masthead")).to_contain_text("word for word, each with its place")
    expect(page.locator(".about")).to_contain_text("Nothing is written by a machine")
    expect(page.locator(".add")).to_contain_text("quoth build")


@SIZES
def test_a_link_leads_to_a_passage_that_a_build_has_moved(page: Page, serve: Serve, size: dict[str, int]) -> None:
    resize(page, size)
    first = serve(Shelf([make_document("a.txt", f"Dear Ottilie! {QUOTE}{NEXT}")]))
    visit(page, first)
    ask(page, "lighthouse dark Tuesday")
    open_source(page)
    address = page.url.removeprefix(first)
    moved = serve(Shelf([make_document("a.txt", f"Dear Ottilie!\nA new line.\n{QUOTE}{NEXT}")]))
    visit(page, moved + address)
    expect(page.locator("#source .since")).to_contain_text("has moved since the link was made")
    expect(page.locator("#source mark")).to_have_text(QUOTE)
    gone = serve(Shelf([make_document("a.txt", "Dear Ottilie! The lamp is lit.")]))
    visit(page, gone + address)
    expect(page.locator("#source .since")).to_contain_text("do not stand in this document any more")
    expect(page.locator("#source mark")).to_have_count(0)
