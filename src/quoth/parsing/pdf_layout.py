"""Lines of pages to furniture and paragraphs, from where they stand. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from quoth.parsing.pdfium import Box, Line, Page
from quoth.records import BlockKind

Place = tuple[int, int]
"""Index of the page, index of the line on it."""

_BARE_NUMBER = re.compile(r"[-–—\[(]?\s*(\d{1,4}|[ivxlcdm]{1,7})\s*[-–—\])]?$", re.IGNORECASE)
_BULLET = re.compile(r"(?:[•‣▪●○◦■□–—*·-]|\(?(?:\d{1,3}|[a-z])[.)]|\(?[ivx]{1,5}\))\s+\S", re.IGNORECASE)
_FINAL = re.compile("[.!?…。！？؟։।:;]['\"’”»)\\]]*$")
# Leaders are tried from their first dot only, and in one way: else a few rows of dots take seconds.
_NO_HEADING = re.compile(r"[.:;,。]$|(?<![ .])(?: *\.){3}[ .]*+\d+$")
"""Ends as a sentence does, or is an entry of a table of contents."""
_HEADING_SIZE: Final = 1.15
"""Letters this much larger than the body's make a heading."""
_GAP: Final = 1.3
"""A step to the next line this much larger than usual parts paragraphs."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    places: tuple[Place, ...]
    kind: BlockKind
    level: int = 0


def find_furniture(pages: Sequence[Page]) -> frozenset[Place]:
    """Running heads and feet, and page numbers, among the two outermost lines at either edge."""
    repeated: dict[tuple[str, str, int], list[Place]] = defaultdict(list)
    numbers: dict[str, list[Place]] = defaultdict(list)
    found: set[Place] = set()
    for page_index, page in enumerate(pages):
        for edge, rank, line_index in _edges(page):
            place, line = (page_index, line_index), page.lines[line_index]
            if len(page.lines) >= 5:
                # A title in large letters is not furniture because the pages after it repeat it in small ones.
                repeated[edge, re.sub(r"\d+", "0", line.text), round(line.size)].append(place)
            number = _BARE_NUMBER.match(line.text) if rank == 0 else None
            own = {str(page_index + 1), page.label}
            if number and number.group(1) in own:
                found.add(place)
            words = line.text.split() if rank == 0 and len(page.lines) >= 5 else []
            if number or own & {*words[:1], *words[-1:]}:
                numbers[edge].append(place)
    for places in (*repeated.values(), *numbers.values()):
        pages_with = len({page for page, _ in places})
        if pages_with >= max(3, 0.4 * len(pages)) or (pages_with >= 3 and _stand_alike(places, pages)):
            found |= set(places)
    return frozenset(found)


def find_paragraphs(pages: Sequence[Page], furniture: frozenset[Place]) -> tuple[Paragraph, ...]:
    """In reading order, across columns and pages. Together they hold every line that is not furniture."""
    columns = _columns(pages, furniture)
    usual = _Usual.of(columns)
    paragraphs: list[list[_Placed]] = []
    for column in columns:
        for number, placed in enumerate(column.lines):
            previous = paragraphs[-1][-1] if paragraphs else None
            if previous and not _breaks(previous, placed, usual, is_first=number == 0):
                paragraphs[-1].append(placed)
            else:
                paragraphs.append([placed])
    return _classify(paragraphs, usual)


@dataclass(frozen=True, slots=True)
class _Placed:
    place: Place
    line: Line
    """Mirrored when it is written from right to left."""
    column_left: float = 0.0
    column_right: float = 0.0


@dataclass(frozen=True, slots=True)
class _Column:
    lines: tuple[_Placed, ...]


@dataclass(frozen=True, slots=True)
class _Usual:
    size: float
    is_bold: bool
    steps: dict[int, float]
    """Size in whole points to the usual distance between the feet of two lines."""

    @classmethod
    def of(cls, columns: Sequence[_Column]) -> _Usual:
        sizes: Counter[float] = Counter()
        weights: Counter[bool] = Counter()
        steps: dict[int, list[float]] = defaultdict(list)
        for column in columns:
            for placed in column.lines:
                sizes[round(placed.line.size, 1)] += len(placed.line.text)
                weights[placed.line.is_bold] += len(placed.line.text)
            for before, after in zip(column.lines, column.lines[1:], strict=False):
                steps[round(after.line.size)].append(before.line.box.bottom - after.line.box.bottom)
        size = sizes.most_common(1)[0][0] if sizes else 1.0
        return cls(size, weights[True] > weights[False], {key: median(values) for key, values in steps.items()})


def _edges(page: Page) -> Iterable[tuple[str, int, int]]:
    """(edge, 0 for the outermost, index of the line) by where lines stand: heads often come last in the file."""
    order = sorted(range(len(page.lines)), key=lambda index: -page.lines[index].box.bottom)
    for rank, index in enumerate(order[:2]):
        yield "head", rank, index
    for rank, index in enumerate(order[:-3:-1]):
        if len(order) - 1 - rank >= 2 or (len(order) == 2 and rank == 0):
            yield "foot", rank, index


def _stand_alike(places: Sequence[Place], pages: Sequence[Page]) -> bool:
    heights = [pages[page].lines[line].box.bottom for page, line in places]
    return max(heights) - min(heights) < 3.0


def _columns(pages: Sequence[Page], furniture: frozenset[Place]) -> list[_Column]:
    """A column ends where the next line stands higher, and with its page."""
    columns: list[_Column] = []
    for page_index, page in enumerate(pages):
        column: list[_Placed] = []
        for line_index, line in enumerate(page.lines):
            if (page_index, line_index) in furniture:
                continue
            placed = _Placed((page_index, line_index), _mirrored(line))
            if column and line.box.bottom > column[-1].line.box.top:
                columns.append(_with_edges(column))
                column = []
            column.append(placed)
        if column:
            columns.append(_with_edges(column))
    return columns


def _mirrored(line: Line) -> Line:
    direction = next((kind for kind in map(unicodedata.bidirectional, line.text) if kind in {"L", "R", "AL"}), "L")
    if direction == "L":
        return line
    return replace(line, box=Box(-line.box.right, line.box.bottom, -line.box.left, line.box.top))


def _with_edges(column: Sequence[_Placed]) -> _Column:
    lefts = Counter(round(placed.line.box.left) for placed in column)
    common = [left for left, count in lefts.items() if count * 5 >= len(column)]
    left, right = min(common or lefts), max(placed.line.box.right for placed in column)
    return _Column(tuple(replace(placed, column_left=float(left), column_right=right) for placed in column))


def _breaks(before: _Placed, after: _Placed, usual: _Usual, *, is_first: bool) -> bool:
    """Whether a paragraph begins with `after`. `is_first`: it heads a column."""
    if _BULLET.match(after.line.text) and not before.line.is_hyphenated:
        return True
    if abs(after.line.size - before.line.size) > 0.12 * max(after.line.size, before.line.size):
        return True
    if after.line.is_bold != before.line.is_bold and _is_short(before) | _is_short(after):
        return True
    if not is_first and _is_far(before.line, after.line, usual):
        return True
    if before.line.is_hyphenated:
        return False
    return _ends_before(before, after)


def _ends_before(before: _Placed, after: _Placed) -> bool:
    """By the end of one line and the beginning of the next, in the same column or not."""
    is_final = _FINAL.search(before.line.text) is not None
    if is_final and _is_indented(after) and not _is_indented(before):
        return True
    if not _is_short_for(before, after):
        return False
    return is_final or not after.line.text[0].islower()


def _is_far(before: Line, after: Line, usual: _Usual) -> bool:
    step = before.box.bottom - after.box.bottom
    usual_step = usual.steps.get(round(after.size), after.size)
    return step > _GAP * max(usual_step, 0.9 * after.size)


def _is_indented(placed: _Placed) -> bool:
    return placed.line.box.left - placed.column_left > 0.7 * placed.line.size


def _is_short(placed: _Placed) -> bool:
    return placed.line.box.right < placed.column_right - 2 * placed.line.size


def _is_short_for(before: _Placed, after: _Placed) -> bool:
    """The next line's first word would have fitted: the line was ended on purpose."""
    line = before.line
    width = (line.box.right - line.box.left) / max(1, len(line.text))
    word = after.line.text.split(maxsplit=1)[0]
    return line.box.right + width * (min(len(word), 20) + 1.5) < before.column_right


