"""A passage cut into lines, each cut into stretches that are highlighted or not. Nothing is added or lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from quoth.records import Hit

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of one line of a quote, as it stands in the document, without the line's end."""

    text: str
    is_highlighted: bool


def lines_of(hit: Hit) -> list[list[Stretch]]:
    """The quote line by line, as the document breaks it; an empty line is an empty list."""
    text = hit.passage.text
    ends = list(_LINE_END.finditer(text))
    starts = [0, *(end.end() for end in ends)]
    stops = [*(end.start() for end in ends), len(text)]
    marked = _marked_spans(hit)
    return [_stretches(text, start, stop, marked) for start, stop in zip(starts, stops, strict=True)]


def _marked_spans(hit: Hit) -> list[tuple[int, int]]:
    """Highlights in offsets of the passage."""
    origin = hit.passage.span.start
    return [(span.start - origin, span.end - origin) for span in hit.highlights]


def _stretches(text: str, start: int, stop: int, marked: list[tuple[int, int]]) -> list[Stretch]:
    edges = {edge for span in marked for edge in span if start < edge < stop}
    # White space at the edge of a line goes with the words beside it.
    inner = {edge for edge in edges if text[start:edge].strip() and text[edge:stop].strip()}
    return [
        Stretch(text[left:right], any(begin < right and left < end for begin, end in marked))
        for left, right in pairwise(sorted({start, stop} | inner))
    ]
