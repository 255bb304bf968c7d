"""A text without its furniture, such as page heads, and where each part of that stands. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from quoth.records.text import Span

MOST_SPACE = 80
"""Characters of white space on either side of furniture that go with it: longer than a line is a gap, not a space."""
_BEFORE = re.compile(rf"\s{{1,{MOST_SPACE}}}\Z")
_AFTER = re.compile(rf"\s{{0,{MOST_SPACE}}}")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class BareText:
    """`text` is made of slices of the whole one, in order."""

    text: str
    starts: tuple[int, ...]
    """Where each slice begins in `text`."""
    origins: tuple[int, ...]
    """Where it begins in the whole text."""
    breaks: tuple[int, ...] = ()
    """Where in `text` a line end stands for a page head or times: nothing else says that a line ends there."""

    @classmethod
    def of(cls, text: str, slices: Sequence[Span]) -> BareText:
        """`slices` are in order and do not overlap."""
        kept = [one for one in slices if len(one)] or [Span(0, 0)]
        starts = tuple(accumulate((len(one) for one in kept[:-1]), initial=0))
        return cls("".join(one.of(text) for one in kept), starts, tuple(one.start for one in kept))

    @property
    def places(self) -> list[int]:
        """Where each character of `text` stands in the whole one."""
        ends = (*self.starts[1:], len(self.text))
        slices = zip(self.starts, ends, self.origins, strict=True)
        return [place for start, end, origin in slices for place in range(origin, origin + end - start)]

    def find(self, offset: int) -> int:
        """What `text` has of an offset of the whole one; of what was left out, the place where that would stand."""
        piece = bisect_right(self.origins, offset) - 1
        if piece < 0:
            return 0
        end = (*self.starts[1:], len(self.text))[piece]
        return min(self.starts[piece] + offset - self.origins[piece], end)

    def origin(self, span: Span) -> Span:
        """Where a stretch of `text`, not an empty one, stands in the whole one."""
        return Span(self._place(span.start), self._place(span.end - 1) + 1)

    def _place(self, offset: int) -> int:
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]


def without_furniture(text: str, furniture: Sequence[Span]) -> BareText:
    """`furniture` as in `Document`. Of a page head or times, with the white space around, a line end is left.

    Marks without letters, such as those of a quotation, go alone: what stands around them tells where paragraphs end.
    """
    slices, breaks, at = [], [], 0
    for gap, line_end in _gaps(text, furniture):
        slices += [Span(at, gap.start), line_end]
        at = gap.end
        if len(line_end):
            breaks.append(line_end.start)
    bare = BareText.of(text, [*slices, Span(at, len(text))])
    return replace(bare, breaks=tuple(map(bare.find, breaks)))


def spans_within(spans: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """What of `spans`, which are sorted and do not overlap, lies in `span`, in offsets of that slice."""
    first = bisect_right(spans, span.start, key=lambda one: one.end)
    last = bisect_left(spans, span.end, key=lambda one: one.start)
    return tuple(
        Span(max(one.start, span.start) - span.start, min(one.end, span.end) - span.start) for one in spans[first:last]
    )


def widened(span: Span, margin: int, furniture: Sequence[Span]) -> Span:
    """Where in a document so many characters before and after `span` begin and end, furniture not counted."""
    start, end = span.start - margin, span.end + margin
    middle = bisect_right(furniture, span.start, key=lambda one: one.start)
    before, after = middle - 1, middle
    while before >= 0 and furniture[before].end >= start:
        start -= len(furniture[before]) + 2 * MOST_SPACE
        before -= 1
    while after < len(furniture) and furniture[after].start <= end:
        end += len(furniture[after]) + 2 * MOST_SPACE
        after += 1
    return Span(max(0, start), end)


def _gaps(text: str, furniture: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """What is left out, and the line end that is kept of it."""
    for group in _groups(text, furniture):
        hull = Span(group[0].start, group[-1].end)
        # Words stand between two groups, so that no white space belongs to both.
        before = _BEFORE.search(text, max(0, hull.start - MOST_SPACE), hull.start)
        after = _AFTER.match(text, hull.end)
        gap = Span(before.start() if before else hull.start, after.end() if after else hull.end)
        line_end = _LINE_END.search(text, gap.start, gap.end)
        if line_end and any(character.isalnum() for one in group for character in one.of(text)):
            yield gap, Span(*line_end.span())
        else:
            yield from ((one, Span(one.end, one.end)) for one in group)


def _groups(text: str, furniture: Sequence[Span]) -> Iterator[list[Span]]:
    """Furniture with nothing but white space between."""
    group: list[Span] = []
    for one in furniture:
        if group and one.start > group[-1].end and not text[group[-1].end : one.start].isspace():
            yield group
            group = []
        group.append(one)
    if group:
        yield group
