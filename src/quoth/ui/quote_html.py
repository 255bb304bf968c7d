"""A passage as a quotation: as it reads, with the sentences that answer marked. Where they stand, its spans say."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.records import ReadingText, Span
from quoth.ui.render_html import Html, cut, element, escape


def render_quote(reading: ReadingText, highlights: Sequence[Span], span: Span | None = None) -> Html:
    """`span`, in offsets of the document, is the part of it that is quoted; None for the whole."""
    return element(
        "blockquote",
        *(
            element("mark", escape(reading.of(piece))) if depth else escape(reading.of(piece))
            for piece, depth in cut(span or reading.span, [highlights])
        ),
        class_="quote",
        dir="auto",
    )
