"""Excel workbooks: sheet by sheet and row by row, with the values that were shown when the file was saved."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lxml import etree
from openpyxl.utils import get_column_letter

from quoth.parsing.archive import open_archive
from quoth.parsing.limits import MAX_CELLS
from quoth.parsing.office import core_about
from quoth.parsing.table_header import LONGEST_ROW, TableHeader
from quoth.parsing.text_builder import TextBuilder
from quoth.parsing.workbook_package import Book, Row, Sheet, read_book
from quoth.records import Locator, Parsed, shorten

_WIDEST: Final = 256
"""Columns from the first cell to the last up to which empty ones between them keep their place."""
_TOO_MANY: Final = f"only the first {MAX_CELLS:,} cells were read; split the file to have the rest read as well"


def parse_workbook(path: Path) -> Parsed:
    """Each row that holds something is a block, its cells parted by tabs, under the name of its sheet.

    Hidden sheets are read and named so. Charts, comments, headers and footers are left out.
    """
    with open_archive(path) as archive:
        sheets = _Sheets(read_book(archive))
        return sheets.builder.finish("xlsx", core_about(archive), "; ".join(dict.fromkeys(sheets.troubles)))


class _Sheets:
    def __init__(self, book: Book) -> None:
        self.builder = TextBuilder()
        self.troubles: list[str] = []
        self._book = book
        self._filled = 0
        names = frozenset(book.archive.namelist())
        for sheet in book.sheets:
            if sheet.part not in names:
                self._miss(sheet, "missing")
                continue
            try:
                self._add(sheet)
            except etree.XMLSyntaxError:
                self._miss(sheet, "damaged")

    def _miss(self, sheet: Sheet, why: str) -> None:
        self.troubles.append(f'the sheet "{shorten(sheet.name, 40)}" is {why}; get another copy of the file')

    def _add(self, sheet: Sheet) -> None:
        self.builder.start_section(f"{sheet.name}{' (hidden)' if sheet.is_hidden else ''}")
        header = TableHeader(self.builder)
        last = 0
        for row in self._book.rows(sheet):
            self._filled += len(row.cells)
            if self._filled > MAX_CELLS:
                self.troubles.append(_TOO_MANY)
            if self._filled > MAX_CELLS or self.builder.is_full:
                return
            self.troubles += (trouble.format(sheet=shorten(sheet.name, 40)) for trouble in sorted(row.troubles))
            if row.cells:
                texts = _in_order(row)
                header.pass_row(texts, after_gap=row.number > last + 1)
                self._add_row(row, "\t".join(texts))
                last = row.number

    def _add_row(self, row: Row, text: str) -> None:
        begin, until = (f"{get_column_letter(edge)}{row.number}" for edge in (min(row.cells), max(row.cells)))
        at = Locator(unit="row", number=row.number, begin=begin, until=until)
        self.builder.add(text, "table" if len(text) <= LONGEST_ROW else "paragraph", at=at)


def _in_order(row: Row) -> list[str]:
    first, last = min(row.cells), max(row.cells)
    if last - first < _WIDEST:
        return [row.cells.get(column, "") for column in range(first, last + 1)]
    return [row.cells[column] for column in sorted(row.cells)]
