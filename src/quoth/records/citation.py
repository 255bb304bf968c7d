"""Where a quote stands, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

Say = Callable[..., str]
"""Pattern and its values to text, as `str.format`; the page has one that translates."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands and how to check it. Written to JSON in this field order; see docs/reference."""

    title: str
    source: str
    """Path inside the folder of documents."""
    quote: str
    start: int
    end: int
    file_sha256: str
    quote_sha256: str
    prefix: str = ""
    """Up to 32 characters before the quote, to find a moved one (W3C Web Annotation, TextQuoteSelector)."""
    suffix: str = ""
    section: tuple[str, ...] = ()
    page: int | None = None
    page_label: str | None = None
    last_page: int | None = None
    first_line: int | None = None
    """Lines of the file for txt and md, of the page for pdf, else None."""
    last_line: int | None = None
    paragraph: int | None = None
    anchor: str | None = None
    unit: str | None = None
    """What the format counts: see `records.Unit`."""
    number: int | None = None
    last_number: int | None = None
    begin: str | None = None
    """First cell or time of the unit that the quote begins in."""
    until: str | None = None
    """Last cell or time of the unit that it ends in."""
    ocr_confidence: int | None = None
    """Percent, the lowest where the quote crosses pages; None for text that was not read from a picture."""
    author: str = ""
    date: str = ""
    """ISO 8601, of the document."""
    last_page_label: str | None = None

    @property
    def printed_pages(self) -> tuple[str, str]:
        """First and last page as printed where the file tells it, else as counted. Of a quote on pages."""
        first, last = str(self.page), str(self.last_page or self.page)
        if last != first and None in (self.page_label, self.last_page_label):
            return first, last
        return self.page_label or first, self.last_page_label or self.page_label or last

    @property
    def where(self) -> str:
        """For people: "lines 56-58", "p. xii", "Results › Costs, paragraph 12", "slide 3", "rows 4-6 (A4:D6)"."""
        return place_of(self)

    @property
    def label(self) -> str:
        """One line for people: the title, cut at a word, and where."""
        return label_of(self)


def label_of(citation: Citation, say: Say = str.format) -> str:
    """`Citation.label`, said by `say`."""
    first = citation.section[0] if citation.section else ""
    if citation.unit == "message" and first.startswith(citation.title):  # the subject, with sender and day
        return place_of(citation, say)
    below = replace(citation, section=citation.section[1:]) if _is_same(first, citation.title) else citation
    return ", ".join(part for part in (shorten(citation.title, 60), place_of(below, say)) if part)


def _is_same(one: str, other: str) -> bool:
    """As a reader sees them."""
    return one.casefold().split() == other.casefold().split()


def place_of(citation: Citation, say: Say = str.format) -> str:
    """`Citation.where`, said by `say`."""
    parts = []
    if citation.page is not None:
        parts.append(_pages(citation, say))
    elif (citation.first_line is None or citation.unit is not None) and citation.section:
        parts.append(" › ".join(citation.section))
    if citation.unit in UNIT_NAMES:
        parts.append(_units(citation, say))
    if citation.first_line is not None and not _crosses(citation):
        parts.append(_lines(citation, say))
    if citation.paragraph is not None and citation.unit is None:
        parts.append(say("paragraph {number}", number=str(citation.paragraph)))
    if citation.ocr_confidence is not None:
        parts.append(say("OCR, {percent} %", percent=str(citation.ocr_confidence)))
    return ", ".join(part for part in parts if part)


def _crosses(citation: Citation) -> bool:
    """Whether the quote ends on another page or in another unit, where lines are counted anew."""
    same_page = citation.last_page in (None, citation.page)
    return not same_page or (citation.unit != "row" and citation.last_number not in (None, citation.number))


UNIT_NAMES: Final = {
    "slide": ("slide {number}", "slides {first}-{last}"),
    "notes": ("notes of slide {number}", "notes of slides {first}-{last}"),
    "row": ("row {number}", "rows {first}-{last}"),
    "code_cell": ("code cell {number}", "cells {first}-{last}"),
    "markdown_cell": ("text cell {number}", "cells {first}-{last}"),
    "raw_cell": ("raw cell {number}", "cells {first}-{last}"),
    "output": ("output of cell {number}", "outputs of cells {first}-{last}"),
    "cue": ("subtitle {number}", "subtitles {first}-{last}"),
    "message": ("message {number}", "messages {first}-{last}"),
}
"""Of each unit: one, and several."""


def _units(citation: Citation, say: Say) -> str:
    """As in "rows 4-6 (A4:D6)" or "subtitle 14 (00:01:02.500-00:01:07.000)"; "" for a file's only message."""
    if citation.number is None:
        return ""
    one, several = UNIT_NAMES[citation.unit or ""]
    first, last = str(citation.number), str(citation.last_number)
    named = say(one, number=first) if last in ("None", first) else say(several, first=first, last=last)
    reach = (":" if citation.unit == "row" else "-").join(dict.fromkeys(filter(None, (citation.begin, citation.until))))
    return f"{named} ({reach})" if reach else named


def _pages(citation: Citation, say: Say) -> str:
    page, last = str(citation.page), str(citation.last_page or citation.page)
    printed = citation.printed_pages
    if last != page:
        if printed == (page, last):
            return say("pp. {first}-{last}", first=page, last=last)
        labels = "-".join(printed)
        return say("pp. {labels} (pages {first}-{last} of the file)", labels=labels, first=page, last=last)
    if printed[0] != page:
        return say("p. {label} (page {page} of the file)", label=printed[0], page=page)
    return say("p. {page}", page=page)


def _lines(citation: Citation, say: Say) -> str:
    first, last = str(citation.first_line), str(citation.last_line)
    if last in ("None", first):
        return say("line {number}", number=first)
    return say("lines {first}-{last}", first=first, last=last)


def shorten(text: str, width: int) -> str:
    """`text` on one line, cut after a word to at most `width` characters with "…" at the end."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    if " " in cut[width // 2 :]:
        cut = cut[: cut.rfind(" ")]
    return cut.rstrip(" ,;:-") + "…"


class VerificationResult(StrEnum):
    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a quote in the file as it is now."""

    result: VerificationResult
    reason: str
    """One sentence for people."""
    file_changed: bool
    now: Citation | None = None
    """Where the quote stands now; None when it does not."""
