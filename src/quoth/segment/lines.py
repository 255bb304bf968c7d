"""Lines of a plain text with what their layout tells, and the heads and feet that pages repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from quoth.records import Span

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6]")
_NARROW_LETTER = re.compile(r"[ fijlrtI.,;:'’|!()\[\]]")
_BROAD_LETTER = re.compile(r"[mwA-HJ-Z—…%@]")
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlcdm]{1,7}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\W_]*#[\W_]*")
_LETTER = re.compile(r"[^\W\d_]")
FURNITURE_SHARE = 0.4
"""Of the pages must carry a line for it to be furniture: heads of left and of right pages take turns."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds something. `start` and `end` exclude the white space around `text`."""

    start: int
    end: int
    text: str
    indent: int
    """Columns before the text; wide characters count two, as in `width`."""
    width: float
    """Columns from the margin to the end of the text."""
    blanks: int
    """Blank lines since the line before."""
    page: int
    """Form feeds before it."""


def read_lines(text: str, furniture: Sequence[Span] = ()) -> tuple[Line, ...]:
    """Lines with something in them, furniture left out."""
    hidden = {span.start for span in furniture}
    lines = []
    blanks = 0
    for start, end, page in _raw_lines(text):
        raw = text[start:end]
        words = raw.strip()
        begin = start + raw.find(words)
        if not words:
            blanks += 1
        elif begin not in hidden:
            indent = columns(raw[: begin - start].expandtabs(4))
            lines.append(Line(begin, begin + len(words), words, indent, indent + columns(words), blanks, page))
            blanks = 0
    return tuple(lines)


def columns(text: str) -> int:
    """Width on a page of fixed columns."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def printed_columns(text: str) -> float:
    """Width in a font whose letters differ, where most letters count one; rough, after Helvetica and Times."""
    narrow, wide = len(_NARROW_LETTER.findall(text)), len(_BROAD_LETTER.findall(text))
    return columns(text) - narrow / 2 + 0.4 * wide


def first_word_columns(text: str) -> int:
    """Least a line needs to be given more: its next word, or its next character where words have no spaces."""
    return 2 if _WIDE.match(text) else columns(text.split(None, 1)[0])


def find_furniture(text: str) -> tuple[Span, ...]:
    """Heads, feet and page numbers that repeat on the pages of a text with form feeds; () without form feeds.

    A line counts when, digits aside, it stands among the first or last two lines of three pages and of
    `FURNITURE_SHARE` of all pages. Where that would hide a third of the text, nothing counts.
    """
    if "\f" not in text:
        return ()
    pages = [list(page) for _, page in groupby(read_lines(text), key=lambda line: line.page)]
    edges = [line for page in pages for line in _edges(page)]
    counts = Counter(key for page in pages for key in {_fingerprint(line.text) for line in _edges(page)})
    enough = max(3, FURNITURE_SHARE * len(pages))
    found = [Span(line.start, line.end) for line in edges if _repeats(_fingerprint(line.text), counts, enough)]
    visible = sum(len(line.text) for page in pages for line in page)
    return tuple(found) if 3 * sum(map(len, found)) < visible else ()


def _raw_lines(text: str) -> Iterator[tuple[int, int, int]]:
    start = page = 0
    for mark in _LINE_END.finditer(text):
        yield start, mark.start(), page
        start = mark.end()
        page += mark.group() == "\f"
    yield start, len(text), page


def _edges(page: list[Line]) -> list[Line]:
    return page if len(page) <= 4 else page[:2] + page[-2:]


def _fingerprint(line: str) -> str:
    masked = "#" if _ROMAN.fullmatch(line) else _DIGITS.sub("#", line)
    return " ".join(masked.split())


def _repeats(key: str, counts: Counter[str], enough: float) -> bool:
    # Figures alone are the rows of a table, unless one number stands alone: the page number.
    return counts[key] >= enough and bool(_LETTER.search(key) or _PAGE_NUMBER.fullmatch(key))
