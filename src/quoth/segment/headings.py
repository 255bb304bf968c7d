"""Which blocks of a plain text are headings: short, without a final mark, with text below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quoth.records import Block
from quoth.segment.lines import Line
from quoth.segment.marks import ends_sentence

MOST_LINES = 3
MOST_COLUMNS = 80
MOST_WORDS = 14
MOST_IN_A_ROW = 3
_LETTER = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXLC]{1,7}[.)])\s+[^\W\d_]")
_CHAPTER = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]*\s+)?(?:\d{1,4}|[IVXLC]{1,8})\.?")


def mark_headings(blocks: Sequence[Block], lines: Sequence[Sequence[Line]], width: float) -> tuple[Block, ...]:
    """`lines[i]` are those of `blocks[i]`; `width` is that of wrapped text, 0 when lines are paragraphs.

    Longer rows of heading-like lines are a list of contents or verse: of them only the last can be a heading. A
    heading right below another one gets level 2, others level 1.
    """
    most = 0.75 * width if width else MOST_COLUMNS
    likely = [
        _looks_like_heading(block, group, most) and not _is_beside_number(index, lines)
        for index, (block, group) in enumerate(zip(blocks, lines, strict=True))
    ]
    marked = list(blocks)
    run = 0
    for index, is_likely in enumerate([*likely, False]):
        if is_likely:
            run += 1
            continue
        # What ends the text heads nothing.
        if run and index < len(blocks):
            first = index - run if run <= MOST_IN_A_ROW else index - 1
            for at in range(first, index):
                marked[at] = replace(blocks[at], kind="heading", level=1 if at == first else 2)
        run = 0
    return tuple(marked)


def _looks_like_heading(block: Block, lines: Sequence[Line], most_columns: float) -> bool:
    if len(lines) > MOST_LINES or any(line.width > most_columns for line in lines):
        return False
    words = " ".join(line.text for line in lines)
    if not _LETTER.search(words) or words[0].islower() or len(words.split()) > MOST_WORDS:
        return False
    if block.kind == "list" and not _NUMBERED.match(words):
        return False
    return not (ends_sentence(words) or words[-1] in ":,;：，；、") or _is_title(words)


def _is_title(words: str) -> bool:
    """Headings that end with a full stop all the same: "CHAPTER IV." or "THE STORM."."""
    return words.endswith(".") and (words.isupper() or _CHAPTER.fullmatch(words) is not None)


def _is_beside_number(index: int, lines: Sequence[Sequence[Line]]) -> bool:
    """Of numbered lines that follow each other each is an item, none a heading."""
    if not _NUMBERED.match(lines[index][0].text):
        return False
    return any(_NUMBERED.match(lines[at][0].text) for at in (index - 1, index + 1) if 0 <= at < len(lines))
