"""Paragraphs with those of text boxes in them, and rows of cells, as a walk through a text meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from quoth.parsing.table_header import TableHeaders
from quoth.parsing.text_builder import TextBuilder


@dataclass(slots=True)
class OpenParagraph:
    element: Any = None
    """That tells what kind of paragraph it is."""
    pieces: list[str] = field(default_factory=list)
    inner: list[OpenParagraph] = field(default_factory=list)
    """Paragraphs of text boxes that are anchored in this one."""


class Gathering:
    """Paragraphs come out when the outermost one ends; those in a row become its cells."""

    def __init__(self, builder: TextBuilder, add: Callable[[OpenParagraph, str], None]) -> None:
        """`add` takes a paragraph that stands in no row, and its text."""
        self._builder = builder
        self._add = add
        self._tables = TableHeaders(builder)
        self._open: list[OpenParagraph] = []
        self._row: Any = None
        self._cells: list[str] = []

    @property
    def paragraph(self) -> OpenParagraph | None:
        """The innermost one that is open."""
        return self._open[-1] if self._open else None

    @property
    def takes_row(self) -> bool:
        """Not inside of another row, or of a text box."""
        return self._row is None and not self._open

    def open_paragraph(self, element: Any = None) -> None:
        self._open.append(OpenParagraph(element))

    def close_paragraph(self) -> None:
        done = self._open.pop()
        if self._open:
            self._open[-1].inner += (done, *done.inner)
            done.inner = []
            return
        for paragraph in (done, *done.inner):
            text = "".join(paragraph.pieces)
            if self._row is not None and self._cells:
                self._cells[-1] = " ".join((self._cells[-1] + " " + text).split())
            else:
                self._add(paragraph, text)

    def open_table(self) -> None:
        if not self._open:
            self._tables.enter()

    def close_table(self) -> None:
        if not self._open:
            self._tables.leave()

    def open_row(self, row: Any) -> None:
        self._row, self._cells = row, []

    def open_cell(self) -> None:
        if self._row is not None and not self._open:
            self._cells.append("")

    def close_row(self, row: Any, *, is_header: bool | None) -> None:
        """Of another row than the one that was opened, nothing. `is_header`: None where it does not say."""
        if row is self._row:
            self._tables.pass_row(self._cells, is_header=is_header)
            self._builder.add("\t".join(self._cells), "table")
            self._row = None
