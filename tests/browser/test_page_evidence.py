from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.looks import SIZES, resize
from tests.browser.pinning import expect_quotes, kept, open_evidence, pin, put, save, told
from tests.browser.reader import ask, text_of, visit
from tests.browser.serving import Serve, serving
from tests.browser.shelf import Shelf, make_document, write_files

from quoth.evidence import FORMS
from quoth.render import citations_from_json
from quoth.ui.address import parse_address

NEWS = make_document("news.txt", "The ferry sank in March. A second ferry was {ordered} for $7.", title="The news")
LOG = make_document("log/ship.txt", "Ferry: sank.\r\n  Crew safe.", title="Log of the ship")
FERRY = ["A second ferry was {ordered} for $7.", "The ferry sank in March."]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("documents")
    write_files(folder, [NEWS, LOG])
    with serving(Shelf([NEWS, LOG], folder=folder)) as address:
        yield address


@pytest.fixture
def shelf_page(page: Page, news: str) -> Page:
    """Two passages about ordered ferries stand there."""
    visit(page, news)
    ask(page, "Was a second ferry ordered?")
    return page


def test_a_pin_is_counted_and_stays_after_a_reload(shelf_page: Page) -> None:
    button = pin(shelf_page)
    expect(button).to_have_attribute("aria-pressed", "true")
    link = shelf_page.locator('.masthead a[href*="view=evidence"]')
    expect(link).to_have_text("Evidence (1)")
    shelf_page.reload()
    expect(link).to_have_text("Evidence (1)")
    expect(shelf_page.locator("[data-pin]").first).to_have_attribute("aria-pressed", "true")
    shelf_page.locator("[data-pin]").first.press("Enter")
    expect(link).to_have_text("Evidence")
    assert kept(shelf_page) == []


def test_a_pin_holds_the_quote_its_place_and_how_it_was_found(shelf_page: Page) -> None:
    pin(shelf_page)
    [one] = kept(shelf_page)
    [citation] = citations_from_json(json.dumps(one["citation"]))
    assert citation.quote == NEWS.text[citation.start : citation.end] == FERRY[0]
    log = one["log"]
    assert (log["question"], log["generation"], log["model"]) == ("Was a second ferry ordered?", 3, "shelf@1")
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", log["asked_at"])
    assert log["verdict"] == "answers"


@SIZES
def test_order_notes_and_removal_are_the_readers(shelf_page: Page, size: dict[str, int]) -> None:
    resize(shelf_page, size)
    pin(shelf_page, 1)
    pin(shelf_page, 2)
    items = open_evidence(shelf_page)
    expect_quotes(shelf_page, FERRY)
    items.first.get_by_label("Note").fill("the price!\nsecond line")
    shelf_page.get_by_role("button", name="Move down: 1").press("Enter")
    expect_quotes(shelf_page, FERRY[::-1])
    expect(shelf_page.get_by_role("button", name="Move up: 2")).to_be_focused()
    shelf_page.reload()
    expect_quotes(shelf_page, FERRY[::-1])
    expect(items.nth(1).get_by_label("Note")).to_have_value("the price!\nsecond line")
    shelf_page.get_by_role("button", name="Remove: 1").click()
    expect_quotes(shelf_page, FERRY[:1])
    shelf_page.get_by_role("button", name="Undo").click()
    expect_quotes(shelf_page, FERRY[::-1])
    shelf_page.get_by_role("button", name="Remove all", exact=True).click()
    expect_quotes(shelf_page, [])
    expect(shelf_page.locator(".evidence .none")).to_be_visible()
    shelf_page.get_by_role("button", name="Undo").click()
    expect_quotes(shelf_page, FERRY[::-1])


def test_taking_back_a_removal_leaves_what_was_written_since(shelf_page: Page) -> None:
    pin(shelf_page, 1)
    pin(shelf_page, 2)
    items = open_evidence(shelf_page)
    shelf_page.get_by_role("button", name="Remove: 1").click()
    expect_quotes(shelf_page, FERRY[1:])
    items.first.get_by_label("Note").fill("written since")
    shelf_page.get_by_role("button", name="Undo").click()
    expect_quotes(shelf_page, FERRY)
    assert [one["note"] for one in kept(shelf_page)] == ["", "written since"]


def test_what_was_pinned_anew_is_not_taken_back_twice(shelf_page: Page) -> None:
    pin(shelf_page, 1)
    pin(shelf_page, 1)
    other = shelf_page.context.new_page()
    visit(other, shelf_page.url)
    pin(other, 1)
    other.close()
    shelf_page.get_by_role("button", name="Undo").click()
    assert [one["citation"]["quote"] for one in kept(shelf_page)] == FERRY[:1]


def test_a_pinned_passage_leads_to_its_source_and_its_question(shelf_page: Page) -> None:
    pin(shelf_page)
    items = open_evidence(shelf_page)
    items.first.locator(".citation a").click()
    expect(shelf_page.locator("#source mark").first).to_be_visible()
    assert text_of(shelf_page.locator("#source mark").first) == FERRY[0]
    expect_quotes(shelf_page, FERRY[:1])
    shelf_page.keyboard.press("Escape")
    expect(shelf_page.locator("#source mark")).to_have_count(0)
    items.first.locator(".found-with a").click()
    expect(shelf_page.locator(".turn h2")).to_have_text("Was a second ferry ordered?")


