from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import PICTURES, Ocr, ParsingWorker, find_ocr, parse_file
from quoth.parsing.ocr_layout import read_tsv
from quoth.parsing.ocr_run import OcrRun
from quoth.records import Parsed, Span, State

from .checks import assert_sound, parse_bytes, shown, uncovered
from .pdf_writer import PdfPage, lines_of, make_pdf
from .tesseract_writer import Row, Tesseract, rows_of, tsv, without_tesseract

FULL = "The committee found that the minister had known about the report"
SCAN = PdfPage(has_image=True)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50


def ocr_of(*languages: str, time_limit_s: float = 60.0) -> Ocr:
    return find_ocr(languages or ("eng",), time_limit_s)


def read(folder: Path, name: str, content: bytes, ocr: Ocr) -> Parsed:
    path = folder / name
    path.write_bytes(content)
    parsed = parse_file(path, name, OcrRun(ocr))
    assert_sound(parsed)
    return parsed


def read_pdf(folder: Path, pages: Sequence[PdfPage], ocr: Ocr | None = None) -> Parsed:
    return read(folder, "a.pdf", make_pdf(pages), ocr or ocr_of())


def test_pages_without_a_text_layer_are_read_among_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract = Tesseract(tmp_path, monkeypatch, [tsv(rows_of("Words of the first scan.", 90.5))])
    parsed = read_pdf(tmp_path, [PdfPage(lines_of(FULL)), SCAN])
    assert (parsed.state, parsed.text) == (State.READ, f"{FULL}\n\nWords of the first scan.")
    assert [(run.locator.page, run.locator.ocr_confidence) for run in parsed.runs] == [(1, None), (2, 90)]
    assert tesseract.arguments == ["stdin stdout --psm 1 --dpi 300 -l eng tsv"]
    assert tesseract.picture(1).startswith(b"P5 25")  # 8.5 inches wide


def test_a_citation_says_how_sure_ocr_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Tesseract(tmp_path, monkeypatch, [tsv(rows_of("One line.\nAnother line."))])
    (tmp_path / "a.pdf").write_bytes(make_pdf([SCAN]))
    ocr = ocr_of()
    reading = read_document(tmp_path, "a.pdf", lambda path, source: parse_file(path, source, OcrRun(ocr)))
    start = reading.document.text.index("Another")
    citation = cite(reading.document, Span(start, start + 7))
    assert (citation.page, citation.first_line, citation.ocr_confidence) == (1, 2, 93)
    assert citation.label.endswith("p. 1, line 2, OCR, 93 %")


def test_lines_paragraphs_headings_and_parted_words_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rows_of(
        f"{FULL} or had read\nabout it for three weeks or more before it was finally pub-\nlished in the open."
    )
    second = [Row(f"{FULL} for a second time.", 2)]
    Tesseract(tmp_path, monkeypatch, [tsv([Row("The Title", 0, height=80), *first, *second])])
    parsed = read_pdf(tmp_path, [SCAN])
    assert shown(parsed) == [
        ("h1", "The Title"),
        (
            "paragraph",
            f"{FULL} or had read\nabout it for three weeks or more before it was finally published\nin the open.",
        ),
        ("paragraph", f"{FULL} for a second time."),
    ]
    assert uncovered(parsed) == ""


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lies_on_its_side_has_the_same_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turned: int
) -> None:
    rows = rows_of(f"{FULL} and\nthat {FULL.lower()}\nat last.\n\n{FULL} again\nand that at last.")
    Tesseract(tmp_path, monkeypatch, [tsv(rows), tsv(rows, turned=turned)])
    upright, lying = (read_pdf(tmp_path, [SCAN]) for _ in range(2))
    assert len(upright.blocks) == 2
    assert (lying.text, lying.blocks) == (upright.text, upright.blocks)


def test_what_tesseract_does_not_take_for_words_is_left_out() -> None:
    noise = tsv([Row("Word", confidence=96.0), Row(" ", confidence=95.0), Row("~~", confidence=-1)])
    (page,) = read_tsv(noise + "5\t1\tbroken\n" + "no table at all\n")
    assert [(word.text, word.confidence) for word in page.words] == [("Word", 96.0)]


def test_letters_without_meaning_are_read_from_the_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Tesseract(tmp_path, monkeypatch, [tsv(rows_of("What people see."))])
    content = make_pdf([PdfPage(lines_of("abcabc" * 10))], codes={"a": "\ue001", "b": "\ue002"})
    parsed = read(tmp_path, "a.pdf", content, ocr_of())
    assert (parsed.state, parsed.text) == (State.READ, "What people see.")


def test_pages_that_ocr_cannot_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Tesseract(tmp_path, monkeypatch, [tsv(rows_of("Good.")), None, tsv([]), tsv(rows_of("‘udesiBesed", 30))])
    parsed = read_pdf(tmp_path, [SCAN] * 4)
    assert (parsed.state, parsed.text.strip()) == (State.PARTLY_READ, "Good.")
    assert parsed.reason == (
        "page 2 is scanned, and OCR cannot tell the words; get a better scan; "
        "page 3 is scanned, and OCR found no words; look at the file, and get a better scan if there are some; "
        "page 4 is scanned, and OCR cannot tell the words; get a better scan"
    )


@pytest.mark.parametrize(
    ("printed", "state"), [(None, State.NEEDS_OCR), (tsv(rows_of("~", 20)), State.NEEDS_OCR), (tsv([]), State.EMPTY)]
)
def test_a_file_without_a_word_is_never_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str | None, state: State
) -> None:
    Tesseract(tmp_path, monkeypatch, [printed] * 2)
    assert read_pdf(tmp_path, [SCAN]).state is state
    picture = read(tmp_path, "a.png", PNG, ocr_of())
    assert picture.state is (State.DAMAGED if printed is None else state)


