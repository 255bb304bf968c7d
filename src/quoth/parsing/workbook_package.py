"""The parts of a workbook that hold its values. ECMA-376, transitional and strict."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from lxml import etree
from openpyxl.utils import column_index_from_string

from quoth.parsing.archive import child, local_name, read_xml, refuse_entities, value
from quoth.parsing.office import Relation, relation_id, relations_of
from quoth.parsing.outcome import UnreadError
from quoth.parsing.workbook_cells import Show, Shower, show_of, show_of_builtin, string_of
from quoth.records import State

_TRUE = ("1", "true", "on")
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_DIGITS: Final = "0123456789"
_UNCOMPUTED: Final = (
    "formulas were saved without their results; open the file in a spreadsheet program and save it there"
)
_MISPLACED: Final = (
    'cells of the sheet "{sheet}" contradict one another or their rows, and what they hold was left out; '
    "open the file in a spreadsheet program and save it there"
)
_NO_VALUE: Final = (
    'cells of the sheet "{sheet}" hold what is no value of their type; '
    "open the file in a spreadsheet program and save it there"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    is_hidden: bool
    part: str
    """Its name in the archive, where it need not be."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: Mapping[int, str]
    """Column, from 1, to what it shows; those that show nothing are left out."""
    troubles: frozenset[str] = frozenset()
    """What could not be read of it, as texts to be formatted with the name of the `sheet`."""


@dataclass(frozen=True, slots=True)
class Book:
    archive: zipfile.ZipFile
    sheets: tuple[Sheet, ...]
    shower: Shower

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Those that hold something, in the order of the file. Raises XMLSyntaxError."""
        columns: dict[str, int] = {}
        number = 0
        with self.archive.open(sheet.part) as source:
            for element in _elements(source, "row"):
                found = _row_number(element, number)
                if not found:
                    yield Row(number, {}, frozenset({_MISPLACED}))
                    continue
                number = found
                row = self._row(element, number, columns)
                if row.cells or row.troubles:
                    yield row

    def _row(self, element: Any, number: int, columns: dict[str, int]) -> Row:
        """`columns`: numbers of those met, by their letters."""
        cells: dict[int, str] = {}
        troubles: set[str] = set()
        column = 0
        for cell in element:
            place = _column(cell, number, column, columns)
            column = place or column
            text, trouble = self._shown(cell)
            if text and (not place or place in cells):
                text, trouble = "", _MISPLACED
            if trouble:
                troubles.add(trouble)
            if text:
                cells[place] = text
        return Row(number, cells, frozenset(troubles))

    def _shown(self, cell: Any) -> tuple[str, str]:
        """And what is wrong with it, "" for nothing."""
        kind, written, has_formula = cell.get("t") or "n", None, False
        for part in cell:
            name = local_name(part)
            if name == "v":
                written = part.text
            elif name == "is":
                written = string_of(part)
            has_formula = has_formula or name == "f"
        if not written:
            return "", _UNCOMPUTED if has_formula and kind != "str" else ""
        try:
            return self.shower.show(kind, written, int(cell.get("s") or 0)), ""
        except LookupError:  # a number of a string that is not there says nothing to people
            return "", _NO_VALUE
        except ValueError:
            return " ".join(written.split()), _NO_VALUE


def _row_number(element: Any, last: int) -> int:
    """0 for one that no row has; `last`: that of the row before, which it follows where nothing says its number."""
    first = next(iter(element), None)
    named = (first.get("r") or "") if first is not None else ""
    written = (element.get("r") or named[len(named.rstrip(_DIGITS)) :] or str(last + 1)).strip()
    number = int(written) if written.isdecimal() and len(written) < 10 else 0
    return number if number <= _LAST_ROW else 0


def _column(cell: Any, row: int, last: int, columns: dict[str, int]) -> int:
    """From 1; 0 for a place that is not in this row. `last`: that of the cell before, `columns`: those met."""
    named = cell.get("r") or ""
    letters = named.rstrip(_DIGITS)
    if named[len(letters) :] not in ("", str(row)):
        return 0
    if letters and letters not in columns:
        try:
            columns[letters] = column_index_from_string(letters)
        except ValueError:
            columns[letters] = 0
    column = columns[letters] if letters else last + 1
    return column if column <= _LAST_COLUMN else 0


def read_book(archive: zipfile.ZipFile) -> Book:
    """Raises UnreadError when the list of its sheets is missing."""
    main = next((found.part for found in relations_of(archive, "").values() if found.kind == "officeDocument"), "")
    names = frozenset(archive.namelist())
    if main not in names:
        raise UnreadError(State.DAMAGED, "the file is damaged: its list of sheets is missing; get another copy")
    root, relations = read_xml(archive, main), relations_of(archive, main)
    parts = {found.kind: found.part for found in relations.values() if found.part in names}
    sheets = tuple(_sheets(root, relations))
    shower = Shower(
        _strings(archive, parts["sharedStrings"]) if "sharedStrings" in parts else (),
        _styles(read_xml(archive, parts["styles"])) if "styles" in parts else (),
        value(child(root, "workbookPr"), "date1904") in _TRUE,
    )
    return Book(archive, sheets, shower)


def _sheets(root: Any, relations: Mapping[str, Relation]) -> Iterator[Sheet]:
    for entry in _children(root, "sheets"):
        found = relations.get(relation_id(entry))
        if found is None or found.kind == "worksheet":  # those of charts and of old macros hold no cells
            is_hidden = value(entry, "state") not in (None, "visible")
            yield Sheet(value(entry, "name") or "", is_hidden, found.part if found else "")


def _strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    with archive.open(part) as source:
        return [string_of(element) for element in _elements(source, "si")]


def _styles(root: Any) -> list[Show]:
    codes = {value(entry, "numFmtId"): value(entry, "formatCode") or "" for entry in _children(root, "numFmts")}
    known: dict[str, Show] = {}
    shows: list[Show] = []
    for style in _children(root, "cellXfs"):
        number = value(style, "numFmtId") or "0"
        if number not in known:
            known[number] = show_of(codes[number]) if number in codes else show_of_builtin(int(number))
        shows.append(known[number])
    return shows


def _children(root: Any, name: str) -> Iterator[Any]:
    found = child(root, name)
    return iter(found if found is not None else ())


def _elements(source: IO[bytes], name: str) -> Iterator[Any]:
    """Each when it is complete; its children are gone when the next one is asked for."""
    found = etree.iterparse(
        source,
        tag=f"{{*}}{name}",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in found:
        refuse_entities(element)
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    refuse_entities(found.root)
