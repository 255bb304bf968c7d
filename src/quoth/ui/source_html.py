"""A document as HTML, beside the conversation: the part around a passage, with the passage marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from quoth.citing import line_number
from quoth.records import Citation, Document, Span, place_of
from quoth.ui.address import Address
from quoth.ui.citation_html import render_path
from quoth.ui.labels import say
from quoth.ui.render_html import Html, cut, element, escape, join

WINDOW = 40_000
"""Characters of a document sent to the browser at once."""
_LINE_SEARCH = 2_000  # characters looked through for the beginning of a line
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def render_source(document: Document, address: Address, citation: Citation | None) -> Html:
    """`citation` is that of `address.passage`; None when the document was opened without one."""
    shown = choose_window(document.text, address)
    return element(
        "article",
        element(
            "header",
            element(
                "div",
                element("h2", element("bdi", escape(document.info.title)), class_="title", id="source-title"),
                _place(document, citation),
            ),
            _close(address.asked),
            class_="source-head",
        ),
        element(
            "div",
            _turn_page("prev", say("Earlier"), replace(address, at=max(0, shown.start - WINDOW)))
            if shown.start
            else Html(""),
            element("div", _render_text(document, shown, address), class_="text"),
            _turn_page("next", say("Later"), replace(address, at=shown.end))
            if shown.end < len(document.text)
            else Html(""),
            class_="scroll",
            tabindex="0",
            role="region",
            aria_label=say("Text of the document"),
        ),
        class_="document",
        aria_labelledby="source-title",
    )


def render_unopened(asked: Address, message: str) -> Html:
    """In place of a document that could not be opened, with the reason."""
    return element(
        "article",
        element(
            "header", element("h2", escape(say("Not opened")), class_="title"), _close(asked), class_="source-head"
        ),
        element("p", escape(message), class_="problem", role="alert"),
        class_="document",
    )


def choose_window(text: str, address: Address) -> Span:
    """At most WINDOW characters, whole lines where they are short: from `address.at`, else around the passage."""
    start = address.at
    if start is None:
        passage = address.passage or Span(0, 0)
        start = (passage.start + min(passage.end, passage.start + WINDOW)) // 2 - WINDOW // 2
    start = _line_start(text, min(max(0, start), max(0, len(text) - 1)))
    end = min(len(text), start + WINDOW)
    if end < len(text):
        end = max(start + 1, _line_start(text, end))
    return Span(start, end)


def _line_start(text: str, offset: int) -> int:
    found = text.rfind("\n", max(0, offset - _LINE_SEARCH), offset)
    if found >= 0:
        return found + 1
    return 0 if offset <= _LINE_SEARCH else offset


def _close(asked: Address) -> Html:
    return element("a", escape(say("Close")), class_="close", href=asked.search, data_open=True)


def _place(document: Document, citation: Citation | None) -> Html:
    place = place_of(citation, say) if citation else ""
    where = element("span", escape(place)) if place else Html("")
    return element("p", where, render_path(document.info.source, document.info.title), class_="place")


def _turn_page(relation: str, label: str, address: Address) -> Html:
    link = element("a", escape(label), href=address.search, data_open=True, rel=relation)
    return element("p", link, class_="turn-page")


def _render_text(document: Document, shown: Span, address: Address) -> Html:
    return join(
        element("div", _render_lines(document, part, address), class_="sheet", data_page=label or False)
        for part, label in _split_pages(document, shown)
    )


def _split_pages(document: Document, shown: Span) -> Iterator[tuple[Span, str]]:
    """The shown part, cut where a page begins, with the label of the page ("" where the format has none)."""
    starts, label, page = [(shown.start, "")], "", None
    for run in document.runs:
        if run.start >= shown.end:
            break
        if run.locator.page == page:
            continue
        page = run.locator.page
        label = say("Page {page}", page=run.locator.page_label or str(page)) if page is not None else ""
        if run.start <= shown.start:
            starts = [(shown.start, label)]
        else:
            starts.append((run.start, label))
    ends = [start for start, _ in starts[1:]] + [shown.end]
    for (start, name), end in zip(starts, ends, strict=True):
        yield Span(start, end), name


def _render_lines(document: Document, part: Span, address: Address) -> Html:
    """Every line an element of its own, its end included, so that the text of them all is the text of the document."""
    number = line_number(document.text, part.start) if document.is_file_text else 0
    lines = []
    for match in _LINE.finditer(document.text, part.start, part.end):
        if match[0]:
            content = _render_pieces(document, Span(*match.span()), address)
            lines.append(element("div", content, class_="line", dir="auto", data_line=str(number) if number else False))
            number += 1 if number else 0
    return join(lines)


def _render_pieces(document: Document, line: Span, address: Address) -> Html:
    passage = (address.passage,) if address.passage else ()
    groups, names = ((passage, address.marks), ("", "span", "mark")) if address.marks else ((passage,), ("", "mark"))
    return join(
        element(names[depth], escape(piece.of(document.text)), class_="cited")
        if depth
        else escape(piece.of(document.text))
        for piece, depth in cut(line, groups)
    )
