"""What tesseract prints as TSV to the lines of pages, as they would stand if no page were turned. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from quoth.parsing.pdfium import Box, Line, Page

_COLUMNS: Final = 12
_WORD: Final = 5
"""The level of a row: page, block, paragraph, line, word."""
_SURE: Final = 50
"""Percent. Pages of text had 90 to 96, the same pages upside down and taken for upright 30 to 37."""
_LARGE: Final = 1.4
"""Lines this much higher than is usual on the page have larger letters; descenders make one 1.3 times higher."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    confidence: float
    paragraph: tuple[int, int]
    """Block and paragraph."""
    line: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PicturePage:
    """Places are in pixels, from the upper left corner."""

    number: int
    words: tuple[Word, ...]

    @property
    def confidence(self) -> int:
        """Percent: the mean of its words, by their length."""
        length = sum(len(word.text) for word in self.words)
        return int(sum(word.confidence * len(word.text) for word in self.words) / length) if length else 0

    @property
    def is_sure(self) -> bool:
        return self.confidence >= _SURE


def read_tsv(content: str) -> tuple[PicturePage, ...]:
    """The pages, those without words included. Rows that are not tesseract's are left out."""
    words: dict[int, list[Word]] = {}
    for row in content.split("\n")[1:]:
        fields = row.rstrip("\r").split("\t")
        try:
            level, page, block, paragraph, line, _, *place = map(int, fields[:10])
            confidence = float(fields[10])
        except (ValueError, IndexError):
            continue
        on_page = words.setdefault(page, [])
        text = "".join(fields[11:]).strip()
        if level == _WORD and len(fields) == _COLUMNS and text and confidence >= 0:
            on_page.append(Word(text, min(confidence, 100.0), (block, paragraph), line, *place))
    return tuple(PicturePage(number, tuple(found)) for number, found in sorted(words.items()))


def lay_out(page: PicturePage, dpi: int, label: str | None = None) -> Page:
    """A page as `read_pdf` gives it: lines top down, sizes in points."""
    turned = [_turn(line, _direction(page)) for line in _lines(page)]
    body = median(line.box.top - line.box.bottom for line in turned) if turned else 0.0
    lines = [_scale(line, body, 72 / dpi) for line in turned]
    return Page(tuple(lines), label, ocr_confidence=page.confidence)


def _rows(page: PicturePage) -> Iterator[tuple[Word, ...]]:
    for _, words in groupby(page.words, lambda word: (word.paragraph, word.line)):
        yield tuple(words)


def _lines(page: PicturePage) -> Iterator[Line]:
    """Upright or not, in pixels; y grows upwards."""
    for words in _rows(page):
        text = " ".join(word.text for word in words)
        is_hyphenated = len(text) > 1 and text.endswith(("-", "\xad", "\u2010")) and text[-2].isalpha()
        box = Box(
            min(word.left for word in words),
            -max(word.top + word.height for word in words),
            max(word.left + word.width for word in words),
            -min(word.top for word in words),
        )
        yield Line(text[:-1] if is_hyphenated else text, box, 0.0, is_hyphenated=is_hyphenated)


def _direction(page: PicturePage) -> tuple[int, int]:
    """Where the next line lies: (0, 1) is below, for a page that is not turned."""
    across = down = 0
    for before, after in pairwise(_rows(page)):
        if before[0].paragraph == after[0].paragraph:
            across += after[0].left - before[0].left
            down += after[0].top - before[0].top
    if abs(down) >= abs(across):
        return (0, 1) if down >= 0 else (0, -1)
    return (1, 0) if across > 0 else (-1, 0)


def _turn(line: Line, direction: tuple[int, int]) -> Line:
    box = line.box
    turned = {
        (0, 1): box,
        (0, -1): Box(-box.right, -box.top, -box.left, -box.bottom),
        (-1, 0): Box(-box.top, box.left, -box.bottom, box.right),
        (1, 0): Box(box.bottom, -box.right, box.top, -box.left),
    }
    return replace(line, box=turned[direction])


def _scale(line: Line, body: float, points: float) -> Line:
    height = line.box.top - line.box.bottom
    box = Box(*(edge * points for edge in _edges(line.box)))
    return replace(line, box=box, size=points * (height if height > _LARGE * body else body))


def _edges(box: Box) -> Sequence[float]:
    return box.left, box.bottom, box.right, box.top
