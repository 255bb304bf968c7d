"""Paragraphs, list items and headings of plain text, from the way its lines lie.

Wrapped text is unwrapped by judging each gap between two lines: may the sentence go on over it? Blank lines are
believed only in files where they seldom stand in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quoth.records import Block, Span
from quoth.segment.headings import mark_headings
from quoth.segment.lines import Line, first_word_columns, printed_columns, read_lines
from quoth.segment.marks import begins_item, ends_open, ends_sentence

Gap = tuple[Line, Line]
"""Two neighbouring lines."""
FULL = 0.8
"""Share of the usual width from which a line counts as full."""
BELIEVED = 0.2
"""Share of stray blanks up to which a blank after a final mark more often than not ends a paragraph."""
_NARROWEST, _WIDEST = 30, 220
_SLACKS = (0, 2, 4, 6)
_WORD_END = re.compile(r"[\w,]$")
_PARTED = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
"""A word that goes on in the next line."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of one file lie. `width` is the 90th percentile of the line widths, in columns."""

    width: float
    is_wrapped: bool
    slack: int | None = None
    """Columns left over at most where the next word had no room; None when lines end where they please."""
    has_stray_blanks: bool = False
    blank_share: float = 0.0
    """Of the gaps over which a sentence runs on that hold a blank line."""
    blanks_separate: bool = False
    """Paragraphs end with a blank line, whatever else has one."""
    indents_paragraphs: bool = False
    margin: int = 0
    usual_blanks: int = 1


def find_blocks(text: str, furniture: Sequence[Span] = ()) -> tuple[Block, ...]:
    """Headings, list items and paragraphs of a plain text, in order; white space around them belongs to none."""
    lines, layout = measure_layout(read_lines(text, furniture))
    if not lines:
        return ()
    groups = [[lines[0]]]
    for previous, line in pairwise(lines):
        if _starts_block(previous, line, layout, groups[-1][0]):
            groups.append([line])
        else:
            groups[-1].append(line)
    blocks = [_block(group) for group in groups]
    return mark_headings(blocks, groups, layout.width if layout.is_wrapped else 0)


def measure_layout(lines: Sequence[Line]) -> tuple[Sequence[Line], Layout]:
    """The layout, and the lines with their widths in the kind of font in which they are filled most evenly."""
    layout = _measure(lines)
    if layout.is_wrapped and layout.slack != 0:
        printed = [replace(line, width=line.indent + printed_columns(line.text)) for line in lines]
        other = _measure(printed)
        if other.slack is not None and (layout.slack is None or other.slack < layout.slack):
            return printed, other
    return lines, layout


