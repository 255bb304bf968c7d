from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.fingers import press
from tests.browser.hostile import HOSTILE
from tests.browser.looks import DESKTOP, PHONE, SIZES, resize
from tests.browser.pinning import open_evidence
from tests.browser.reader import visit
from tests.browser.serving import Serve, serving
from tests.browser.shelf import Shelf, make_document
from tests.browser.verbatim import alive, reads, unlike

from quoth.records import Document
from quoth.ui import render_html
from quoth.ui.address import Address

DARK = "The lighthouse went dark on Tuesday at eleven."
WORD = "zanzibar"


def visit_view(page: Page, address: str) -> Locator:
    page.goto(address)
    view = page.locator("#conversation .view")
    view.wait_for()
    page.locator("#quoth[data-ready]").wait_for()
    return view


def make_tagged(texts: Sequence[str]) -> list[Document]:
    """Hostile words in file names, titles and texts, each text with a word to find it by."""
    return [make_document(f"{text}.txt", f"{text}\n{WORD}", title=f"About {text}") for text in texts]


def test_a_table_is_asked_for_with_the_keyboard_and_its_address_brings_it_back(page: Page, url: str) -> None:
    visit(page, url)
    page.get_by_role("link", name="Table", exact=True).click()
    page.locator(".view.table").wait_for()
    page.get_by_label("Question 1").focus()
    page.keyboard.type("lighthouse dark")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Add a question").press("Enter")
    page.keyboard.type("harbour stone & <b>")
    page.keyboard.press("Enter")
    expect(page.locator("thead th")).to_have_text(["Document", "lighthouse dark", "harbour stone & <b>"])
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(3)
    assert DARK in page.locator("tbody blockquote").all_inner_texts()
    expect(page.locator("td.missing").first).to_contain_text("not found")
    page.go_back()
    expect(page.locator("thead th")).to_have_count(2)


@pytest.mark.parametrize("view", ["table&q=lighthouse", "mentions&q=lighthouse"])
def test_the_documents_that_are_asked_are_seen_also_on_paper_and_all_are_one_click_away(
    page: Page, url: str, view: str
) -> None:
    shown = visit_view(page, f"{url}/?view={view}&in=ledger.txt")
    for size in (PHONE, DESKTOP):
        resize(page, size)
        expect(shown.locator(".choice")).to_be_in_viewport()
        expect(page.get_by_role("list", name="Documents that are asked")).to_have_count(1)
    page.emulate_media(media="print")
    assert " ".join(shown.locator(".choice").inner_text().split()) == "Asking 1 of 3 documents: ledger.txt"
    page.emulate_media(media="screen")
    shown.get_by_role("link", name="all documents").click()
    expect(shown).to_be_focused()
    expect(shown.locator(".verdict")).to_contain_text("3 documents")
    expect(shown.locator(".choice")).to_have_count(0)


def test_more_questions_can_be_added_up_to_the_most(page: Page, url: str) -> None:
    visit_view(page, f"{url}/?view=table&q=lighthouse")
    add = page.get_by_role("button", name="Add a question")
    for number in range(2, 7):
        add.click()
        expect(page.get_by_label(f"Question {number}")).to_be_focused()
        page.keyboard.type(f"ferry {number}")
    add.click()
    expect(page.locator(".asked-form input[type=text]")).to_have_count(6)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Ask each document").click()
    expect(page.locator("thead th")).to_have_count(7)


def test_a_citation_opens_the_source_beside_the_table_and_closing_gives_the_table_back(page: Page, url: str) -> None:
    visit_view(page, f"{url}/?view=table&q=lighthouse+dark")
    row = page.locator("tbody tr").filter(has_text="A letter to Ottilie")
    row.locator(".citation a").click()
    expect(page.locator("#source mark").first).to_have_text(DARK)
    expect(page.locator("tbody tr")).to_have_count(3)
    assert "view=table" in page.url
    page.keyboard.press("Escape")
    expect(page.locator("#source .document")).to_have_count(0)
    expect(row.locator(".citation a")).to_be_focused()


