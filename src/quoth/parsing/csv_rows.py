"""The records of a delimited text, each with the lines that it stands on."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from quoth.records import Span

_DELIMITERS = "\t;|,"
"""The ones that stand in text less often go first."""
_EXCEL_SAYS = re.compile(r"""sep=([^\w\s"]|\t)[ \t]*(?:\r\n|\r|\n|$)""", re.IGNORECASE)
"""A first line that is for Excel alone."""
_TRIED_CHARACTERS = 50_000
_TRIED_RECORDS = 200
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_STRAY_QUOTES = 20
"""After so many that seemed to open a cell over several lines, each line is a record, for each costs a look ahead."""
_LONGEST_CELL = 1_000_000
"""Characters. Python stops at 131,072, which an article in a cell may pass; what is longer was not closed."""


def records_of(text: str) -> Iterator[tuple[Span, list[str]]]:
    r"""Each with its lines and their ends (\r\n, \r or \n); an empty line is a record without cells.

    The delimiter is the one at which most records have the same number of cells, and most cells. A line
    with a quote that nothing closes, or that closes too late or before other words, is a record of its own.
    """
    start = 1 if text.startswith("\ufeff") else 0
    told = _EXCEL_SAYS.match(text, start)
    if told:
        return _records(text, told.end(), told[1])
    tried = text[start : start + _TRIED_CHARACTERS]
    if len(tried) < len(text) - start:
        tried = tried[: tried.rfind("\n") + 1] or tried  # a record that is cut has too few cells
    return _records(text, start, max(_DELIMITERS, key=lambda delimiter: _evenness(tried, delimiter)))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """Share of the records that have the most common number of cells, and this number, which is two at least."""
    reader = csv.reader(_Lines(text, 0), delimiter=delimiter, skipinitialspace=True, strict=True)
    counts: Counter[int] = Counter()
    for _ in range(_TRIED_RECORDS):
        try:
            counts[len(next(reader))] += 1
        except StopIteration:
            break
        except csv.Error:  # a quote that the delimiter does not follow
            counts[1] += 1
    del counts[0]
    width, often = max(counts.items(), key=lambda count: (count[0] > 1, count[1], count[0]), default=(1, 0))
    return (often / counts.total(), width) if width > 1 else (0.0, 1)


def _records(text: str, start: int, delimiter: str) -> Iterator[tuple[Span, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    for _ in range(_STRAY_QUOTES):
        lines = _Lines(text, start)
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
        while True:
            start = lines.end
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                line, cells = _line(text, start, delimiter)
                yield line, cells
                if line.end == lines.end:
                    continue
                start = line.end
                break
            yield Span(start, lines.end), cells
    while start < len(text):
        line, cells = _line(text, start, delimiter)
        yield line, cells
        start = line.end


def _line(text: str, start: int, delimiter: str) -> tuple[Span, list[str]]:
    """As a record without regard to quotes."""
    line = next(_LINE.finditer(text, start))
    return Span(start, line.end()), line.group().strip("\r\n").split(delimiter)


class _Lines:
    """Tells how far the reader went."""

    def __init__(self, text: str, start: int) -> None:
        self._found = _LINE.finditer(text, start)
        self.end = start
        """Of the last line given."""

    def __iter__(self) -> Iterator[str]:
        for line in self._found:
            self.end = line.end()
            if line.group():
                yield line.group()
