"""Word documents: body, text boxes, notes and comments, as they read with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from lxml import etree

from quoth.parsing.about import About, about
from quoth.parsing.archive import child, local_name, value, words
from quoth.parsing.comments import Comment, add_comments
from quoth.parsing.docx_package import (
    heading_levels,
    is_numbered,
    level_by_name,
    list_styles,
    outline_level,
    read_parts,
)
from quoth.parsing.gathering import Gathering, OpenParagraph
from quoth.parsing.table_header import LONGEST_ROW
from quoth.parsing.text_builder import TextBuilder
from quoth.records import BlockKind, Parsed

_DROPPED: Final = frozenset({"del", "moveFrom", "delText", "instrText", "rPr", "rt", "sectPr", "tblPr", "trPr", "tcPr"})
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_EMBEDDED: Final = "part of it is another file, put in whole, and was not read; open it in Word and save it again"
_DATE_OF_TEMPLATE: Final = "2013-12-23T23:15:00Z"
"""That of the template of python-docx, which many programs write with and leave as it is."""
_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def parse_docx(path: Path) -> Parsed:
    """Table rows are blocks whose cells a tab separates. Headers, footers and deleted text are left out."""
    parts = read_parts(path)
    builder = TextBuilder()
    body = child(parts["document"], "body")
    walk = _Walk(builder, parts.get("styles"))
    if body is not None:
        walk.walk(body)
    _add_notes(parts.get("footnotes"), "Footnotes", builder, walk)
    _add_notes(parts.get("endnotes"), "Endnotes", builder, walk)
    comments = [part for part in parts.get("comments", ()) if local_name(part) == "comment"]
    add_comments(builder, map(_comment, comments), walk.walk_each)
    is_whole = next(parts["document"].iter("{*}altChunk"), None) is None
    return builder.finish("docx", _about(parts.get("core"), walk.title), "" if is_whole else _EMBEDDED)


class _Walk:
    """One pass without recursion: files may nest as deep as they like."""

    def __init__(self, builder: TextBuilder, styles: Any) -> None:
        self._builder = builder
        self._levels = heading_levels(styles)
        self._lists = list_styles(styles)
        self._found = Gathering(builder, self._add)
        self.title: str | None = None
        """Of the first paragraph in the style Title."""

    def walk_each(self, roots: Iterable[Any]) -> None:
        for root in roots:
            self.walk(root)

    def walk(self, root: Any) -> None:
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            name = local_name(element)
            if name in _DROPPED or (name == "Fallback" and _has_choice(element)):
                if event == "start":
                    events.skip_subtree()
            elif event == "start":
                self._enter(element, name)
            else:
                self._leave(element, name)

    def _enter(self, element: Any, name: str) -> None:
        found = self._found
        if name == "p":
            found.open_paragraph()
        elif name == "pPr" and found.paragraph:
            found.paragraph.element = element
        elif name == "tr" and found.takes_row and self._is_row_of_data(element):
            found.open_row(element)
        elif name == "tc":
            found.open_cell()
        elif name == "tbl":
            found.open_table()
        elif found.paragraph and _is_in_run(element):
            found.paragraph.pieces.append(element.text or "" if name == "t" else _CHARACTERS.get(name, ""))

    def _leave(self, element: Any, name: str) -> None:
        if name == "p" and self._found.paragraph:
            self._found.close_paragraph()
        elif name == "tbl":
            self._found.close_table()
        elif name == "tr":
            self._found.close_row(element, is_header=_marks_header(element))

    def _add(self, paragraph: OpenParagraph, text: str) -> None:
        kind, level = self._kind_of(paragraph.element)
        if level and text.strip() and self.title is None and self._style(paragraph.element).lower() == "title":
            self.title = " ".join(text.split())
        self._builder.add(text, kind, level)

    def _kind_of(self, properties: Any) -> tuple[BlockKind, int]:
        level = outline_level(properties)
        style = self._style(properties)
        if level is None:
            level = self._levels.get(style) or (0 if self._levels else level_by_name(style))
        if level:
            return "heading", min(level, 6)
        numbered = is_numbered(properties)
        return ("list" if (style in self._lists if numbered is None else numbered) else "paragraph"), 0

    def _style(self, properties: Any) -> str:
        return value(child(properties, "pStyle")) or ""

    def _is_row_of_data(self, row: Any) -> bool:
        length = 0
        for element in row.iter("{*}tbl", "{*}pPr", "{*}t"):
            name = local_name(element)
            if name == "tbl" or (name == "pPr" and self._kind_of(element)[0] == "heading"):
                return False
            length += len(element.text or "") if name == "t" else 0
            if length > LONGEST_ROW:
                return False
        return True


def _marks_header(row: Any) -> bool | None:
    """None where it does not say: hardly anybody sets it."""
    mark = child(child(row, "trPr"), "tblHeader")
    return True if mark is not None and value(mark) not in ("0", "false", "off") else None


def _is_in_run(element: Any) -> bool:
    """A "tab" is also a tab stop of the paragraph's properties."""
    parent = element.getparent()
    return parent is not None and local_name(parent) in {"r", "fld"}


def _has_choice(fallback: Any) -> bool:
    """Word writes a text box twice, for itself and for older programs."""
    return child(fallback.getparent(), "Choice") is not None


def _add_notes(notes: Any, section: str, builder: TextBuilder, walk: _Walk) -> None:
    kept = [note for note in notes if value(note, "type") not in _SEPARATORS] if notes is not None else []
    if kept:
        builder.start_section(section)
    walk.walk_each(kept)


def _comment(element: Any) -> Comment:
    return Comment(value(element, "author") or "", value(element, "date") or "", [element])


def _about(core: Any, title: str | None) -> About:
    """`title`: the one in the text, which goes before that of the metadata."""
    told_title, author, date = (words(child(core, name)) for name in ("title", "creator", "created"))
    found = about(told_title, author, "" if date == _DATE_OF_TEMPLATE else date)
    return replace(found, title=title or found.title)
