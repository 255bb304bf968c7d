"""Turning OCR on and off, and what is read again then."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.parsing.pdf_writer import PdfPage, lines_of, make_pdf
from tests.parsing.tesseract_writer import Tesseract, rows_of, tsv, without_tesseract

from quoth.library import Library
from quoth.records import State
from quoth.settings import Settings
from quoth.testing import HashEmbedder

WORDS = "Forty ships waited outside the harbour."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(make_pdf([PdfPage(has_image=True)]))
    (folder / "text.pdf").write_bytes(make_pdf([PdfPage(lines_of("Roses need pruning in the winter, every year."))]))
    (folder / "note.txt").write_text("Cut above an outer bud.")
    return folder


def open_library(tmp_path: Path, **options: object) -> Library:
    return Library(tmp_path / "embeddings", Settings(**options), HashEmbedder(256))  # type: ignore[arg-type]  # by name


def test_a_scan_is_read_once_ocr_is_on_and_cited_with_its_confidence(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_library(tmp_path) as library:
        assert [(file.source, file.state) for file in library.build(folder).skipped] == [("scan.pdf", State.NEEDS_OCR)]
        with monkeypatch.context() as bare:
            without_tesseract(tmp_path, bare)
            assert library.status().ocr == "off; install tesseract and set ocr = true in quoth.toml"
    tesseract = Tesseract(tmp_path, monkeypatch, [tsv(rows_of(WORDS))])
    with open_library(tmp_path) as library:
        assert library.status().ocr == "off; tesseract is installed: set ocr = true in quoth.toml"
    with open_library(tmp_path, ocr=True) as library:
        assert library.status().stale == ("scan.pdf", "text.pdf")
        assert library.status().ocr == "tesseract 5.3.0 (eng)"
        report = library.build(folder)
        assert (report.changed, report.unchanged, report.embedded, report.skipped) == (
            ("scan.pdf", "text.pdf"),
            1,
            1,
            (),
        )
        citation = library.ask("How many ships waited?").hits[0].citation
        assert (citation.quote, citation.label) == (
            WORDS,
            "scan.pdf, p. 1, line 1, OCR, 93 %",
        )
        assert library.build(folder).unchanged == 3
        assert library.verify(citation).result == "exact"
    assert len(tesseract.arguments) == 1


def test_a_scan_is_tried_again_once_tesseract_is_installed(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_library(tmp_path, ocr=True) as library:
        with monkeypatch.context() as bare:
            without_tesseract(tmp_path, bare)
            (skipped,) = library.build(folder).skipped
            assert skipped.reason.endswith("run OCR over the file, or install tesseract")
            assert library.build(folder).unchanged == 3
        Tesseract(tmp_path, monkeypatch, [tsv(rows_of(WORDS))])
        assert library.build(folder).skipped == ()


def test_without_the_setting_tesseract_is_never_started(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract = Tesseract(tmp_path, monkeypatch, [tsv(rows_of(WORDS))])
    with open_library(tmp_path) as library:
        assert [file.source for file in library.build(folder).skipped] == ["scan.pdf"]
        (folder / "scan.pdf").unlink()
        library.build(folder)
        assert library.status().ocr == ""
    assert tesseract.arguments == []


def test_a_scan_that_is_read_by_another_language_is_another_document(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Tesseract(tmp_path, monkeypatch, [tsv(rows_of("Gescháftsstelle.")), tsv(rows_of("Geschäftsstelle."))])
    found = {}
    for language in ("eng", "deu"):
        with open_library(tmp_path, ocr=True, ocr_languages=[language]) as library:
            library.build(folder)
            (scan,) = (info for info in library.documents() if info.source == "scan.pdf")
            found[scan.id] = library.document(scan.id).text
    assert list(found.values()) == ["Gescháftsstelle.", "Geschäftsstelle."]
