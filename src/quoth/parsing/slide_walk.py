"""The shapes of a slide, of its notes or of a diagram to blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from quoth.parsing.archive import child, local_name, value
from quoth.parsing.table_header import LONGEST_ROW, TableHeader
from quoth.parsing.text_builder import TextBuilder
from quoth.records import BlockKind, Locator

_TITLES: Final = frozenset({"title", "ctrTitle"})
_FURNITURE: Final = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
"""Placeholders that repeat on every slide."""
_NOT_ITEMS: Final = frozenset({"subTitle"})
_NOT_SHOWN: Final = frozenset({"pres", "parTrans", "sibTrans"})
"""Points of a diagram that are none of its words."""


def title_of(slide: Any) -> str:
    """Its lines, as they stand on the slide; "" without any."""
    for shape in slide.iter("{*}sp"):
        if _placeholder(shape) in _TITLES:
            lines = [_text(paragraph) for paragraph in shape.iter("{*}p")]
            return "\n".join(line for line in lines if line.strip())
    return ""


class SlideWalk:
    """One pass without recursion: groups may nest as deep as they like."""

    def __init__(self, builder: TextBuilder, at: Locator, *, has_title: bool = False) -> None:
        """`has_title`: whether the first title among the shapes is in the text already."""
        self._builder = builder
        self._at = at
        self._header = TableHeader(builder)
        self._kind: BlockKind = "paragraph"
        self._row: Any = None
        self._cells: list[str] = []
        self._awaits_title = has_title

    def walk(self, root: Any) -> Iterator[str]:
        """Gives the relation of each diagram where it stands among the shapes."""
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            name = local_name(element)
            if event == "end":
                self._leave(element, name)
            elif self._is_skipped(element, name):
                events.skip_subtree()
            elif name == "relIds":
                yield value(element, "dm") or ""
            else:
                self._enter(element, name)

    def walk_diagram(self, data: Any) -> None:
        for point in data.iter("{*}pt"):
            if point.get("type") not in _NOT_SHOWN:
                for paragraph in point.iter("{*}p"):
                    self._builder.add(_text(paragraph), "list", at=self._at)

    def _is_skipped(self, element: Any, name: str) -> bool:
        if name == "Fallback":
            return child(element.getparent(), "Choice") is not None
        if name != "sp":
            return False
        placeholder = _placeholder(element)
        if placeholder in _TITLES and self._awaits_title:
            self._awaits_title = False
            return True
        return placeholder in _FURNITURE

    def _enter(self, element: Any, name: str) -> None:
        if name == "sp":
            placeholder = _placeholder(element)
            is_body = placeholder is not None and placeholder not in _NOT_ITEMS | _TITLES
            self._kind = "list" if is_body else "paragraph"
        elif name == "tbl":
            self._header.begin()
        elif name == "tr":
            self._row, self._cells = element, []
        elif name == "tc" and self._row is not None:
            self._cells.append("")
        elif name == "p":
            self._add(_text(element))

    def _leave(self, element: Any, name: str) -> None:
        if element is self._row:
            text = "\t".join(self._cells)
            if text.strip():
                self._header.pass_row(self._cells)
                self._builder.add(text, "table" if len(text) <= LONGEST_ROW else "paragraph", at=self._at)
            self._row = None
        elif name == "tbl":
            self._header.begin()
        elif name == "sp":
            self._kind = "paragraph"

    def _add(self, text: str) -> None:
        if self._row is not None and self._cells:
            self._cells[-1] = " ".join(f"{self._cells[-1]} {text}".split())
        else:
            self._builder.add(text, self._kind, at=self._at)


def _placeholder(shape: Any) -> str | None:
    """Its type; "obj" where it tells none, as the standard has it; None for a shape that is no placeholder."""
    found = next(shape.iterfind("{*}nvSpPr/{*}nvPr/{*}ph"), None)
    return None if found is None else found.get("type", "obj")


def _text(paragraph: Any) -> str:
    pieces = [element for element in paragraph.iter("{*}t", "{*}br") if not _is_twice(element, paragraph)]
    return "".join("\n" if local_name(piece) == "br" else piece.text or "" for piece in pieces)


def _is_twice(element: Any, within: Any) -> bool:
    """What newer programs show in another way is written twice, as formulas are."""
    for above in element.iterancestors():
        if above is within:
            return False
        if local_name(above) == "Fallback" and child(above.getparent(), "Choice") is not None:
            return True
    return False
