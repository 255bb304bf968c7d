"""The elements of an HTML page to blocks, as a browser would show them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from quoth.parsing.table_header import LONGEST_ROW, TableHeaders
from quoth.parsing.text_builder import TextBuilder
from quoth.records import BlockKind, Locator

Locate = Callable[[str | None], Locator]
_DROPPED: Final = frozenset(
    {
        "head",
        "script",
        "style",
        "nav",
        "template",
        "noscript",
        "iframe",
        "object",
        "noframes",
        "rp",
        "rt",
        "textarea",
        "select",
    }
)
# fmt: off
_BLOCKS: Final = frozenset({
    "html", "body", "p", "div", "section", "article", "main", "aside", "header", "footer", "address",
    "blockquote", "center",
    "figure", "figcaption", "caption", "h1", "h2", "h3",
    "h4", "h5", "h6", "ul", "ol", "dl", "li",
    "dt", "dd", "pre", "table", "thead", "tbody", "tfoot",
    "tr", "td", "th", "form", "fieldset", "legend", "details", "summary", "hgroup", "hr", "menu", "dir", "search",
    "dialog",
})
# fmt: on
_KINDS: Final[dict[str, BlockKind]] = {"li": "list", "dt": "list", "dd": "list", "pre": "code"}
_CELLS: Final = frozenset({"td", "th"})
_HEADING = re.compile(r"h([1-6])$")
_NOT_IN_ROWS: Final = ("table", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
_SPACES = re.compile(r"[ \t\n\r\f]+")


def by_anchor(anchor: str | None) -> Locator:
    return Locator(anchor=anchor)


class HtmlWalk:
    """One pass over the elements without recursion; text gathers in `_line` until a block begins or ends."""

    def __init__(self, builder: TextBuilder, locate: Locate = by_anchor) -> None:
        """`locate`: id of the nearest element at or before a block, None without any, to where that is."""
        self._builder = builder
        self._locate = locate
        self._tables = TableHeaders(builder)
        self._line: list[str] = []
        self._anchor: str | None = None
        self._line_anchor: str | None = None
        self._kinds: list[tuple[BlockKind, int]] = [("paragraph", 0)]
        self._row: Any = None
        self._preformatted = 0
        self._unplaced: list[str] = []
        self.starts: dict[str, int] = {}
        """Id of an element to where, in the text, the block begins that it stands in or before."""

    # Elements are lxml's, which has no types.
    def walk(self, root: Any) -> None:
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag in _DROPPED or not tag:
                if event == "start":
                    events.skip_subtree()
                else:
                    self._write(element.tail)
            elif event == "start":
                self._enter(element, tag)
            else:
                self._leave(element, tag)
        self._flush()
        self._place(self._builder.length)

    def _enter(self, element: Any, tag: str) -> None:
        if self._is_break(tag):
            self._flush()
        if self._row is None:
            self._enter_table(element, tag)
        if tag in _CELLS and self._row is not None and self._line:
            self._line.append("\t")
        anchor = element.get("id") or (tag == "a" and element.get("name"))
        if anchor:
            self._anchor = anchor
            self._unplaced.append(anchor)
        if tag in _BLOCKS:
            self._kinds.append(self._kind_of(tag))
        if tag == "pre":
            self._preformatted += 1
        if tag == "br":
            self._write_raw("\n" if self._row is None else " ")
        self._write(element.text)

    def _enter_table(self, element: Any, tag: str) -> None:
        if tag == "table":
            self._tables.enter()
        elif tag == "tr" and _is_row_of_data(element):
            self._row = element

    def _leave(self, element: Any, tag: str) -> None:
        if self._row is element:
            self._flush()
            self._row = None
        elif self._is_break(tag):
            self._flush()
            if tag == "table":
                self._tables.leave()
        elif tag in _BLOCKS:
            self._write_raw(" ")
        if tag in _BLOCKS:
            self._kinds.pop()
        if tag == "pre":
            self._preformatted -= 1
        self._write(element.tail)

    def _is_break(self, tag: str) -> bool:
        return tag in _BLOCKS and self._row is None

    def _kind_of(self, tag: str) -> tuple[BlockKind, int]:
        heading = _HEADING.match(tag)
        if heading:
            return "heading", int(heading.group(1))
        if self._row is not None:
            return "table", 0
        inherited = self._kinds[-1]
        return (_KINDS[tag], 0) if tag in _KINDS else inherited

    def _write(self, text: str | None) -> None:
        if text:
            self._write_raw(text if self._preformatted and self._row is None else _SPACES.sub(" ", text))

    def _write_raw(self, text: str) -> None:
        if not self._line:
            self._line_anchor = self._anchor
        self._line.append(text)

    def _flush(self) -> None:
        text = "".join(self._line)
        self._line.clear()
        if not text.strip():
            return
        kind, level = self._kinds[-1]
        if self._row is not None:
            cells = [" ".join(cell.split()) for cell in text.split("\t")]
            self._tables.pass_row(cells, is_header=_marks_header(self._row))
            text = "\t".join(cells)
        elif kind == "code":
            text = text.replace("\r\n", "\n").strip("\r\n")
        else:
            text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text))
        self._builder.add(text, kind, level, self._locate(self._line_anchor))
        self._place(self._builder.last_start)

    def _place(self, start: int) -> None:
        for anchor in self._unplaced:
            self.starts.setdefault(anchor, start)
        self._unplaced.clear()


def _marks_header(row: Any) -> bool:
    """Whether all its cells are headers. A name beside its value is none, and pages are laid out in cells as well."""
    cells = [cell.tag for cell in row if cell.tag in _CELLS]
    return set(cells) == {"th"} or row.getparent().tag == "thead"


def _is_row_of_data(row: Any) -> bool:
    if next(row.iter(*_NOT_IN_ROWS), None) is not None:
        return False
    length = 0
    for piece in row.itertext():
        length += len(piece)
        if length > LONGEST_ROW:
            return False
    return True
