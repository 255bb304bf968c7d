"""Text to HTML, in one place: whatever comes from a document, a file name or a reader passes `escape`.

`Html` is a type of its own, so that mypy refuses text where markup is wanted. The results go into the default template
of gr.HTML, which inserts them as they are; its `{{value}}` templates would run `${...}` out of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NewType

from quoth.records import Span

Html = NewType("Html", str)

# The parser of browsers makes "\n" of a bare "\r"; as a reference it survives.
REFERENCES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;", "\r": "&#13;"}
)


_VOID = frozenset({"input", "img"})
"""Elements that have no end tag."""


def escape(text: str) -> Html:
    """`text` as markup that shows exactly `text`, in an element or between double quotes."""
    return Html(text.translate(REFERENCES))


def join(parts: Iterable[Html]) -> Html:
    return Html("".join(parts))


def element(name: str, /, *children: Html, **attributes: str | bool) -> Html:
    """`<name attributes>children</name>`. `class_` is class, `data_x` is data-x; False leaves an attribute out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not False)
    return Html(f"<{name}{written}>" if name in _VOID else f"<{name}{written}>{join(children)}</{name}>")


def weave(sentence: str, **parts: Html) -> Html:
    """`sentence` as text, with markup where it has `{name}`."""
    pieces = re.split(r"{(\w+)}", sentence)
    return join(parts[piece] if i % 2 else escape(piece) for i, piece in enumerate(pieces))


def _attribute(key: str, value: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def cut(whole: Span, groups: Sequence[Sequence[Span]]) -> Iterator[tuple[Span, int]]:
    """Cut `whole` where a span of any group begins or ends. Yields (piece, depth), in order, nothing left out.

    `depth` is the number of the last group that covers the piece, counted from 1; 0 when none does.
    """
    edges = sorted(
        (edge, number, change)
        for number, spans in enumerate(groups)
        for span in spans
        for edge, change in ((span.start, 1), (span.end, -1))
    )
    begun, begin = [0] * len(groups), whole.start  # of each group the spans that the sweep is inside of
    for edge, number, change in edges:
        end = min(edge, whole.end)
        if begin < end:
            yield Span(begin, end), _depth(begun)
            begin = end
        begun[number] += change
    if begin < whole.end:
        yield Span(begin, whole.end), _depth(begun)


def _depth(begun: Sequence[int]) -> int:
    return max((number for number, count in enumerate(begun, start=1) if count), default=0)
