from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from quoth.parsing.pdf_layout import _NO_HEADING
from quoth.parsing.pdf_text import _LAST_WORD
from quoth.records import Parsed, State

from .checks import parse_bytes, shown, uncovered
from .pdf_writer import PdfPage, TextLine, lines_of, make_pdf

ADVICE = "run OCR over the file, or install tesseract and set ocr = true in quoth.toml"
FULL = "The committee found that the minister had known about the report"


def read(folder: Path, *pages: PdfPage) -> Parsed:
    return parse_bytes(folder, "a.pdf", make_pdf(pages))


def test_lines_stay_lines_and_accents_and_quotes_are_right(tmp_path: Path) -> None:
    parsed = read(tmp_path, PdfPage(lines_of("Café “déjà vu” £5\nsecond line")))
    assert parsed.text == "Café “déjà vu” £5\nsecond line"
    assert uncovered(parsed) == ""


def test_a_word_parted_at_the_end_of_a_line_is_written_whole(tmp_path: Path) -> None:
    text = "for three weeks or more before it was finally pub-\nlished in the open. It was a well-\nknown fact to all"
    parsed = read(tmp_path, PdfPage(lines_of(text)))
    assert parsed.text.split("\n") == [
        "for three weeks or more before it was finally published",
        "in the open. It was a wellknown",
        "fact to all",
    ]


def test_a_hyphen_stays_where_the_document_has_it_elsewhere(tmp_path: Path) -> None:
    text = "it was a fact that was, to say the least, well-\nknown to them, and a well-known fact is known"
    assert "least, well-known\nto them" in read(tmp_path, PdfPage(lines_of(text))).text


def test_paragraphs_are_told_by_gap_indent_and_short_line(tmp_path: Path) -> None:
    text = f"{FULL}\nand {FULL}.\n\n{FULL} again\nand ends short.\n{FULL} thirdly."
    indented = [TextLine(f"{FULL} at last.", 90, 636), TextLine("It goes on here.", 72, 622)]
    parsed = read(tmp_path, PdfPage([*lines_of(text), *indented]))
    assert [block.replace("\n", " ") for _, block in shown(parsed)] == [
        f"{FULL} and {FULL}.",
        f"{FULL} again and ends short.",
        f"{FULL} thirdly.",
        f"{FULL} at last. It goes on here.",
    ]


def test_a_paragraph_goes_on_across_columns_and_pages_past_heads_and_numbers(tmp_path: Path) -> None:
    pages = []
    for number, word in enumerate(("first", "other", "final"), 1):
        left = f"{word} left column starts\nand goes on, {word} second,\nand then, {word} third"
        right = f"{word} right column starts\nand goes on, {word} second,\nand then, {word} third"
        edges = [TextLine(f"Annual Report, page {number}", 72, 760, 9), TextLine(str(number), 300, 30, 9)]
        pages.append(PdfPage([edges[0], *lines_of(left), *lines_of(right, x=320), edges[1]]))
    parsed = read(tmp_path, *pages)
    assert len(parsed.blocks) == 1
    assert [span.of(parsed.text) for span in parsed.furniture] == [
        text for number in (1, 2, 3) for text in (f"Annual Report, page {number}", str(number))
    ]
    assert "and then, first third\n1\n\nAnnual Report, page 2\nother left" in parsed.blocks[0].span.of(parsed.text)


def test_a_short_document_of_like_pages_keeps_its_words(tmp_path: Path) -> None:
    parsed = read(tmp_path, *(PdfPage([TextLine(f"Certificate {number}")]) for number in (1, 2, 3)))
    assert parsed.furniture == ()
    assert "Certificate 2" in parsed.text


def test_headings_are_told_by_size_and_weight(tmp_path: Path) -> None:
    lines = [
        TextLine("The Title", 72, 740, 24),
        TextLine("A Chapter", 72, 700, 16, is_bold=True),
        TextLine(f"{FULL}.", 72, 680),
        TextLine("In bold", 72, 650, 12, is_bold=True),
        TextLine(f"{FULL}, it said.", 72, 636),
        TextLine("Contents . . . . . . . 12", 72, 600, 16),
    ]
    parsed = read(tmp_path, PdfPage(lines))
    assert [kind for kind, _ in shown(parsed)] == ["h1", "h2", "paragraph", "h3", "paragraph", "paragraph"]
    assert parsed.title == "The Title"


def test_list_items_are_blocks(tmp_path: Path) -> None:
    text = "• first item of the list\n• second item\n(a) third item\n4. fourth item"
    assert [kind for kind, _ in shown(read(tmp_path, PdfPage(lines_of(text))))] == ["list"] * 4


