"""A passage as a quotation: its text, character by character, with the sentences that answer marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quoth.records import Passage, Span
from quoth.ui.render_html import Html, cut, element, escape, join

_LINE_END = r"(?:\r\n|\r|\n)"
_BREAK = re.compile(rf"(?<=\S) ?{_LINE_END}(?: ?{_LINE_END})? ?(?=\S)")
_SHORT_LINE = 45  # characters; shorter lines were meant to end, as in verse and addresses


def render_quote(passage: Passage, highlights: Sequence[Span]) -> Html:
    """Line ends that only the width of the author's page made are wrapped in `<span class="soft">`.

    They stay in the text, and style shows them as spaces: a hard-wrapped quote fills the lines of a narrow window.
    """
    soft = tuple(_soft_breaks(passage))
    text, offset = passage.text, passage.span.start

    def render_piece(piece: Span) -> Html:
        return join(
            element("span", escape(text[part.start - offset : part.end - offset]), class_="soft")
            if depth
            else escape(text[part.start - offset : part.end - offset])
            for part, depth in cut(piece, [soft])
        )

    return element(
        "blockquote",
        *(
            element("mark", render_piece(piece)) if depth else render_piece(piece)
            for piece, depth in cut(passage.span, [highlights])
        ),
        class_="quote",
        dir="auto",
    )


def _soft_breaks(passage: Passage) -> Iterator[Span]:
    """Line ends inside a sentence, after a line that is long or whose beginning is not seen."""
    offset = passage.span.start
    for match in _BREAK.finditer(passage.text):
        before = re.split(_LINE_END, passage.text[: match.start()])
        found = Span(match.start() + offset, match.end() + offset)
        if (len(before) == 1 or len(before[-1]) >= _SHORT_LINE) and any(s.contains(found) for s in passage.sentences):
            yield found
