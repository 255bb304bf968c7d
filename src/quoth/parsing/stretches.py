"""Stretches of text that are kept as they stand, one below the other: messages of a mailbox, cells of a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quoth.parsing.about import ANONYMOUS, About
from quoth.parsing.decoding import storable
from quoth.parsing.limits import MAX_BLOCKS, MAX_CHARACTERS, TITLE_CHARACTERS
from quoth.parsing.outcome import NO_TEXT, TOO_MUCH_TEXT
from quoth.records import Block, Heading, Locator, Parsed, Run, Span, State, shorten

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text with what is in it; offsets are those in `text`."""

    text: str
    blocks: tuple[Block, ...] = ()
    furniture: tuple[Span, ...] = ()
    outline: tuple[Heading, ...] = ()


def join_stretches(stretches: Sequence[Stretch]) -> Stretch:
    """One below the other, with an empty line between."""
    moved = []
    offset = 0
    for stretch in stretches:
        moved.append(_moved(stretch, offset))
        offset += len(stretch.text) + len(_GAP)
    return Stretch(
        _GAP.join(stretch.text for stretch in stretches),
        tuple(block for stretch in moved for block in stretch.blocks),
        tuple(span for stretch in moved for span in stretch.furniture),
        tuple(heading for stretch in moved for heading in stretch.outline),
    )


class StretchBuilder:
    """Each stretch is one run, so that its lines are counted from its own first line."""

    def __init__(self, max_characters: int = MAX_CHARACTERS, max_blocks: int = MAX_BLOCKS) -> None:
        self._room = max_characters
        self._max_blocks = max_blocks
        self._stretches: list[Stretch] = []
        self._places: list[Locator] = []
        self._blocks = 0
        self.is_full = False
        """Something was left out because a limit was reached."""

    def add(self, stretch: Stretch, at: Locator) -> None:
        """Blank ones are left out, and of one that does not fit what is too much."""
        if not stretch.text.strip() or self.is_full:
            return
        if len(stretch.text) > self._room or self._blocks + len(stretch.blocks) > self._max_blocks:
            self.is_full = True
            stretch = _cut(stretch, self._room, self._max_blocks - self._blocks)
            if not stretch.blocks:
                return
        self._room -= len(stretch.text) + len(_GAP)
        self._blocks += len(stretch.blocks)
        self._stretches.append(replace(stretch, text=storable(stretch.text)))
        self._places.append(at)

    def finish(self, kind: str, about: About = ANONYMOUS, trouble: str = "") -> Parsed:
        """`trouble`: what else was not read, one sentence."""
        whole = join_stretches(self._stretches)
        if self.is_full:
            trouble = "; ".join(filter(None, (trouble, TOO_MUCH_TEXT.format(count=len(whole.text)))))
        if not whole.blocks:
            state = State.DAMAGED if trouble else State.EMPTY
            return Parsed(kind, state=state, reason=trouble or NO_TEXT)
        runs = []
        offset = 0
        for stretch, place in zip(self._stretches, self._places, strict=True):
            runs.append(Run(offset, place))
            offset += len(stretch.text) + len(_GAP)
        return Parsed(
            kind,
            text=whole.text,
            title=shorten(storable(about.title), TITLE_CHARACTERS) or None,
            author=about.author,
            date=about.date,
            runs=tuple(runs),
            blocks=whole.blocks,
            outline=whole.outline,
            furniture=whole.furniture,
            state=State.PARTLY_READ if trouble else State.READ,
            reason=trouble,
        )


def _cut(stretch: Stretch, characters: int, blocks: int) -> Stretch:
    """At most as many of them."""
    last = stretch.blocks[blocks].span.start if blocks < len(stretch.blocks) else len(stretch.text)
    end = max(0, min(last, characters))
    return Stretch(
        stretch.text[:end],
        tuple(
            Block(Span(block.span.start, min(block.span.end, end)), block.kind, block.level)
            for block in stretch.blocks
            if block.span.start < end
        ),
        tuple(Span(span.start, min(span.end, end)) for span in stretch.furniture if span.start < end),
        tuple(heading for heading in stretch.outline if heading.start < end),
    )


def _moved(stretch: Stretch, by: int) -> Stretch:
    if not by:
        return stretch
    return Stretch(  # blocks are many, and `replace` takes four times as long
        stretch.text,
        tuple(Block(_moved_span(block.span, by), block.kind, block.level) for block in stretch.blocks),
        tuple(_moved_span(span, by) for span in stretch.furniture),
        tuple(replace(heading, start=heading.start + by) for heading in stretch.outline),
    )


def _moved_span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