def test_pages_carry_number_and_label_and_bookmarks_their_line(tmp_path: Path) -> None:
    pages = [PdfPage(lines_of("Preface\nwords")), PdfPage(), PdfPage(lines_of("before\nChapter One\nwords"))]
    labels = "0 << /S /r >> 2 << /S /D >>"
    content = make_pdf(pages, labels=labels, bookmarks=[("Preface", 0), ("Chapter One", 2), ("Elsewhere", 2)])
    parsed = parse_bytes(tmp_path, "a.pdf", content)
    assert [(run.start, run.locator.page, run.locator.page_label) for run in parsed.runs] == [(0, 1, "i"), (15, 3, "1")]
    assert [(heading.title, heading.start) for heading in parsed.outline] == [
        ("Preface", 0), ("Elsewhere", 15), ("Chapter One", parsed.text.index("Chapter One")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("metadata", "title"),
    [("Real Title", "Real Title"), ("report_final2.docx", None), ("Microsoft Word - x", None), ("", None)],
)
def test_a_title_that_is_a_file_name_is_none(tmp_path: Path, metadata: str, title: str | None) -> None:
    content = make_pdf([PdfPage(lines_of("words only."))], title=metadata)
    assert parse_bytes(tmp_path, "a.pdf", content).title == title


def test_text_outside_the_crop_box_is_not_read(tmp_path: Path) -> None:
    lines = [TextLine("on the left", 72), TextLine("on the right", 400)]
    assert read(tmp_path, PdfPage(lines, "/CropBox [0 0 306 792]")).text == "on the left"


def test_a_turned_page_has_its_paragraphs(tmp_path: Path) -> None:
    lines = [TextLine(f"{FULL} {number}", x, 72, is_upright=True) for number, x in enumerate((100, 114, 128, 180, 194))]
    parsed = read(tmp_path, PdfPage(lines, "/Rotate 90"))
    assert [text.count("\n") + 1 for _, text in shown(parsed)] == [3, 2]


def test_the_arabic_ligature_of_lam_and_alef_is_in_reading_order(tmp_path: Path) -> None:
    codes = {"A": "\u0644\u0627", "B": "\u0633", "C": "\u0645"}
    content = make_pdf([PdfPage([TextLine("CAB")])], codes=codes)
    assert parse_bytes(tmp_path, "a.pdf", content).text == "\u0633\u0644\u0627\u0645"


def test_scanned_pages_need_ocr(tmp_path: Path) -> None:
    scan = PdfPage([TextLine("stamp")], has_image=True)
    parsed = read(tmp_path, scan, scan)
    assert (parsed.state, parsed.text) == (State.NEEDS_OCR, "")
    assert parsed.reason == f"its pages are scanned without text; {ADVICE}"


def test_a_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    scan, page = PdfPage(has_image=True), PdfPage(lines_of(FULL))
    parsed = read(tmp_path, scan, page, scan, scan, page)
    assert parsed.state is State.PARTLY_READ
    assert parsed.reason == f"pages 1, 3-4 are scanned without text; {ADVICE}"


def test_letters_without_meaning_need_ocr(tmp_path: Path) -> None:
    content = make_pdf([PdfPage(lines_of("abcabc" * 10))], codes={"a": "\ue001", "b": "\ue002"})
    parsed = parse_bytes(tmp_path, "a.pdf", content)
    assert parsed.state is State.NEEDS_OCR
    assert "text layer is unusable" in parsed.reason


def test_pages_without_anything_are_empty(tmp_path: Path) -> None:
    assert read(tmp_path, PdfPage(), PdfPage()).state is State.EMPTY


def test_a_file_that_needs_a_password_says_so(tmp_path: Path) -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'11' * 32}> /P -4 >> /ID [<00> <00>] /Info"
    content = make_pdf([PdfPage(lines_of("secret"))]).replace(b"/Info", lock.encode())
    parsed = parse_bytes(tmp_path, "a.pdf", content)
    assert (parsed.state, parsed.reason) == (State.ENCRYPTED, "the file needs a password; save a copy without one")


def test_half_a_file_is_damaged(tmp_path: Path) -> None:
    content = make_pdf([PdfPage(lines_of(FULL))])
    assert parse_bytes(tmp_path, "a.pdf", content[:60]).state is State.DAMAGED


@pytest.mark.parametrize("position", range(0, 1300, 65))
def test_a_flipped_byte_ends_in_a_state(tmp_path: Path, position: int) -> None:
    content = bytearray(make_pdf([PdfPage(lines_of(FULL))], bookmarks=[("x", 0)]))
    content[position] ^= 0xFF
    parse_bytes(tmp_path, "a.pdf", bytes(content))


def test_titles_of_a_few_thousand_characters_are_shortened(tmp_path: Path) -> None:
    words = "long title " * 300
    content = make_pdf([PdfPage(lines_of("x"))], title=words, bookmarks=[(words, 0)])
    parsed = parse_bytes(tmp_path, "a.pdf", content)
    (heading,) = parsed.outline
    assert heading.title == parsed.title == "long title " * 26 + "long title…"


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (_NO_HEADING, "." * 200 + "x"),  # longer lines are no headings anyway
        (_NO_HEADING, ". " * 100 + "x"),
        (_LAST_WORD, "a" * 50_000 + "."),
        (_LAST_WORD, "a-" * 25_000 + "."),
    ],
)
def test_endless_words_and_rows_of_dots_take_no_longer_than_others(pattern: re.Pattern[str], line: str) -> None:
    started = time.process_time()
    assert not pattern.search(line)
    assert time.process_time() - started < 1


def test_a_row_of_contents_is_no_heading_and_a_compound_is_found_whole() -> None:
    assert _NO_HEADING.search("Contents . . . . 12")
    assert _NO_HEADING.search("Contents...12")
    assert not _NO_HEADING.search("Contents .. 12")
    for line, last in (("see state-of-the", "state-of-the"), ("a 'quoted", "quoted"), ("a--b", "b"), ("a.", None)):
        found = _LAST_WORD.search(line)
        assert (found and found.group()) == last
