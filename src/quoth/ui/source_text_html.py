"""The text of a document as HTML: a part of it, page by page and line by line, with what is to be seen marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.citing import line_number
from quoth.records import Document, Span
from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.quote_html import lang_of
from quoth.ui.render_html import Html, cut, element, escape, join

WINDOW = 40_000
"""Characters of a document sent to the browser at once."""
_LINE_SEARCH = 2_000  # characters looked through for the beginning of a line
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a text; what comes later in this list is seen where both are."""

    others: tuple[Span, ...] = ()
    """Further passages of the answer, in order."""
    passage: Span | None = None
    sentences: tuple[Span, ...] = ()
    """Highlights of the passage."""
    found: tuple[Span, ...] = ()
    """What the reader looked for, in order, not overlapping."""
    current: Span | None = None
    """The one of `found` that is shown."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's part of the shown text."""

    span: Span
    number: int | None = None
    """From 1; None where the format has no pages."""
    label: str = ""


def choose_window(text: str, address: Address, current: Span | None = None) -> Span:
    """At most WINDOW characters, whole lines where they are short.

    Around what was found (`current`), else from `address.at`, else around the passage.
    """
    if len(text) <= WINDOW:
        return Span(0, len(text))
    start = address.at
    if start is None or current:
        passage = current or address.passage or Span(0, 0)
        start = (passage.start + min(passage.end, passage.start + WINDOW)) // 2 - WINDOW // 2
    start = _line_start(text, min(max(0, start), max(0, len(text) - 1)))
    end = min(len(text), start + WINDOW)
    if end < len(text):
        end = max(start + 1, _line_start(text, end))
    return Span(start, end)


def split_sheets(document: Document, shown: Span) -> Iterator[Sheet]:
    """The shown part, cut where a page begins."""
    sheets, page = [Sheet(shown)], None
    for run in document.runs:
        if run.start >= shown.end:
            break
        number = run.locator.page
        if number == page:
            continue
        page = number
        label = say("Page {page}", page=run.locator.page_label or str(page)) if page is not None else ""
        if run.start <= shown.start:
            sheets = [Sheet(shown, number, label)]
        else:
            sheets[-1] = Sheet(Span(sheets[-1].span.start, run.start), sheets[-1].number, sheets[-1].label)
            sheets.append(Sheet(Span(run.start, shown.end), number, label))
    yield from sheets


def render_lines(document: Document, part: Span, marks: Marks, at: int | None) -> Html:
    """Every line an element of its own, its end included, so that the text of them all is the text of the document.

    The line that holds the offset `at` is one to scroll to.
    """
    number = line_number(document.text, part.start) if document.is_file_text else 0
    lines = []
    for match in _LINE.finditer(document.text, part.start, part.end):
        if match[0]:
            span = Span(*match.span())
            lines.append(
                element(
                    "div",
                    _render_pieces(document.text, span, marks),
                    class_="line",
                    dir="auto",
                    lang=lang_of(document.info.language),
                    data_line=str(number) if number else False,
                    data_at=at is not None and span.start <= at < span.end,
                )
            )
            number += 1 if number else 0
    return join(lines)


def touching(spans: Sequence[Span], part: Span) -> Sequence[Span]:
    """Those of `spans`, in order and not overlapping, that hold at least a character of `part`."""
    first = bisect_right(spans, part.start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, part.end, key=lambda span: span.start)]


def _render_pieces(text: str, line: Span, marks: Marks) -> Html:
    passage = (marks.passage,) if marks.passage else ()
    current = (marks.current,) if marks.current else ()
    others = [span for span in marks.others if span.start < line.end and line.start < span.end]
    groups = (others, passage, marks.sentences, touching(marks.found, line), current)
    kinds = (
        ("", ""),
        ("span", "other"),
        ("span" if marks.sentences else "mark", "cited"),
        ("mark", "cited"),
        ("mark", "found"),
        ("mark", "found current"),
    )
    return join(_render_piece(escape(piece.of(text)), *kinds[depth]) for piece, depth in cut(line, groups))


def _render_piece(piece: Html, name: str, kind: str) -> Html:
    return element(name, piece, class_=kind) if name else piece


def _line_start(text: str, offset: int) -> int:
    found = text.rfind("\n", max(0, offset - _LINE_SEARCH), offset)
    if found >= 0:
        return found + 1
    return 0 if offset <= _LINE_SEARCH else offset
