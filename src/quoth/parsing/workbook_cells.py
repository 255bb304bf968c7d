"""Values of cells as people see them: dates in ISO 8601, numbers with all their digits."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel

from quoth.parsing.archive import local_name

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character that XML does not allow, or an underscore before what looks like one (ECMA-376, part 1, 22.9.2.19)."""


class Show(Enum):
    """How a style shows numbers."""

    AS_NUMBER = auto()
    AS_PERCENT = auto()
    AS_DATE = auto()
    AS_DURATION = auto()


def show_of(code: str) -> Show:
    """`code`: a number format, such as "0.00%" or "dd/mm/yyyy" (ECMA-376, part 1, 18.8.31)."""
    if is_timedelta_format(code):
        return Show.AS_DURATION
    if is_date_format(code):
        return Show.AS_DATE
    return Show.AS_PERCENT if "%" in code else Show.AS_NUMBER


def show_of_builtin(number: int) -> Show:
    return show_of(builtin_format_code(number) or "General")


def string_of(element: Any) -> str:
    """The words of a string with or without formats, on one line; readings above characters are left out."""
    pieces: list[str] = []
    for part in element:
        name = local_name(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r":
            pieces += [inner.text or "" for inner in part if local_name(inner) == "t"]
    return _on_one_line("".join(pieces))


@dataclass(frozen=True, slots=True)
class Shower:
    """Shows the cells of one workbook."""

    strings: Sequence[str]
    """Those that its sheets share."""
    styles: Sequence[Show]
    counts_from_1904: bool

    def show(self, kind: str, written: str, style: int) -> str:
        """`kind` and `written`: type and value of the cell (ECMA-376, part 1, 18.3.1.4), strings by `string_of`.

        Raises LookupError for a shared string that is not there, ValueError for what is no value of that type.
        """
        if kind == "s":
            number = int(written)
            if number < 0:
                raise IndexError(number)
            return self.strings[number]
        if kind == "inlineStr":
            return written
        if kind in ("str", "e"):
            return _on_one_line(written)
        if kind == "b":
            return "FALSE" if written.strip() in ("0", "false") else "TRUE"
        if kind == "d":
            return _iso_date(written)
        show = self.styles[style] if 0 <= style < len(self.styles) else Show.AS_NUMBER
        return self._number(written.strip(), show)

    def _number(self, written: str, show: Show) -> str:
        if show is Show.AS_NUMBER:
            return written if written.isdecimal() else _digits(float(written))
        value = float(written)
        if show is Show.AS_PERCENT:
            return f"{_digits(value * 100)}%"
        try:
            epoch = CALENDAR_MAC_1904 if self.counts_from_1904 else WINDOWS_EPOCH
            return _time(from_excel(value, epoch, timedelta=show is Show.AS_DURATION))
        except (OverflowError, ValueError):  # no such day
            return _digits(value)


def _on_one_line(text: str) -> str:
    return " ".join(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).split())


def _digits(value: float) -> str:
    """Fifteen, as Excel keeps them: 0.1 + 0.2 is 0.3."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _iso_date(written: str) -> str:
    try:
        return _time(datetime.datetime.fromisoformat(written.strip()))
    except ValueError:
        return _on_one_line(written)


def _time(value: datetime.datetime | datetime.time | datetime.timedelta) -> str:
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, datetime.time):
        return value.isoformat("seconds")
    at_midnight = value.time() == datetime.time()
    return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
