"""A picture of text (PNG, JPEG, TIFF): its words are read by OCR, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from quoth.parsing.ocr_layout import lay_out
from quoth.parsing.ocr_run import OcrFailedError, OcrRun
from quoth.parsing.outcome import UnreadError
from quoth.parsing.paging import make_document
from quoth.parsing.pdf_scans import DPI, say_pages
from quoth.parsing.pdfium import Page
from quoth.records import Parsed, State

_MAGIC: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"II*\0": "tif", b"MM\0*": "tif"}
"""How files begin (ISO/IEC 15948, 5.2; ISO/IEC 10918-1, B.1; TIFF 6.0, 2)."""


def parse_picture(path: Path, ocr: OcrRun) -> Parsed:
    """A TIFF may hold many pages. Only what is known to be a picture goes to tesseract, which would read a text as a
    list of files.
    """
    kind = _kind_of(path)
    if not ocr.is_on:
        raise UnreadError(State.NEEDS_OCR, f"it is a picture; run OCR over the file, or {ocr.settings.remedy}")
    try:
        found = ocr.read(path.read_bytes())
    except TimeoutError as error:
        raise UnreadError(
            State.TIMED_OUT, "OCR ran out of time; raise ocr_time_limit_s in quoth.toml, or split the file"
        ) from error
    except OcrFailedError as error:
        raise UnreadError(State.DAMAGED, "OCR failed: the picture is damaged or too large; get another copy") from error
    if not any(page.words for page in found):
        raise UnreadError(State.EMPTY, "OCR found no words; get a better copy if it shows some")
    unsure = [page.number for page in found if page.words and not page.is_sure]
    pages = [lay_out(page, DPI) if page.words and page.is_sure else Page(()) for page in found]
    trouble = f"OCR cannot tell the words: {say_pages(unsure)} not in the index; get a better scan" if unsure else ""
    if not any(page.lines for page in pages):
        raise UnreadError(State.NEEDS_OCR, "OCR cannot tell its words; get a better scan")
    return make_document(kind, pages, trouble=trouble)


def _kind_of(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(8)
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    raise UnreadError(State.DAMAGED, "the file is not a picture although its name says so; get another copy")