def _measure(lines: Sequence[Line]) -> Layout:
    """Shares were set on known paragraphs in ten layouts (tests/test_segment_layouts.py)."""
    widths = sorted(line.width for line in lines)
    width = 0 if not lines else widths[-1] if len(lines) < 10 else widths[len(widths) * 9 // 10]
    if not lines or not _is_wrapped(lines, widths, width):
        return Layout(width, is_wrapped=False)
    gaps = list(pairwise(lines))
    margin = Counter(line.indent for line in lines).most_common(1)[0][0]
    running_on = [gap for gap in gaps if gap[0].width >= 0.6 * width and not ends_sentence(gap[0].text)]
    blank_gaps = [gap for gap in gaps if gap[1].blanks]
    cut = sum(previous.width >= 0.75 * width and not ends_sentence(previous.text) for previous, _ in blank_gaps)
    blanks = Counter(line.blanks for _, line in blank_gaps).most_common(1)
    return Layout(
        width,
        is_wrapped=True,
        slack=_slack(running_on, width),
        has_stray_blanks=len(blank_gaps) >= 3 and cut >= 0.2 * len(blank_gaps),
        blank_share=_share_with_blank(running_on),
        blanks_separate=_share_with_blank(_sure_ends(gaps, width)) >= 0.8,
        indents_paragraphs=_indents_paragraphs(gaps, width, margin),
        margin=margin,
        usual_blanks=blanks[0][0] if blanks else 1,
    )


def _sure_ends(gaps: Sequence[Gap], width: float) -> Sequence[Gap]:
    """Gaps after a line that ends a sentence at half the width: paragraphs end there."""
    return [gap for gap in gaps if gap[0].width <= 0.6 * width and ends_sentence(gap[0].text)]


def _share_with_blank(gaps: Sequence[Gap]) -> float:
    return sum(line.blanks > 0 for _, line in gaps) / len(gaps) if gaps else 0.0


def _slack(running_on: Sequence[Gap], width: float) -> int | None:
    """Least slack at which hardly a line that runs on had room for the next word."""
    rooms = [_room(previous, line, width) for previous, line in running_on]
    for slack in _SLACKS:
        if sum(room >= slack for room in rooms) <= 0.05 * len(rooms):
            return slack
    return None


def _is_wrapped(lines: Sequence[Line], widths: Sequence[float], width: float) -> bool:
    full = [line for line in lines if FULL * width <= line.width <= 1.12 * width]
    run_on = sum(not ends_sentence(line.text) for line in full)
    return (
        _NARROWEST <= width <= _WIDEST
        and len(full) >= 0.35 * len(lines)
        # One address or table row may stick out; where many lines do, a line is a paragraph.
        and widths[max(0, len(widths) * 98 // 100 - 1)] <= 1.6 * width
        # Lines that all end sentences were not cut by a margin.
        and run_on >= 0.4 * len(full)
    )


def _indents_paragraphs(gaps: Sequence[Gap], width: float, margin: int) -> bool:
    ended = [
        line
        for previous, line in gaps
        if not line.blanks and previous.width < FULL * width and ends_sentence(previous.text)
    ]
    return len(ended) >= 2 and sum(line.indent >= margin + 2 for line in ended) >= 0.6 * len(ended)


def _room(previous: Line, line: Line, width: float) -> float:
    """Columns that would have been left had the next word been put on the line; negative when it had no room."""
    return width - previous.width - 1 - first_word_columns(line.text)


def _has_room(previous: Line, line: Line, layout: Layout) -> bool:
    return _room(previous, line, layout.width) >= (layout.slack or 0)


def _starts_block(previous: Line, line: Line, layout: Layout, first: Line) -> bool:
    separated = line.blanks > 0 or line.page != previous.page
    if begins_item(line.text) and _is_item(previous, separated, layout, first):
        return True
    if not layout.is_wrapped:
        return not _prose_goes_on(previous, line)
    if separated:
        return _starts_after_blank(previous, line, layout)
    return _starts_after_line(previous, line, layout)


def _is_item(previous: Line, separated: bool, layout: Layout, first: Line) -> bool:
    """A dash or "12." that wrapping put at the start of a line begins no item."""
    if separated or not layout.is_wrapped or begins_item(first.text):
        return True
    return ends_sentence(previous.text) or previous.text.endswith(":") or previous.width < FULL * layout.width


def _prose_goes_on(previous: Line, line: Line) -> bool:
    """Whether a sentence goes on in a file without a right margin: cut by a page, or written clause by clause."""
    if line.blanks or ends_sentence(previous.text) or not line.text[0].islower():
        return False
    if line.page != previous.page or _PARTED.search(previous.text):
        return True
    return previous.text.count(" ") >= 4 and line.text.count(" ") >= 2 and _WORD_END.search(previous.text) is not None


def _starts_after_blank(previous: Line, line: Line, layout: Layout) -> bool:
    cut_by_page = line.page != previous.page
    stray = layout.has_stray_blanks or cut_by_page
    wide_gap = line.blanks > layout.usual_blanks and not cut_by_page
    if wide_gap and (not stray or ends_sentence(previous.text)):
        return True
    full = previous.width >= FULL * layout.width
    if ends_sentence(previous.text):
        believed = not stray or (layout.blank_share <= BELIEVED and not cut_by_page)
        return believed or not full or _has_room(previous, line, layout) or _is_indented(line, layout)
    if ends_open(previous.text):
        return False
    if line.text[0].islower():
        return not stray and not full
    return not stray or previous.width < 0.75 * layout.width or wide_gap


def _starts_after_line(previous: Line, line: Line, layout: Layout) -> bool:
    full = previous.width >= FULL * layout.width
    room = _has_room(previous, line, layout)
    if ends_sentence(previous.text):
        if _is_indented(line, layout) and (layout.indents_paragraphs or previous.indent < line.indent):
            return True
        if layout.blanks_separate:
            return room and previous.width <= 0.6 * layout.width
        return room and (layout.slack is not None or not full)
    if ends_open(previous.text) or line.text[0].islower():
        return False
    return room and not full


def _is_indented(line: Line, layout: Layout) -> bool:
    return line.indent >= layout.margin + 2


def _block(lines: Sequence[Line]) -> Block:
    return Block(Span(lines[0].start, lines[-1].end), "list" if begins_item(lines[0].text) else "paragraph")
