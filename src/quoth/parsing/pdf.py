"""PDF: the text of its pages in PDFium's order, and of those that are pictures, as OCR reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quoth.parsing.limits import MAX_CHARACTERS
from quoth.parsing.ocr_run import OcrRun
from quoth.parsing.outcome import TOO_MUCH_TEXT
from quoth.parsing.paging import make_document
from quoth.parsing.pdf_scans import read_scans, refuse_without_text, say_pages, tell_troubles
from quoth.parsing.pdfium import Page, PdfFile, read_pdf
from quoth.records import Parsed


def parse_pdf(path: Path, ocr: OcrRun | None = None) -> Parsed:
    """`ocr`: None for without."""
    file = read_pdf(path)
    ocr = ocr or OcrRun()
    scans = read_scans(path, [page or Page(()) for page in file.pages], ocr)
    refuse_without_text(scans, ocr.settings.remedy)
    pages = _within_limit(scans.pages)
    troubles = [*_troubles(file, pages), *tell_troubles(scans, ocr.settings.remedy)]
    return make_document("pdf", pages, about=file.about, bookmarks=file.bookmarks, trouble="; ".join(troubles))


def _within_limit(pages: Sequence[Page]) -> Sequence[Page]:
    length = 0
    for number, page in enumerate(pages):
        length += sum(len(line.text) + 2 for line in page.lines)
        if length > MAX_CHARACTERS:
            return pages[:number]
    return pages


def _troubles(file: PdfFile, pages: Sequence[Page]) -> Iterator[str]:
    broken = [number for number, page in enumerate(file.pages, 1) if page is None]
    if broken:
        yield f"{say_pages(broken)} damaged and could not be read; get another copy"
    if len(pages) < len(file.pages):
        yield TOO_MUCH_TEXT.format(count=sum(len(line.text) + 1 for page in pages for line in page.lines))
