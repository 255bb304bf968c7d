"""A passage as a quotation: as it reads, with the sentences that answer marked. Where they stand, its spans say."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.records import ReadingText, Span
from quoth.ui.render_html import Html, cut, element, escape


def render_quote(reading: ReadingText, highlights: Sequence[Span], language: str, span: Span | None = None) -> Html:
    """`span`, in offsets of the document, is the part of it that is quoted; None for the whole. `language`: see
    `lang_of`.
    """
    return element(
        "blockquote",
        *(
            element("mark", escape(reading.of(piece))) if depth else escape(reading.of(piece))
            for piece, depth in cut(span or reading.span, [highlights])
        ),
        class_="quote",
        dir="auto",
        lang=lang_of(language),
    )


def lang_of(language: str) -> str | bool:
    """What an element says of a text in the `language` of its document, so that it is read aloud as such; False, which
    leaves it out, where that is not known.
    """
    return False if language in ("", "und") else language