def _classify(paragraphs: Sequence[Sequence[_Placed]], usual: _Usual) -> tuple[Paragraph, ...]:
    large = {round(lines[0].line.size) for lines in paragraphs if _may_head(lines) and _is_large(lines[0].line, usual)}
    levels = {size: min(rank, 6) for rank, size in enumerate(sorted(large, reverse=True), 1)}
    return tuple(_paragraph(lines, usual, levels) for lines in paragraphs)


def _paragraph(lines: Sequence[_Placed], usual: _Usual, levels: dict[int, int]) -> Paragraph:
    places = tuple(placed.place for placed in lines)
    first = lines[0].line
    if _may_head(lines) and _is_large(first, usual):
        return Paragraph(places, "heading", levels[round(first.size)])
    is_bold = all(placed.line.is_bold for placed in lines) and not usual.is_bold
    if is_bold and _may_head(lines) and first.size > 0.95 * usual.size:
        return Paragraph(places, "heading", min(len(levels) + 1, 6))
    return Paragraph(places, "list" if _BULLET.match(first.text) else "paragraph")


def _may_head(lines: Sequence[_Placed]) -> bool:
    text = " ".join(placed.line.text for placed in lines)
    has_letters = any(char.isalpha() for char in text)
    return len(lines) <= 3 and has_letters and len(text) <= 200 and not _NO_HEADING.search(text)


def _is_large(line: Line, usual: _Usual) -> bool:
    return line.size >= _HEADING_SIZE * usual.size
