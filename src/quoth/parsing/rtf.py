"""Rich Text Format: body, text boxes, notes and comments, in whatever code pages the fonts are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from quoth.parsing.about import about
from quoth.parsing.comments import Comment, add_comments
from quoth.parsing.decoding import REPLACEMENT
from quoth.parsing.docx_package import level_by_name
from quoth.parsing.rtf_flow import Paragraph, Row
from quoth.parsing.rtf_reader import Contents, RtfReader
from quoth.parsing.table_header import LONGEST_ROW, TableHeader
from quoth.parsing.text_builder import TextBuilder
from quoth.records import BlockKind, Parsed

_DEEPEST_LEVEL: Final = 6
_BODY_TEXT: Final = 9
"""The outline level of what is no heading."""
_CUT_OFF: Final = "the file ends in the middle and what follows is missing; get another copy"
_UNDECODED: Final = "some characters could not be decoded and are shown as �; save it as docx"


def parse_rtf(path: Path) -> Parsed:
    """Table rows are blocks whose cells a tab separates. Page heads and feet, pictures and deletions are left out."""
    contents = RtfReader(path.read_bytes()).read()
    writer = _Writer(contents)
    writer.add(contents.body.parts)
    for section, parts in (("Footnotes", contents.footnotes), ("Endnotes", contents.endnotes)):
        if parts:
            writer.builder.start_section(section)
        writer.add(parts)
    add_comments(
        writer.builder, (Comment(remark.author, remark.date, remark.parts) for remark in contents.remarks), writer.add
    )
    trouble = "" if contents.is_whole else _CUT_OFF
    told = about(writer.title or contents.told.get("title"), contents.told.get("author"), contents.told.get("date"))
    return writer.builder.finish("rtf", told, trouble or (_UNDECODED if writer.is_garbled else ""))


class _Writer:
    def __init__(self, contents: Contents) -> None:
        self.builder = TextBuilder()
        self.title = ""
        """The first paragraph in the style Title."""
        self.is_garbled = False
        """Some bytes stood for no character."""
        self._styles = contents.styles

    def add(self, parts: Iterable[Paragraph | Row]) -> None:
        """Rows that follow one another are one table."""
        header = TableHeader(self.builder)
        for part in parts:
            cells = self._cells_of(part) if isinstance(part, Row) else None
            if cells is not None:
                header.pass_row(cells)
                self._add("\t".join(cells), "table")
                continue
            header.begin()
            if isinstance(part, Paragraph):
                self._add_paragraph(part)
            else:
                for cell in part.cells:
                    self.add(cell)
        header.begin()

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        kind, level = self._kind_of(paragraph)
        if level and not self.title and self._styles.get(paragraph.style, ("", None))[0].lower() == "title":
            self.title = paragraph.text
        self._add(paragraph.text, kind, level)

    def _add(self, text: str, kind: BlockKind, level: int = 0) -> None:
        self.is_garbled = self.is_garbled or REPLACEMENT in text
        self.builder.add(text, kind, level)

    def _kind_of(self, paragraph: Paragraph) -> tuple[BlockKind, int]:
        name, level = self._styles.get(paragraph.style, ("", None))
        level = level if paragraph.outline_level is None else paragraph.outline_level
        level = level_by_name(name) if level is None else (level + 1 if 0 <= level < _BODY_TEXT else 0)
        if level:
            return "heading", min(level, _DEEPEST_LEVEL)
        return ("list" if paragraph.is_item else "paragraph"), 0

    def _cells_of(self, row: Row) -> list[str] | None:
        """Each on one line; None for a row that is laid out as a page is: with tables, headings or long text in it."""
        cells = []
        for cell in row.cells:
            paragraphs = [part for part in cell if isinstance(part, Paragraph) and not self._kind_of(part)[1]]
            if len(paragraphs) < len(cell):
                return None
            cells.append(" ".join(" ".join(paragraph.text for paragraph in paragraphs).split()))
        return cells if sum(map(len, cells)) <= LONGEST_ROW else None