def test_pages_for_which_no_time_is_left_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract = Tesseract(tmp_path, monkeypatch, [], sleep_s=30)
    started = time.monotonic()
    parsed = read_pdf(tmp_path, [PdfPage(lines_of(FULL)), SCAN, SCAN, SCAN], ocr_of(time_limit_s=0.5))
    assert time.monotonic() - started < 15
    assert (parsed.state, parsed.text.strip()) == (State.PARTLY_READ, FULL)
    assert parsed.reason == (
        "pages 2-4 are scanned, and OCR ran out of time; raise ocr_time_limit_s in quoth.toml, or split the file"
    )
    assert len(tesseract.arguments) == 1
    assert not psutil.pid_exists(tesseract.pid)


@pytest.mark.parametrize(
    ("languages", "remedy"),
    [
        (("eng", "deu"), ""),
        (("eng", "fra", "ara"), "install the language packs of tesseract that ocr_languages names: fra, ara"),
    ],
)
def test_language_packs_that_are_not_there_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: tuple[str, ...], remedy: str
) -> None:
    tesseract = Tesseract(tmp_path, monkeypatch, [tsv(rows_of("Wörter."))])
    parsed = read_pdf(tmp_path, [SCAN], ocr_of(*languages))
    assert parsed.reason == (remedy and f"its pages are scanned without text; run OCR over the file, or {remedy}")
    assert tesseract.arguments == ([] if remedy else ["stdin stdout --psm 1 --dpi 300 -l eng+deu tsv"])


def test_what_turns_ocr_on_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_tesseract(tmp_path, monkeypatch)
    off, missing = "install tesseract and set ocr = true in quoth.toml", "install tesseract"
    for name, content, what in (
        ("a.pdf", make_pdf([SCAN]), "its pages are scanned without text"),
        ("a.png", PNG, "it is a picture"),
    ):
        assert parse_bytes(tmp_path, name, content).reason == f"{what}; run OCR over the file, or {off}"
        assert read(tmp_path, name, content, ocr_of()).reason == f"{what}; run OCR over the file, or {missing}"
        assert read(tmp_path, name, content, ocr_of()).state is State.NEEDS_OCR


def test_a_program_that_does_not_work_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    without_tesseract(tmp_path, monkeypatch)
    assert ocr_of().remedy == f"install tesseract anew: {program} does not work"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", PNG, "png"),
        ("a.JPEG", b"\xff\xd8\xff\xe0" + b"\0" * 50, "jpg"),
        ("a.tif", b"II*\0" + b"\0" * 50, "tif"),
        ("wrong.tiff", PNG, "png"),
    ],
)
def test_a_picture_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, kind: str
) -> None:
    tesseract = Tesseract(tmp_path, monkeypatch, [tsv(rows_of("A letter,\nof two lines.", 88))])
    parsed = read(tmp_path, name, content, ocr_of())
    assert (parsed.kind, parsed.state, parsed.text) == (kind, State.READ, "A letter,\nof two lines.")
    assert parsed.runs[0].locator.ocr_confidence == 88
    assert tesseract.picture(1) == content[:12]
    assert tesseract.arguments == ["stdin stdout --psm 1 -l eng tsv"]


def test_a_tiff_of_many_pages_has_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Tesseract(tmp_path, monkeypatch, [tsv(rows_of("First."), rows_of("~", 10), rows_of("Third.", 70))])
    parsed = read(tmp_path, "fax.tif", b"MM\0*" + b"\0" * 50, ocr_of())
    assert [(run.locator.page, run.locator.ocr_confidence) for run in parsed.runs] == [(1, 93), (3, 70)]
    assert parsed.state is State.PARTLY_READ
    assert parsed.reason == "OCR cannot tell the words: page 2 is not in the index; get a better scan"


@pytest.mark.parametrize("suffix", PICTURES)
def test_what_is_no_picture_is_never_given_to_tesseract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    tesseract = Tesseract(tmp_path, monkeypatch, [tsv(rows_of("Words of another file."))])
    parsed = read(tmp_path, f"a.{suffix}", b"/etc/hostname\n", ocr_of())
    assert (parsed.state, parsed.text) == (State.DAMAGED, "")
    assert tesseract.arguments == []


def test_ocr_may_take_longer_than_the_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Tesseract(tmp_path, monkeypatch, [], sleep_s=3)
    (tmp_path / "a.pdf").write_bytes(make_pdf([PdfPage(lines_of(FULL)), SCAN]))
    with ParsingWorker(time_limit_s=1.5, ocr=ocr_of()) as worker:
        parsed = worker.parse(tmp_path / "a.pdf", "a.pdf")
    assert (parsed.state, parsed.text.strip()) == (State.PARTLY_READ, FULL)
    assert "OCR found no words" in parsed.reason  # it slept, and then printed nothing


def test_tesseract_is_gone_with_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract = Tesseract(tmp_path, monkeypatch, [], sleep_s=60)
    (tmp_path / "a.png").write_bytes(PNG)
    with ParsingWorker(time_limit_s=0.5, ocr=replace(ocr_of(), time_limit_s=0.2)) as worker:
        parsed = worker.parse(tmp_path / "a.png", "a.png")  # tesseract is given a second at least
    assert parsed.state is State.TIMED_OUT
    assert not psutil.pid_exists(tesseract.pid)
