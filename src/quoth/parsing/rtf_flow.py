"""What an RTF file writes one after the other, as paragraphs and table rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    style: int = 0
    """Number of its style."""
    outline_level: int | None = None
    """From 0, as set for this paragraph itself; 9 for body text."""
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[tuple[Paragraph | Row, ...], ...]
    """What stands in each of them; rows where that is a table."""


@dataclass(slots=True)
class Format:
    """What holds for a paragraph until a group ends or it is set anew."""

    style: int = 0
    outline_level: int | None = None
    is_item: bool = False
    is_in_table: bool = False


@dataclass(slots=True)
class Flow:
    """One text: the body, a note, a text box, a comment, or one value of what the document says of itself."""

    parts: list[Paragraph | Row] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    """Of the paragraph that is being written."""
    is_item: bool = False
    """Whether it began with a bullet or number."""
    _boxes: list[Paragraph | Row] = field(default_factory=list)
    """Text boxes that are anchored in the paragraph, and stand after it."""
    _cell: list[Paragraph | Row] = field(default_factory=list)
    _row: list[tuple[Paragraph | Row, ...]] = field(default_factory=list)
    _inner_row: list[tuple[Paragraph | Row, ...]] = field(default_factory=list)
    """Of a table in a cell."""

    @property
    def line(self) -> str:
        """All of it on one line."""
        paragraphs = [part.text for part in self.parts if isinstance(part, Paragraph)]
        return " ".join(" ".join((*paragraphs, _joined(self.pieces))).split())

    def add_box(self, box: Flow, form: Format) -> None:
        self._boxes += box.closed(form)

    def end_paragraph(self, form: Format) -> None:
        if not form.is_in_table:
            self.end_row()
        text = _joined(self.pieces)
        paragraph = Paragraph(text, form.style, form.outline_level, form.is_item or self.is_item)
        self.pieces.clear()
        self.is_item = False
        if form.is_in_table:
            self._cell.append(paragraph)
            return
        self.parts.append(paragraph)
        self._end_boxes()

    def end_cell(self, form: Format) -> None:
        self.end_paragraph(replace(form, is_in_table=True))
        self.end_inner_row()
        self._row.append(tuple(self._cell))
        self._cell.clear()

    def end_inner_cell(self, form: Format) -> None:
        self.end_paragraph(replace(form, is_in_table=True))
        self._inner_row.append((self._cell.pop(),))

    def end_inner_row(self) -> None:
        if self._inner_row:
            self._cell.append(Row(tuple(self._inner_row)))
            self._inner_row.clear()

    def end_row(self, *, is_whole: bool = False) -> None:
        """A row that is not whole is none: paragraphs that only claim to stand in a table."""
        self.end_inner_row()
        if self._cell:
            self._row.append(tuple(self._cell))
            self._cell.clear()
        if self._row and is_whole:
            self.parts.append(Row(tuple(self._row)))
        else:
            self.parts += [part for cell in self._row for part in cell]
        if self._row:
            self._row.clear()
            self._end_boxes()

    def closed(self, form: Format) -> list[Paragraph | Row]:
        """All its parts; `form` is that of a last paragraph that nothing ended."""
        if self.pieces:
            self.end_paragraph(form)
        self.end_row()
        self._end_boxes()
        return self.parts

    def _end_boxes(self) -> None:
        self.parts += self._boxes
        self._boxes.clear()


def _joined(pieces: list[str]) -> str:
    """The halves of characters beyond U+FFFF, which RTF writes one by one, made whole."""
    text = "".join(pieces)
    if _HALF.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
