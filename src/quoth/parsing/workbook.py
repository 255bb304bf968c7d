"""Excel workbooks: sheet by sheet and row by row, with the values that were shown when the file was saved."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from quoth.parsing.archive import open_archive
from quoth.parsing.limits import MAX_CELLS
from quoth.parsing.office import core_about
from quoth.parsing.table_header import LONGEST_ROW, TableHeader
from quoth.parsing.text_builder import TextBuilder
from quoth.records import Locator, Parsed, shorten

_LAST_ROW: Final = 1_048_576
_MOST_PASSED: Final = 50_000_000
"""Cells, empty ones counted: rows that reach to the last column cost time, whatever they hold."""
_NO_RESULT: Final = re.compile(
    rb'<(?:\w+:)?c(?![^>]*\st="str")[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A cell with a formula and without a value: of programs that write workbooks and do not compute."""
_UNCOMPUTED: Final = (
    "formulas were saved without their results; open the file in a spreadsheet program and save it there"
)
_TOO_MANY: Final = f"only the first {MAX_CELLS:,} cells were read; split the file to have the rest read as well"
_TOO_WIDE: Final = (
    "its rows reach too far to the right or down to be read to the end; delete the empty cells and save it"
)


def parse_workbook(path: Path) -> Parsed:
    """Each row that holds something is a block, its cells parted by tabs, under the name of its sheet.

    Hidden sheets are read and named so. Charts, comments, headers and footers are left out.
    """
    builder = TextBuilder()
    with open_archive(path) as archive, path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not concern the values
        about = core_about(archive)
        sheets = _Sheets(builder)
        for sheet in _worksheets(file):
            if isinstance(sheet, str):
                sheets.troubles.append(f'the sheet "{shorten(sheet, 40)}" is missing; get another copy of the file')
                continue
            sheets.add(sheet)
            if _NO_RESULT.search(archive.read(sheet._worksheet_path)):
                sheets.troubles.append(_UNCOMPUTED)
    return builder.finish("xlsx", about, "; ".join(dict.fromkeys(sheets.troubles)))


def _worksheets(file: Any) -> Iterator[Any]:
    """Those of openpyxl, in order; the name of one that is not there.

    Step by step, for what is not needed is often not valid: properties, names and themes.
    """
    reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    for sheet, relation in reader.parser.find_sheets():
        if not relation.Type.endswith("/worksheet"):
            continue
        if relation.target not in reader.valid_files:
            yield sheet.name
            continue
        found = ReadOnlyWorksheet(reader.wb, sheet.name, relation.target, reader.shared_strings)
        found.sheet_state = sheet.state
        found.reset_dimensions()  # those that the file tells are often wrong
        yield found


class _Sheets:
    def __init__(self, builder: TextBuilder) -> None:
        self.troubles: list[str] = []
        self._builder = builder
        self._filled = 0
        self._passed = 0

    def add(self, sheet: Any) -> None:
        hidden = "" if sheet.sheet_state == "visible" else " (hidden)"
        self._builder.start_section(f"{sheet.title}{hidden}")
        header = TableHeader(self._builder)
        last = 0
        for number, row in enumerate(sheet.rows, 1):
            cells = {
                column: text for column, cell in enumerate(row, 1) if cell.value is not None and (text := shown(cell))
            }
            self._filled += len(cells)
            self._passed += len(row) or 1
            if not self._is_within_limits(number):
                return
            if cells:
                first, until = min(cells), max(cells)
                texts = [cells.get(column, "") for column in range(first, until + 1)]
                header.pass_row(texts, after_gap=number > last + 1)
                self._add_row(number, first, texts)
                last = number

    def _add_row(self, number: int, column: int, texts: list[str]) -> None:
        begin, until = (f"{get_column_letter(edge)}{number}" for edge in (column, column + len(texts) - 1))
        text = "\t".join(texts)
        self._builder.add(
            text,
            "table" if len(text) <= LONGEST_ROW else "paragraph",
            at=Locator(unit="row", number=number, begin=begin, until=until),
        )

    def _is_within_limits(self, number: int) -> bool:
        if self._filled > MAX_CELLS:
            self.troubles.append(_TOO_MANY)
        elif number > _LAST_ROW or self._passed > _MOST_PASSED:
            self.troubles.append(_TOO_WIDE)
        else:
            return not self._builder.is_full
        return False


def shown(cell: Any) -> str:
    """As people see it on one line; dates in ISO 8601, numbers with all their digits."""
    value = cell.value
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value * 100) + "%" if "%" in (cell.number_format or "") else _number(value)
        case datetime.datetime():
            at_midnight = value.time() == datetime.time()
            return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
        case datetime.time():
            return value.isoformat("seconds")
        case datetime.timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case _:
            return " ".join(unescape(str(value)).split())


def _number(value: float) -> str:
    """Fifteen digits, as Excel keeps them: 0.1 + 0.2 is 0.3."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.15g}"
