"""A document as HTML, beside the conversation: the part around a passage, with the passage marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quoth.records import Citation, Document, Hit, Original, Span, place_of
from quoth.ui.address import Address
from quoth.ui.citation_html import render_path
from quoth.ui.labels import say
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.source_pages_html import (
    boxes_address,
    has_images,
    render_download,
    render_image,
    render_state,
    render_switch,
)
from quoth.ui.source_text_html import WINDOW, Marks, choose_window, render_lines, split_sheets, touching
from quoth.ui.source_tools_html import (
    Found,
    find_in,
    join_tools,
    other_spans,
    render_find,
    render_outline,
    render_steps,
)


def render_source(
    document: Document,
    address: Address,
    citation: Citation | None = None,
    hits: Sequence[Hit] = (),
    original: Original | None = None,
    remark: str = "",
) -> Html:
    """`citation` is that of `address.passage`; None when the document was opened without one. `hits`: of the answer.

    `original` is the file; None when it is not there. `remark`: what became of the passage since the link was made.
    """
    found = find_in(document, address)
    shown = choose_window(document.text, address, found.current)
    marks = Marks(
        other_spans(address, hits), address.passage, address.marks, tuple(touching(found.spans, shown)), found.current
    )
    return element(
        "article",
        _head(document, address, citation),
        element("p", escape(remark), class_="since", role="status") if remark else Html(""),
        join_tools(
            render_find(address, found),
            render_steps(address, hits),
            render_outline(document, address, _position(address, found)),
            render_switch() if has_images(document, original) else Html(""),
            render_download(document, original),
        ),
        render_state(document, original),
        _render_scroll(document, address, shown, marks, with_images=has_images(document, original)),
        class_="document",
        aria_labelledby="source-title",
    )


def render_unopened(asked: Address, message: str) -> Html:
    """In place of a document that could not be opened, with the reason."""
    title = element("h2", escape(say("Not opened")), class_="title")
    return element(
        "article",
        element("header", title, _close(asked), class_="source-head"),
        element("p", escape(message), class_="problem", role="alert"),
        class_="document",
    )


def _head(document: Document, address: Address, citation: Citation | None) -> Html:
    title = element("h2", element("bdi", escape(document.info.title)), class_="title", id="source-title")
    return element(
        "header",
        element("div", title, _place(document, citation)),
        _close(address.asked),
        class_="source-head",
    )


def _render_scroll(document: Document, address: Address, shown: Span, marks: Marks, *, with_images: bool) -> Html:
    bare = replace(address, find="", at=None)
    earlier, later = replace(bare, at=max(0, shown.start - WINDOW)), replace(bare, at=shown.end)
    at = None if marks.current else address.at
    sheets = (
        element(
            "div",
            render_image(document, sheet) if with_images and sheet.number else Html(""),
            render_lines(document, sheet.span, marks, at),
            class_="sheet",
            data_page=sheet.label or False,
        )
        for sheet in split_sheets(document, shown)
    )
    return element(
        "div",
        _turn_page("prev", say("Earlier"), earlier) if shown.start else Html(""),
        element(
            "div",
            join(sheets),
            class_="text",
            data_boxes=with_images and (boxes_address(address, marks.others, marks.current) or False),
        ),
        _turn_page("next", say("Later"), later) if shown.end < len(document.text) else Html(""),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=say("Text of the document"),
    )


def _close(asked: Address) -> Html:
    return element("a", escape(say("Close")), class_="close", href=asked.search, data_open=True)


def _place(document: Document, citation: Citation | None) -> Html:
    place = place_of(citation, say) if citation else ""
    where = element("span", escape(place)) if place else Html("")
    return element("p", where, render_path(document.info.source, document.info.title), class_="place")


def _turn_page(relation: str, label: str, address: Address) -> Html:
    link = element("a", escape(label), href=address.search, data_open=True, rel=relation)
    return element("p", link, class_="turn-page")


def _position(address: Address, found: Found) -> int:
    """The offset that the reader looks at."""
    if found.current:
        return found.current.start
    if address.at is not None:
        return address.at
    return address.passage.start if address.passage else 0