@pytest.mark.parametrize("is_known", [True, False])
def test_a_pin_of_a_file_that_was_changed_since_leads_to_where_its_words_stand(
    page: Page, serve: Serve, *, is_known: bool
) -> None:
    visit(page, serve(Shelf([NEWS, LOG])))
    ask(page, "Was a second ferry ordered?")
    pin(page)
    [one] = kept(page)
    pins = json.dumps([one if is_known else {**one, "document_id": "", "standing": "changed"}])
    moved = make_document("news.txt", f"Corrected. {NEWS.text}", title="The news")
    visit(page, f"{serve(Shelf([moved, LOG]))}?in=news.txt")
    put(page, pins)
    page.reload()
    open_evidence(page).first.locator(".citation a").click()
    expect(page.locator("#source .since")).to_have_text(
        "This passage has moved since the link was made; here it stands now."
    )
    assert text_of(page.locator("#source mark").first) == FERRY[0]
    assert "in=news.txt" in page.url


def test_a_follow_up_that_was_asked_without_a_term_is_asked_so_again(shelf_page: Page) -> None:
    pin(shelf_page)
    [one] = kept(shelf_page)
    one["log"] |= {"question": "Why did it sink?", "history": ["Who saw the Ferry of Ghent?"], "drop": ["Ghent"]}
    put(shelf_page, json.dumps([one]))
    shelf_page.reload()
    link = open_evidence(shelf_page).first.locator(".found-with a")
    asked = parse_address(link.get_attribute("href") or "")
    assert (asked.question, asked.after, asked.drop) == (
        "Why did it sink?",
        ("Who saw the Ferry of Ghent?",),
        ("Ghent",),
    )


def test_every_format_is_saved_with_the_quote(shelf_page: Page) -> None:
    pin(shelf_page)
    open_evidence(shelf_page).first.get_by_label("Note").fill("my note")
    for name in FORMS:
        content = save(shelf_page, f"[data-export={name}]").read_bytes()
        expect(told(shelf_page)).to_have_text("1 passage in the file.")
        if name == "docx":
            paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
            assert {FERRY[0], "Note: my note"} <= set(paragraphs)
        else:
            text = content.decode()
            assert "my note" in text, name
            assert "A second ferry was " in text, name


@SIZES
def test_a_saved_file_can_be_opened_where_nothing_is_kept(shelf_page: Page, size: dict[str, int]) -> None:
    resize(shelf_page, size)
    pin(shelf_page, 1)
    pin(shelf_page, 2)
    open_evidence(shelf_page).first.get_by_label("Note").fill("mine")
    file = save(shelf_page, "[data-export=json]")
    assert [citation.quote for citation in citations_from_json(file.read_text("utf-8"))] == FERRY
    shelf_page.evaluate("localStorage.clear()")
    shelf_page.reload()
    expect_quotes(shelf_page, [])
    shelf_page.locator("[data-import]").set_input_files(file)
    expect_quotes(shelf_page, FERRY)
    expect(told(shelf_page)).to_have_text("Passages added: 2.")
    assert kept(shelf_page)[0]["note"] == "mine"
    shelf_page.locator("[data-import]").set_input_files(file)
    expect(told(shelf_page)).to_have_text("Passages added: 0.")


def test_what_is_no_evidence_file_is_refused_in_words(serve: Serve, unwatched: Page, tmp_path: Path) -> None:
    page = unwatched  # the browser reports every refusal as an error
    page.goto(f"{serve(Shelf([NEWS]))}?view=evidence")
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"format": "other"}')
    page.locator("[data-import]").set_input_files(wrong)
    expect(told(page)).to_contain_text('this is not of the form "quoth.evidence/1"')


def test_words_that_no_longer_stand_are_told_of_and_marked(page: Page, serve: Serve, tmp_path: Path) -> None:
    visit(page, serve(Shelf([NEWS, LOG])))
    page.evaluate("localStorage.clear()")
    ask(page, "Was a second ferry ordered?")
    pin(page, 1)
    pin(page, 2)
    pins = json.dumps(kept(page))
    changed = make_document("news.txt", NEWS.text.replace("sank", "drowned").replace("The ferry", "Then the ferry"))
    write_files(tmp_path, [changed])
    visit(page, serve(Shelf([changed], folder=tmp_path)))
    put(page, pins)
    page.reload()
    open_evidence(page)
    saved = json.loads(save(page, "[data-export=json]").read_text("utf-8"))
    expect(told(page)).to_have_text(
        "2 passages in the file. 1 stands at another place now. 1 could not be confirmed; the file says why."
    )
    assert [(one["standing"], one["citation"]["quote"]) for one in saved["exhibits"]] == [
        ("moved", FERRY[0]),
        ("changed", FERRY[1]),
    ]


def test_damaged_storage_is_set_aside_and_told_of(shelf_page: Page) -> None:
    for damage in ("{broken", '{"not": "a list"}', "[1, null, {}]", '"<img src=x onerror=alert(1)>"'):
        shelf_page.evaluate("localStorage.clear()")
        put(shelf_page, damage)
        shelf_page.reload()
        expect(told(shelf_page)).to_contain_text("It was set aside, not deleted.")
        assert shelf_page.evaluate("localStorage.getItem('quoth.pins.shelf.damaged')") == damage
    pin(shelf_page)
    assert [one["citation"]["quote"] for one in kept(shelf_page)] == FERRY[:1]


def test_full_storage_is_told_of_and_loses_nothing(shelf_page: Page) -> None:
    pin(shelf_page, 1)
    room = "5 * 1024 * 1024 - localStorage.getItem('quoth.pins.shelf').length - 100"
    shelf_page.evaluate(f"localStorage.setItem('other', 'x'.repeat({room}))")
    second = pin(shelf_page, 2)
    expect(told(shelf_page)).to_contain_text("This browser has no more room")
    expect(second).to_have_attribute("aria-pressed", "false")
    assert [one["citation"]["quote"] for one in kept(shelf_page)] == FERRY[:1]
    shelf_page.evaluate("localStorage.clear()")
