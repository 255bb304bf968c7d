from __future__ import annotations

from typing import Literal

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from tests.browser.looks import resize, scrolls_sideways
from tests.browser.pinning import open_evidence, pin
from tests.browser.reader import ask, open_source, text_of, visit

PAPER = {"width": 665, "height": 900}
"""CSS pixels between the margins of a letter sheet, which is wider than A4."""


@pytest.fixture
def answered(page: Page, url: str) -> Page:
    """Two questions asked, and a source open beside the second."""
    visit(page, url)
    ask(page, "lighthouse dark")
    ask(page, "harbour")
    open_source(page)
    return page


def printed(page: Page) -> str:
    """The text of the pages that come out of the printer, without line ends."""
    with pypdfium2.PdfDocument(page.pdf()) as pages:
        texts = [sheet.get_textpage().get_text_bounded() for sheet in pages]
    return " ".join(" ".join(texts).split())


def test_questions_and_quotes_are_printed_with_their_citations(answered: Page) -> None:
    paper = printed(answered)
    assert "lighthouse dark" in paper
    assert "The lighthouse went dark on Tuesday at eleven." in paper
    assert "A letter to Ottilie, line 3" in paper
    assert "letters/ottilie.txt" in paper
    assert "The harbour was rebuilt in stone." in paper
    assert "The new harbour, p. 1" in paper


def test_controls_are_not_printed(answered: Page) -> None:
    paper = printed(answered)
    for control in ("Why this passage", "Ask your documents", "New topic", "Close", "must appear"):
        assert control not in paper
    answered.emulate_media(media="print")
    for part in ("#asking", "#source", ".why", "button"):
        expect(answered.locator(f"#quoth :is({part}):visible, {part}:visible")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_printed_black_on_white(answered: Page, scheme: Literal["light", "dark"]) -> None:
    answered.emulate_media(media="screen", color_scheme=scheme)
    answered.reload()
    answered.locator(".quote").wait_for()
    answered.emulate_media(media="print", color_scheme=scheme)
    colours = answered.evaluate(
        """() => ['.quote', '.question', '.citation a', '.citation .path'].map(
            (one) => getComputedStyle(document.querySelector(`#quoth ${one}`)).color)"""
    )
    assert colours == ["rgb(0, 0, 0)"] * 4
    papers = answered.evaluate(
        "() => ['html', 'body', '.passage'].map(one => getComputedStyle(document.querySelector(one)).backgroundColor)"
    )
    assert set(papers) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_every_cell_of_a_wide_table_is_printed(page: Page, url: str) -> None:
    asked = "".join(f"&and=ferry+crossed+{word}" for word in ("entry", "passengers", "harbour", "stone", "bells"))
    page.goto(f"{url}/?view=table&q=lighthouse+dark{asked}")
    page.locator(".table table").wait_for()
    page.emulate_media(media="print")
    resize(page, PAPER)
    cut_off = """all => all.filter(
        one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1).length"""
    assert page.locator(".sheet-of-answers, .sheet-of-answers :is(th, td)").evaluate_all(cut_off) == 0
    assert not scrolls_sideways(page)
    for cell in page.locator("tbody td").all():
        box = cell.bounding_box()
        assert box
        assert box["width"] > 150
    expect(page.locator(".view .download")).to_be_hidden()


def test_notes_are_printed_whole_and_nothing_to_click_is(page: Page, url: str) -> None:
    visit(page, url)
    ask(page, "harbour bells")
    pin(page, 1)
    pin(page, 2)
    items = open_evidence(page)
    note = "\n".join(f"Row {number} of a note." for number in range(40))
    items.first.get_by_label("Note").fill(note)
    page.emulate_media(media="print")
    printed_note = items.first.locator(".noted")
    expect(printed_note).to_be_visible()
    assert text_of(printed_note) == note
    assert page.evaluate("element => element.scrollHeight <= element.clientHeight", printed_note.element_handle())
    expect(items.nth(1).get_by_text("Note", exact=True)).to_be_hidden()
    hidden = ".saving, .marks, textarea, button, .evidence h2 + p"
    expect(page.locator(f".evidence :is({hidden}):visible")).to_have_count(0)
    page.reload()
    assert text_of(printed_note) == note
