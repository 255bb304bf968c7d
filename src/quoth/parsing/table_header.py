"""Which row of a table names its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

LONGEST_ROW: Final = 2_000
"""Characters; a longer row is prose that was laid out as a table, and is a paragraph."""
_LONGEST_NAME = 60
_PARTED_BY = " · "
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/.](?:0?[1-9]|1[0-2]))?$")


def header_of(first_row: Sequence[str]) -> str:
    """The names of the columns on one line, "" where the first row is none of names.

    It is when it has two cells or more and each holds a name: at most sixty characters with a letter among them. Years
    and months are names beside others. Empty cells at the end count for nothing, nor does an empty first one, in the
    corner. Whether rows follow is for the caller to know: a table of one row has no header.
    """
    names = [" ".join(cell.split()) for cell in first_row]
    while names and not names[-1]:
        names.pop()
    if names and not names[0]:
        del names[0]
    if len(names) < 2 or not all(_is_name(name) for name in names) or all(_YEAR.match(name) for name in names):
        return ""
    return _PARTED_BY.join(names)


def is_data(row: Sequence[str]) -> bool:
    """Whether some cell of the row holds a value without letters."""
    return any(cell.strip() and not any(map(str.isalpha, cell)) for cell in row)


def _is_name(cell: str) -> bool:
    return 0 < len(cell) <= _LONGEST_NAME and (any(map(str.isalpha, cell)) or _YEAR.match(cell) is not None)
