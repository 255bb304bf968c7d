"""The parts of a workbook that hold its values. ECMA-376, transitional and strict."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree
from openpyxl.utils import column_index_from_string

from quoth.parsing.archive import child, local_name, read_xml, refuse_entities, value
from quoth.parsing.office import Relation, relation_id, relations_of
from quoth.parsing.outcome import UnreadError
from quoth.parsing.workbook_cells import Show, Shower, show_of, show_of_builtin, string_of
from quoth.records import State

_TRUE = ("1", "true", "on")


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
    is_computed: bool
    """Not where a formula was saved without its result."""


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
                number = int(element.get("r") or number + 1)
                row = self._row(element, number, columns)
                if row.cells or not row.is_computed:
                    yield row

    def _row(self, element: Any, number: int, columns: dict[str, int]) -> Row:
        """`columns`: numbers of those met, by their letters."""
        cells: dict[int, str] = {}
        is_computed = True
        column = 0
        for cell in element:
            letters = (cell.get("r") or "").rstrip("0123456789")
            if letters and letters not in columns:
                columns[letters] = column_index_from_string(letters)
            column = columns[letters] if letters else column + 1
            text, has_result = self._shown(cell)
            is_computed = is_computed and has_result
            if text:
                cells[column] = text
        return Row(number, cells, is_computed)

    def _shown(self, cell: Any) -> tuple[str, bool]:
        """And whether it has what its formula results in, if it has one."""
        kind, written, has_formula = cell.get("t") or "n", None, False
        for part in cell:
            name = local_name(part)
            if name == "v":
                written = part.text
            elif name == "is":
                written = string_of(part)
            has_formula = has_formula or name == "f"
        if not written:
            return "", not has_formula or kind == "str"
        return self.shower.show(kind, written, int(cell.get("s") or 0)), True


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
