"""Which row of a table names its columns, and telling so to the outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quoth.parsing.text_builder import TextBuilder

LONGEST_ROW: Final = 2_000
"""Characters; a longer row is prose that was laid out as a table, and is a paragraph."""
_LONGEST_NAME = 60
_PARTED_BY = " · "
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/.](?:0?[1-9]|1[0-2]))?$")


def header_of(first_row: Sequence[str]) -> str:
    """The names of the columns on one line, "" where the first row is none of names.

    It is when it has two cells or more and each holds a name: at most sixty characters with a letter among them and no
    colon at the end. Years and months are names beside others. Empty cells at the end count for nothing, nor does an
    empty first one, in the corner. Whether rows follow is for the caller to know: a table of one row has no header.
    """
    names = [" ".join(cell.split()) for cell in first_row]
    while names and not names[-1]:
        names.pop()
    if names and not names[0]:
        del names[0]
    if len(names) < 2 or not all(_is_name(name) for name in names) or all(_YEAR.match(name) for name in names):
        return ""
    return _PARTED_BY.join(names)


class TableHeader:
    """Follows the rows of a table, and lets its header hold from the second row on until the table ends."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self.begin()

    def begin(self) -> None:
        """Another table, after the end of the one before."""
        self._builder.end_table()
        self._waiting = ""
        self._is_begun = False
        self._has_values = False

    def pass_row(self, cells: Sequence[str], *, is_header: bool | None = None, after_gap: bool = False) -> None:
        """To be called before each row is added. Rows before the first with two cells are titles and remarks.

        `is_header`: whether the file marks the row as one, None where it marks none. Rows that are marked one after the
        other are one header, and one that is marked later is another. A row of names that follows a gap below rows with
        values is the header of another table.
        """
        if (not self._is_begun or after_gap or is_header) and sum(map(bool, cells)) > 1:
            header = (
                _PARTED_BY.join(filter(None, cells)) if is_header else "" if is_header is False else header_of(cells)
            )
            is_another = after_gap and header and self._has_values and not _has_value(cells)
            if is_another or (is_header and not self._waiting):
                self.begin()
            if not self._is_begun or (is_header and self._waiting):
                self._is_begun = True
                self._waiting = _PARTED_BY.join(filter(None, (self._waiting, header)))
                return
        if self._waiting:
            self._builder.start_table(self._waiting)
            self._waiting = ""
        self._has_values = self._has_values or _has_value(cells)


class TableHeaders:
    """Of tables that may stand in the cells of one another. The outer one's header is not taken up again."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._open: list[TableHeader] = []

    def enter(self) -> None:
        self._open.append(TableHeader(self._builder))

    def leave(self) -> None:
        if self._open:
            self._open.pop().begin()

    def pass_row(self, cells: Sequence[str], *, is_header: bool | None = None) -> None:
        if self._open:
            self._open[-1].pass_row(cells, is_header=is_header)


def _has_value(cells: Sequence[str]) -> bool:
    """A cell that holds something, and no letter."""
    return any(cell.strip() and not any(map(str.isalpha, cell)) for cell in cells)


def _is_name(cell: str) -> bool:
    if cell.endswith((":", "：")):
        return False
    return 0 < len(cell) <= _LONGEST_NAME and (any(map(str.isalpha, cell)) or _YEAR.match(cell) is not None)