@SIZES
def test_the_table_and_the_mentions_can_be_saved(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    for view, search, quoted in (
        ("table", "q=lighthouse+dark", f"A letter to Ottilie,letters/ottilie.txt,lighthouse dark,answers,1.0,{DARK}"),
        ("mentions", "q=%22bells%22", "1,The new harbour,harbour.pdf,bells … bells,"),
    ):
        visit_view(page, f"{url}/?view={view}&{search}")
        with page.expect_download() as saved:
            press(page.get_by_role("link", name="Download CSV"))
        assert saved.value.suggested_filename == f"{view}.csv"
        text = Path(saved.value.path()).read_text("utf-8")
        assert text.startswith("\ufeff")
        assert quoted in text


def test_a_table_that_cannot_be_saved_says_why(unwatched: Page, url: str) -> None:
    view = visit_view(unwatched, f"{url}/?view=table&q=lighthouse")
    download, told = view.get_by_role("link", name="Download CSV"), view.locator(".download").get_by_role("status")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    unwatched.route("**/table.csv*", hold)
    download.click()
    expect(told).to_have_text("The file is being written…")
    held.pop().fulfill(status=503, content_type="text/plain", body="Another file is being written <just> now.")
    expect(told).to_have_text("Another file is being written <just> now.")
    expect(unwatched.locator("#trouble p")).to_be_empty()
    unwatched.unroute_all()
    unwatched.route("**/table.csv*", lambda route: route.abort())
    download.click()
    expect(told).to_have_text("The server could not be reached.")
    unwatched.unroute_all()
    with unwatched.expect_download():
        download.click()
    expect(told).to_be_empty()


def test_what_a_table_and_mentions_show_can_be_pinned_and_copied(page: Page, url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view = visit_view(page, f"{url}/?view=table&q=lighthouse+dark")
    view.locator("td [data-pin]").first.press("Enter")
    expect(view.locator("td [data-pin]").first).to_have_attribute("aria-pressed", "true")
    view.locator("td [data-pin]").first.click()
    expect(page.get_by_text("Removed.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(view.locator("td [data-pin]").first).to_have_attribute("aria-pressed", "true")
    view.locator("td [data-copy=quote]").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == view.locator("td .quote").first.text_content()
    view = visit_view(page, f"{url}/?view=mentions&q=%22lamp%22")
    view.locator("[data-pin]").first.press("Enter")
    view.locator("[data-copy=citation]").first.click()
    expect(page.locator(".told")).to_have_text("The citation is copied.")
    table, mention = open_evidence(page).all()
    expect(table.locator(".found-with bdi")).to_have_text("lighthouse dark")
    expect(mention.locator(".quote")).to_contain_text("Nobody was near the lamp")
    expect(mention.locator(".found-with")).to_have_count(0)


def test_the_heads_of_the_columns_stay_in_view(page: Page, serve: Serve) -> None:
    shelf = Shelf([make_document(f"{number:02}.txt", f"Ferry {number} was late.") for number in range(40)])
    visit_view(page, f"{serve(shelf)}/?view=table&q=late+ferry")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    box = page.locator("thead th").nth(1).bounding_box()
    assert box is not None
    assert box["y"] == pytest.approx(0, abs=1)


@SIZES
def test_mentions_are_asked_for_counted_and_opened(page: Page, url: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, url)
    press(page.get_by_role("link", name="Mentions", exact=True))
    page.get_by_label("Words to look for").fill('"the bells"')
    page.keyboard.press("Enter")
    expect(page.locator(".view .verdict")).to_have_text("1 passage in 1 of 3 documents · 2 occurrences")
    expect(page.locator(".mention mark")).to_have_text(["the bells", "The bells"])
    press(page.locator(".mention .citation a"))
    expect(page.locator("#source .document")).to_be_visible()
    expect(page.locator(".mention")).to_have_count(1)
    page.reload()
    expect(page.locator("#source mark").first).to_have_text("the bells")
    expect(page.locator(".mention")).to_have_count(1)


def test_a_long_list_of_mentions_is_turned_part_by_part(page: Page, serve: Serve) -> None:
    shelf = Shelf([make_document(f"{number:03}.txt", f"Ferry {number} was late.") for number in range(120)])
    visit_view(page, f"{serve(shelf)}/?view=mentions&q=ferry")
    expect(page.locator(".mention")).to_have_count(50)
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".mention .quote").first).to_have_text("Ferry 50 was late.")
    page.go_back()
    expect(page.locator(".mention .quote").first).to_have_text("Ferry 0 was late.")


def test_a_phone_shows_each_document_as_a_card_with_its_questions(page: Page, url: str) -> None:
    resize(page, PHONE)
    visit_view(page, f"{url}/?view=table&q=lighthouse+dark&and=harbour+stone")
    card = page.locator("tbody tr").first
    assert card.locator(".of-question").all_inner_texts() == ["lighthouse dark", "harbour stone"]
    box = card.bounding_box()
    assert box is not None
    assert box["width"] < PHONE["width"]


def faults_in_table(page: Page, address: str, texts: Sequence[str]) -> list[str]:
    questions = [f"{text.strip()} {WORD}" for text in texts if len(text) < 1_000]
    found = []
    for start in range(0, len(questions), 6):
        asked = Address(questions[start], view="table", others=tuple(questions[start + 1 : start + 6]))
        visit_view(page, f"{address}/{asked.search}")
        found += unlike(page, "thead th", questions[start : start + 6])
    titles, names = [f"About {text}" for text in texts], [f"{text}.txt" for text in texts]
    found += unlike(page, "tbody th a", titles) + unlike(page, "tbody th .path", names)
    visit_view(page, f"{address}/{Address('everything', view='table').search}")
    wholes = [reads(f"{text}\n{WORD}") for text in texts]
    return found + unlike(page, "tbody .quote", [reads(whole) for whole in wholes if len(whole) <= 300])


def faults_in_mentions(page: Page, address: str, texts: Sequence[str]) -> list[str]:
    view = visit_view(page, f"{address}/{Address(WORD, view='mentions').search}")
    view.locator(".by-document").evaluate("counts => { counts.open = true; }")
    titles, names = [f"About {text}" for text in texts], [f"{text}.txt" for text in texts]
    found = unlike(page, ".mention .quote", [reads(f"{text}\n{WORD}") for text in texts])
    return (
        found + unlike(page, ".by-document a", titles) + unlike(page, "h3 a", titles) + unlike(page, "h3 .path", names)
    )


@pytest.fixture(scope="module")
def tagged() -> Iterator[str]:
    with serving(Shelf(make_tagged(list(HOSTILE.values())))) as address:
        yield address


def test_hostile_texts_are_shown_as_typed_in_tables_and_do_nothing(page: Page, tagged: str) -> None:
    assert faults_in_table(page, tagged, list(HOSTILE.values())) == []
    assert alive(page) == []


def test_hostile_texts_are_shown_as_typed_in_mentions_and_do_nothing(page: Page, tagged: str) -> None:
    assert faults_in_mentions(page, tagged, list(HOSTILE.values())) == []
    assert alive(page) == []
    asked = HOSTILE["image"]
    view = visit_view(page, f"{tagged}/{Address(asked, view='mentions').search}")
    assert view.locator("input[name=q]").input_value() == asked
    assert alive(page) == []


@pytest.mark.parametrize("find_faults", [faults_in_table, faults_in_mentions])
def test_these_checks_fail_where_nothing_is_escaped(
    unwatched: Page, monkeypatch: pytest.MonkeyPatch, find_faults: object
) -> None:
    assert callable(find_faults)
    texts = [HOSTILE["image"], HOSTILE["entities"]]
    with serving(Shelf(make_tagged(texts))) as address:
        monkeypatch.setattr(render_html, "REFERENCES", {})
        # An image that is let in asks for a file that is not there.
        assert find_faults(unwatched, address, texts) != []
        assert alive(unwatched) != []
