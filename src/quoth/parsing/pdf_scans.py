"""Pages of a PDF that are pictures of text, read by OCR where that is on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from pathlib import Path
from typing import Final

from quoth.parsing.ocr_layout import lay_out
from quoth.parsing.ocr_run import OcrFailedError, OcrRun
from quoth.parsing.outcome import UnreadError
from quoth.parsing.pdf_page import grey_page
from quoth.parsing.pdfium import Page
from quoth.records import State

DPI: Final = 300
"""What tesseract was trained on."""
_UNUSABLE_SHARE: Final = 0.05
"""With more characters than this that stand for nothing, the letters of the file cannot be told from its codes."""


class Missed(Enum):
    """Why the words of a page that is a picture are not in the text."""

    OFF = auto()
    BLANK = auto()
    """OCR found no words."""
    UNSURE = auto()
    """OCR told words, but more of them wrong than right."""
    FAILED = auto()
    LATE = auto()
    """There was no time left."""


@dataclass(frozen=True, slots=True)
class Scans:
    pages: tuple[Page, ...]
    """All of the file, with what OCR read."""
    missed: Mapping[Missed, Sequence[int]]
    """Numbers of pages."""


def read_scans(path: Path, pages: Sequence[Page], ocr: OcrRun) -> Scans:
    """Raises UnreadError when the text layer of the file is unusable and OCR is off."""
    chosen = _choose(pages, ocr)
    missed: dict[Missed, list[int]] = defaultdict(list)
    read: list[Page] = []
    for number, page in enumerate(pages, 1):
        found = _read(path, number, page, ocr) if number in chosen else page
        if isinstance(found, Missed):
            missed[found].append(number)
            found = Page((), page.label) if page.strange else page
        read.append(found)
    return Scans(tuple(read), missed)


def tell_troubles(scans: Scans, remedy: str) -> Iterator[str]:
    """`remedy`: what would turn OCR on."""
    for missed, numbers in sorted(scans.missed.items(), key=lambda entry: entry[1][0]):
        which = say_pages(numbers)
        if missed is Missed.OFF:
            yield f"{which} scanned without text; run OCR over the file, or {remedy}"
        elif missed is Missed.BLANK:
            yield f"{which} scanned, and OCR found no words; look at the file, and get a better scan if there are some"
        elif missed is not Missed.LATE:
            yield f"{which} scanned, and OCR cannot tell the words; get a better scan"
        else:
            yield f"{which} scanned, and OCR ran out of time; raise ocr_time_limit_s in quoth.toml, or split the file"


def refuse_without_text(scans: Scans, remedy: str) -> None:
    """Raises UnreadError for a file without a line of text besides stamps on pages that are pictures."""
    unread = {number for missed, numbers in scans.missed.items() if missed is not Missed.BLANK for number in numbers}
    if any(page.lines and number not in unread for number, page in enumerate(scans.pages, 1)):
        return
    if Missed.OFF in scans.missed:
        raise UnreadError(State.NEEDS_OCR, f"its pages are scanned without text; run OCR over the file, or {remedy}")
    if Missed.LATE in scans.missed:
        raise UnreadError(
            State.TIMED_OUT, "OCR of its first page ran out of time; raise ocr_time_limit_s in quoth.toml, or split it"
        )
    if {Missed.FAILED, Missed.UNSURE} & scans.missed.keys():
        raise UnreadError(State.NEEDS_OCR, "its pages are scanned, and OCR cannot tell their words; get a better scan")
    if Missed.BLANK in scans.missed:
        raise UnreadError(State.EMPTY, "OCR found no words on its pages; get a better scan if they show some")
    if not any(page.lines for page in scans.pages):
        raise UnreadError(State.EMPTY, "none of its pages holds text; if they show some, run OCR over the file")


def say_pages(numbers: Sequence[int]) -> str:
    """As in "pages 1, 3-5 are"."""
    groups = [
        [number for _, number in group] for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    shown = ", ".join(str(group[0]) if len(group) == 1 else f"{group[0]}-{group[-1]}" for group in groups[:20])
    shown += " and more" if len(groups) > 20 else ""
    return f"page {shown} is" if len(numbers) == 1 else f"pages {shown} are"


def _choose(pages: Sequence[Page], ocr: OcrRun) -> set[int]:
    """Numbers of the pages that OCR is for; those of a file without any text may show some all the same."""
    length = sum(len(line.text) for page in pages for line in page.lines)
    chosen = {number for number, page in enumerate(pages, 1) if page.is_scan}
    if length and sum(page.strange for page in pages) > _UNUSABLE_SHARE * length:
        if not ocr.is_on:
            raise UnreadError(
                State.NEEDS_OCR,
                "its text layer is unusable: the letters cannot be told; run OCR over the file, or "
                f"{ocr.settings.remedy}",
            )
        chosen |= {number for number, page in enumerate(pages, 1) if page.strange}
    if not length and ocr.is_on:
        chosen = set(range(1, len(pages) + 1))
    return chosen


def _read(path: Path, number: int, page: Page, ocr: OcrRun) -> Page | Missed:
    if not ocr.is_on:
        return Missed.OFF
    if not ocr.has_time:
        return Missed.LATE
    try:
        picture, dpi = grey_page(path, number, DPI)
        found = ocr.read(picture, dpi)
    except TimeoutError:
        return Missed.LATE
    except (OcrFailedError, UnreadError):
        return Missed.FAILED
    if not found or not found[0].words:
        return Missed.BLANK
    return lay_out(found[0], dpi, page.label) if found[0].is_sure else Missed.UNSURE
