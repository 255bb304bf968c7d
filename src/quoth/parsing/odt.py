"""OpenDocument texts, packed or flat: body, text boxes, notes and comments, as they read with all changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from lxml import etree

from quoth.parsing.about import About, about
from quoth.parsing.archive import child, local_name, value, words
from quoth.parsing.comments import Comment, add_comments
from quoth.parsing.gathering import Gathering, OpenParagraph
from quoth.parsing.odt_package import name_of, read_parts, titles_among
from quoth.parsing.table_header import LONGEST_ROW
from quoth.parsing.text_builder import TextBuilder
from quoth.records import BlockKind, Parsed

_DROPPED: Final = frozenset(
    {"text:tracked-changes", "text:ruby-text", "text:script", "office:forms", "svg-compatible:title"}
)
_DROPPED_ENDINGS: Final = ("-source", "-decls", ":desc", ":event-listeners")
"""Of names: how indexes are made, declarations, what pictures are described as."""
_ASIDE: Final = frozenset({"text:note", "office:annotation"})
_HOLDERS: Final = frozenset(
    f"text:{name}" for name in ("list", "list-item", "list-header", "section", "index-body", "index-title")
)
_NO_TEXT: Final = frozenset({"drawing", "table", "office", "svg-compatible", "dr3d", "form", "script"})
"""Families of elements that hold others and no text of their own."""
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
_SPACES: Final = re.compile(r"[ \t\n\r]+")
_MOST_SPACES: Final = 1_000
"""For which one element may stand; a file of a few bytes can ask for two thousand million."""
_DEEPEST_LEVEL: Final = 6


def parse_odt(path: Path) -> Parsed:
    """Table rows are blocks whose cells a tab separates. Page heads and feet and deleted text are left out."""
    parts = read_parts(path)
    builder = TextBuilder()
    walk = _Walk(builder, titles_among(parts.styles))
    walk.walk([parts.body])
    for kind, section in (("footnote", "Footnotes"), ("endnote", "Endnotes")):
        notes = [note for note in walk.aside["text:note"] if (value(note, "note-class") or "footnote") == kind]
        if notes:
            builder.start_section(section)
        walk.walk(child(note, "note-body") for note in notes)
    add_comments(builder, map(_comment, walk.aside["office:annotation"]), walk.walk)
    return builder.finish("odt", _about(parts.meta, walk.title))


class _Walk:
    """Passes without recursion: files may nest as deep as they like."""

    def __init__(self, builder: TextBuilder, titles: frozenset[str]) -> None:
        self._builder = builder
        self._titles = titles
        self._found = Gathering(builder, self._add)
        self._lists = 0
        self.title = ""
        """The first paragraph in the style Title."""
        self.aside: dict[str, list[Any]] = {name: [] for name in _ASIDE}
        """Notes and comments that were met, in order."""

    def walk(self, roots: Iterable[Any]) -> None:
        for root in roots:
            if root is not None:
                self._walk(root)

    def _walk(self, root: Any) -> None:
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            name = name_of(element)
            is_skipped = name in _DROPPED or name.endswith(_DROPPED_ENDINGS) or name in _ASIDE
            if event == "start" and is_skipped:
                events.skip_subtree()
                if name in _ASIDE:
                    self.aside[name].append(element)
            elif event == "start":
                self._enter(element, name)
            elif not is_skipped:
                self._leave(element, name)
            paragraph = self._found.paragraph
            if event == "end" and element is not root and paragraph and _holds_text(name_of(element.getparent())):
                _write_text(paragraph, element.tail)

    def _enter(self, element: Any, name: str) -> None:
        found = self._found
        if name in ("text:p", "text:h"):
            found.open_paragraph(element)
        elif name == "text:list":
            self._lists += 1
        elif name == "table:table-row" and found.takes_row and _is_row_of_data(element):
            found.open_row(element)
        elif name in _CELLS:
            found.open_cell()
        elif name == "table:table":
            found.open_table()
        if found.paragraph:
            _write(found.paragraph, element, name)

    def _leave(self, element: Any, name: str) -> None:
        if name == "text:list":
            self._lists -= 1
        elif self._found.paragraph and element is self._found.paragraph.element:
            self._found.close_paragraph()
        elif name == "table:table":
            self._found.close_table()
        elif name == "table:table-row":
            is_marked = name_of(element.getparent()) == "table:table-header-rows"
            self._found.close_row(element, is_header=is_marked or None)

    def _add(self, paragraph: OpenParagraph, text: str) -> None:
        kind, level = self._kind_of(paragraph.element)
        if level and name_of(paragraph.element) == "text:p" and not self.title:
            self.title = " ".join(text.split())
        self._builder.add(text, kind, level)

    def _kind_of(self, element: Any) -> tuple[BlockKind, int]:
        if name_of(element) == "text:h":
            level = value(element, "outline-level") or "1"
            return "heading", min(max(int(level), 1), _DEEPEST_LEVEL) if level.isdecimal() else 1
        if value(element, "style-name") in self._titles:
            return "heading", 1
        return ("list" if self._lists else "paragraph"), 0


def _write(paragraph: OpenParagraph, element: Any, name: str) -> None:
    if name == "text:s":
        count = value(element, "c") or "1"
        paragraph.pieces.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
    elif name in ("text:tab", "text:line-break"):
        paragraph.pieces.append("\t" if name == "text:tab" else "\n")
    elif _holds_text(name):
        _write_text(paragraph, element.text)


def _write_text(paragraph: OpenParagraph, text: str | None) -> None:
    """With blanks as they are shown: one for many, none at the beginning (OpenDocument 1.3, part 3, 6.1.2)."""
    text = _SPACES.sub(" ", text or "")
    if not paragraph.pieces or paragraph.pieces[-1].endswith((" ", "\n")):
        text = text.removeprefix(" ")
    if text:
        paragraph.pieces.append(text)


def _holds_text(name: str) -> bool:
    return name not in _HOLDERS and name.partition(":")[0] not in _NO_TEXT


def _is_row_of_data(row: Any) -> bool:
    length = 0
    for element in row.iter("{*}table", "{*}h", "{*}p"):
        if local_name(element) != "p":
            return False
        length += sum(map(len, element.itertext()))
        if length > LONGEST_ROW:
            return False
    return True


def _comment(annotation: Any) -> Comment:
    paragraphs = [part for part in annotation if local_name(part) in ("p", "h", "list")]
    return Comment(words(child(annotation, "creator")), words(child(annotation, "date")), paragraphs)


def _about(meta: Any, title: str) -> About:
    """`title`: the one in the text, which goes before that of the metadata."""
    creator = words(child(meta, "initial-creator")) or words(child(meta, "creator"))
    date = words(child(meta, "creation-date")) or words(child(meta, "date"))
    return about(title or words(child(meta, "title")), creator, date)
