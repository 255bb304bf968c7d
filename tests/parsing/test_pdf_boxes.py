"""Offsets of a quote to boxes on the page, over PDFs whose every character stands where the test put it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.documents import read_document
from quoth.originals import Originals
from quoth.parsing import ParsingWorker, parse_file
from quoth.parsing.pdf_boxes import SCALE, PlacedLine, boxes_of
from quoth.parsing.pdf_page import place_page
from quoth.records import PageBox, Span

from .pdf_writer import PdfPage, TextLine, lines_of, make_pdf

WIDTH, HEIGHT = 612, 792
COLUMNS = [
    *lines_of("The keeper of the light-\nhouse slept. Nobody saw it\ngo dark on Tuesday at eleven, for", x=72, top=720),
    *lines_of(
        "the street was empty and the\nbells were silent until the\nmorning came over the hills.", x=330, top=720
    ),
]


def boxes(folder: Path, content: bytes, quote: str) -> tuple[PageBox, ...]:
    """Those of `quote` in the text of a file with `content`."""
    (folder / "a.pdf").write_bytes(content)
    document = read_document(folder, "a.pdf", parse_file).document
    start = document.text.index(quote)
    originals = Originals(lambda _: document, lambda: folder, ParsingWorker)
    try:
        return originals.boxes(document.info.id, Span(start, start + len(quote)))
    finally:
        originals.close()


def around(box: PageBox) -> tuple[int, int, int, int]:
    """Left, baseline, right and top in points from the lower left corner, roughly."""
    return (
        round(box.left * WIDTH),
        round((1 - box.bottom) * HEIGHT),
        round(box.right * WIDTH),
        round((1 - box.top) * HEIGHT),
    )


def test_a_word_has_a_box_where_it_was_written(tmp_path: Path) -> None:
    page = PdfPage(lines_of("The keeper slept until noon.\nNobody woke him that day."))
    (box,) = boxes(tmp_path, make_pdf([page]), "keeper slept")
    left, bottom, right, top = around(box)
    assert box.page == 1
    assert 95 <= left <= 97  # "The " in Helvetica of 12 points is 24 wide
    assert 160 <= right <= 163
    assert 714 <= bottom < 720
    assert 728 <= top <= 735


def test_a_quote_across_a_line_end_hyphen_has_a_box_on_each_line(tmp_path: Path) -> None:
    found = boxes(tmp_path, make_pdf([PdfPage(COLUMNS)]), "lighthouse")
    (first, second) = map(around, found)
    assert first[1] > second[1]
    assert second[0] == 72  # "house" begins the next line
    assert first[0] > 160
    assert second[2] < 110


def test_a_quote_across_columns_has_boxes_in_both(tmp_path: Path) -> None:
    found = boxes(tmp_path, make_pdf([PdfPage(COLUMNS)]), "at eleven, for\nthe street")
    (before, after) = map(around, found)
    assert 72 < before[0] < before[2] < 330 == after[0]
    assert after[1] > before[1]


def test_a_quote_across_pages_has_boxes_on_both(tmp_path: Path) -> None:
    pages = [PdfPage(lines_of(f"Page {n} begins with this line\nand it ends with the words {n}")) for n in (1, 2)]
    found = boxes(tmp_path, make_pdf(pages), "the words 1\n\nPage 2 begins")
    assert [box.page for box in found] == [1, 2]
    assert around(found[0])[1] < around(found[1])[1]
    assert around(found[1])[0] == 72


def test_a_hyphen_that_stays_in_the_text_is_in_the_box(tmp_path: Path) -> None:
    lines = lines_of("We met well-\nknown people. A well-known man came\nand left again.")
    with_hyphen = boxes(tmp_path, make_pdf([PdfPage(lines)]), "well-known")
    assert [around(box)[0] > 72 for box in with_hyphen] == [True, False]
    (without,) = boxes(tmp_path, make_pdf([PdfPage(lines)]), "met well")
    assert around(without)[2] < around(with_hyphen[0])[2]


@pytest.mark.parametrize(
    ("turn", "corner"), [(90, (72, 72)), (180, (WIDTH - 72, 72)), (270, (HEIGHT - 72, WIDTH - 72))]
)
def test_boxes_stand_on_the_page_as_it_is_turned(tmp_path: Path, turn: int, corner: tuple[int, int]) -> None:
    page = PdfPage([TextLine("Turned", 72, 72)], extra=f"/Rotate {turn}")
    (box,) = boxes(tmp_path, make_pdf([page]), "Turned")
    wide, high = (HEIGHT, WIDTH) if turn in (90, 270) else (WIDTH, HEIGHT)
    left, top, right, bottom = box.left * wide, box.top * high, box.right * wide, box.bottom * high
    assert left - 6 <= corner[0] <= right + 6
    assert top - 6 <= corner[1] <= bottom + 6
    assert (right - left > bottom - top) is (turn == 180)


def test_boxes_stand_on_the_part_of_the_page_that_is_shown(tmp_path: Path) -> None:
    page = PdfPage(lines_of("Cropped page of a book"), extra="/CropBox [72 396 378 792]")
    (box,) = boxes(tmp_path, make_pdf([page]), "Cropped")
    assert box.left < 0.01
    assert 0.1 < box.right < 0.2
    assert (1 - box.bottom) * 396 + 396 == pytest.approx(717, abs=4)


def test_lines_are_placed_as_they_are_parsed(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf([PdfPage(COLUMNS)]))
    placed = place_page(tmp_path / "a.pdf", 1)
    assert all(len(line.text) == len(line.frames) for line in placed)
    assert [line.hyphen is not None for line in placed] == [True, False, False, False, False, False]
    assert all(0 <= left <= right <= SCALE for line in placed for left, _, right, _ in line.frames)


def line(number: int, text: str, *, is_hyphenated: bool = False) -> PlacedLine:
    """Characters ten wide and ten high."""
    frames = tuple((10 * place, 20 * number, 10 * place + 10, 20 * number + 10) for place in range(len(text)))
    end = 10 * len(text)
    return PlacedLine(text, frames, (end, 20 * number, end + 5, 20 * number + 10) if is_hyphenated else None)


def test_a_word_parted_twice_has_three_boxes() -> None:
    lines = [line(0, "an extra", is_hyphenated=True), line(1, "ordinari", is_hyphenated=True), line(2, "ly")]
    text = "an extraordinari\nly"
    assert boxes_of(lines, text, Span(3, len(text))) == ((30, 0, 85, 10), (0, 20, 85, 30), (0, 40, 20, 50))


def test_a_line_that_is_not_in_the_text_has_no_box_and_takes_none_away() -> None:
    lines = [line(0, "one"), line(1, "something else"), line(2, "two")]
    assert boxes_of(lines, "one\ntwo\n\n", Span(0, 9)) == ((0, 0, 30, 10), (0, 40, 30, 50))


@given(st.lists(st.text(alphabet="ab ", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=5), st.data())
def test_every_stretch_has_a_box_on_each_line_that_it_touches(texts: list[str], data: st.DataObject) -> None:
    text = "\n".join(texts)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    lines = [line(number, of) for number, of in enumerate(texts)]
    found = boxes_of(lines, text, span)
    touched = text[: span.start].count("\n"), span.of(text).split("\n")
    expected = [touched[0] + number for number, part in enumerate(touched[1]) if part.strip()]
    assert [box[1] // 20 for box in found] == expected
