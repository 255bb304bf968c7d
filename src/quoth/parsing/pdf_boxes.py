"""Where a stretch of a page's text stands on the page: offsets to boxes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quoth.records import Span

SCALE = 100_000
"""Parts of a page's width, and of its height, that frames are counted in."""
Frame = tuple[int, int, int, int]
"""Left, top, right and bottom, from the upper left corner of the page as it is displayed."""
_Owner = tuple[int, Frame]
"""Index of the line that a character stands on, and its frame."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    text: str
    frames: tuple[Frame, ...]
    """Of each character of `text`."""
    hyphen: Frame | None = None
    """Of the hyphen after it that parts its last word."""


def boxes_of(lines: Sequence[PlacedLine], text: str, span: Span) -> tuple[Frame, ...]:
    """One box for each line that has part of `span`, in reading order.

    `text` is the page's part of the document's text, as `write_pages` made it from the same lines; `span` counts in it.
    A line that is not the one in the text has no box.
    """
    owners = _owners(lines, text)
    by_line: dict[int, list[Frame]] = {}
    for offset in range(span.start, min(span.end, len(text))):
        for line, frame in owners.get(offset, ()):
            by_line.setdefault(line, []).append(frame)
    boxes = (_around(frames) for _, frames in sorted(by_line.items()))
    return tuple(box for box in boxes if box[0] < box[2] and box[1] < box[3])


def _owners(lines: Sequence[PlacedLine], text: str) -> dict[int, tuple[_Owner, ...]]:
    """What stands on the page for each offset. With the rest of a parted word goes the hyphen before it."""
    owners: dict[int, tuple[_Owner, ...]] = {}
    position = taken = 0
    for index, line in enumerate(lines):
        rest = line.text[taken:].lstrip()
        start = text.find(rest, len(text) - len(text[position:].lstrip()))
        taken = 0
        if start < 0 or text[position:start].strip() or not (rest or line.hyphen):
            continue
        shift = len(line.text) - len(rest) - start
        for offset in range(start, start + len(rest)):
            if not text[offset].isspace() and offset + shift < len(line.frames):
                owners[offset] = ((index, line.frames[offset + shift]),)
        position = start + len(rest)
        if line.hyphen:
            following = lines[index + 1] if index + 1 < len(lines) else None
            taken = _part_word(owners, text, position, (index, line.hyphen), following)
            position += taken + (text[position : position + 1] == "-")
    return owners


def _part_word(
    owners: dict[int, tuple[_Owner, ...]], text: str, position: int, hyphen: _Owner, following: PlacedLine | None
) -> int:
    """Place what ends a line at a hyphen; return how much of the next line's text it is."""
    before: tuple[_Owner, ...] = (hyphen,)
    if text[position : position + 1] == "-":
        owners[position] = before
        position, before = position + 1, ()
    word = following.text.split(maxsplit=1)[0] if following else ""
    if following is None or not text.startswith(word, position):
        return 0
    for number, offset in enumerate(range(position, position + len(word))):
        if number < len(following.frames):
            owners[offset] = (*(before if not number else ()), (hyphen[0] + 1, following.frames[number]))
    return len(word)


def _around(frames: Sequence[Frame]) -> Frame:
    columns = tuple(zip(*frames, strict=True))
    return min(columns[0]), min(columns[1]), max(columns[2]), max(columns[3])
