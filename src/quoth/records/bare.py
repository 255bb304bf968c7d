"""A text without its furniture, such as page heads, and where each part of that stands. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
        end = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(self.starts[piece] + offset - self.origins[piece], end)

    def origin(self, span: Span) -> Span:
        """Where a stretch of `text`, not an empty one, stands in the whole one."""
        return Span(self._place(span.start), self._place(span.end - 1) + 1)

    def _place(self, offset: int) -> int:
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]

    def breaks(self, whole: str) -> list[int]:
        """Line ends in `text` after which a page head or times were left out: nothing else ended a line there."""
        pieces = zip(self.starts[1:], self.origins, self.starts, self.origins[1:], strict=False)
        lefts = ((start, whole[origin + start - before : after]) for start, origin, before, after in pieces)
        return [at - 1 for at, left in lefts if self.text[at - 1] in "\r\n" and any(map(str.isalnum, left))]


def with_space(text: str, furniture: Sequence[Span]) -> tuple[Span, ...]:
    """What a reader passes over: `furniture`, which is sorted and does not overlap, and what it makes superfluous.

    That is the white space around a page head or the times of a subtitle, but for one line end. Marks without letters,
    such as those of a quotation, go alone: what stands around them tells where paragraphs end.
    """
    return tuple(span for group in _groups(text, furniture) for span in _passed_over(text, group) if len(span))


def blanked(text: str, furniture: Sequence[Span]) -> str:
    """Spaces in the place of what is no part of a sentence, so that offsets stay."""
    kept, end = [], 0
    for span in furniture:
        kept += [text[end : span.start], " " * len(span)]
        end = span.end
    return "".join([*kept, text[end:]]) if kept else text


def without_furniture(text: str, furniture: Sequence[Span]) -> BareText:
    """`furniture` as in `Document`."""
    starts = [0, *(one.end for one in furniture)]
    ends = [*(one.start for one in furniture), len(text)]
    return BareText.of(text, list(map(Span, starts, ends)))


def spans_within(spans: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """What of `spans`, which are sorted and do not overlap, lies in `span`, in offsets of that slice."""
    if spans and not span.start and spans[-1].end <= span.end:
        return tuple(spans)
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
        start -= len(furniture[before])
        before -= 1
    while after < len(furniture) and furniture[after].start <= end:
        end += len(furniture[after])
        after += 1
    return Span(max(0, start), end)


def _passed_over(text: str, group: Sequence[Span]) -> Sequence[Span]:
    first, last = group[0].start, group[-1].end
    # Words stand between two groups, so that no white space belongs to both.
    before = _BEFORE.search(text, max(0, first - MOST_SPACE), first)
    after = _AFTER.match(text, last)
    gap = Span(before.start() if before else first, after.end() if after else last)
    line_end = _LINE_END.search(text, gap.start, gap.end)
    if line_end and any(character.isalnum() for one in group for character in one.of(text)):
        return Span(gap.start, line_end.start()), Span(line_end.end(), gap.end)
    return group


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
