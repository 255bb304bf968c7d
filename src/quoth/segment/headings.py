"""Which blocks of a plain text are headings: short, without a final mark, with text below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from quoth.records import Block
from quoth.segment.lines import Line
from quoth.segment.marks import ends_sentence

MOST_LINES = 3
MOST_COLUMNS = 80
MOST_WORDS = 14
MOST_IN_A_ROW = 3
MOST_TIMES = 2
"""A line that comes back more often is a refrain, an interjection or a row."""
_LETTER = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?\s+[^\W\d_]")
_ROMAN = re.compile(r"[IVX]{1,6}[.)]\s+[^\W\d_]")
_ROW_OR_SPEECH = re.compile(r"[|\t]|^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]*:\s")
_IMPRINT = re.compile(
    r"(?:sources?|authors?|by|dates?|published|updated|photos?|credits?|tags?|keywords|url|e-?mail|tel|fuentes?|autor(?:es|in)?"
    r"|fecha|quellen?|datum|foto|auteurs?|par|publié)\s*:\s",
    re.IGNORECASE,
)
"""What a text says about itself ("Sources: Reuters"), not about what stands below."""
_OPEN_ENDS = ":,;-–—：，；、"
_CHAPTER = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]*\s+)?(?:\d{1,4}|[IVXLC]{1,8})\.?")


def mark_headings(blocks: Sequence[Block], lines: Sequence[Sequence[Line]], width: float) -> tuple[Block, ...]:
    """`lines[i]` are those of `blocks[i]`; `width` is that of wrapped text, 0 when lines are paragraphs.

    Longer rows of heading-like lines are a list of contents or verse: of them only the last can be a heading. A
    heading right below another one gets level 2, others level 1.
    """
    most = 0.75 * width if width else MOST_COLUMNS
    titles = [" ".join(line.text for line in group[:MOST_LINES]) for group in lines]
    times = Counter(titles)
    likely = [
        _is_short(lines[index], most)
        and _reads_like_heading(title, is_item=blocks[index].kind == "list")
        and times[title] <= MOST_TIMES
        and not _is_beside_number(index, titles)
        for index, title in enumerate(titles)
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


def _is_short(lines: Sequence[Line], most_columns: float) -> bool:
    return len(lines) <= MOST_LINES and all(line.width <= most_columns for line in lines)


def _reads_like_heading(words: str, *, is_item: bool) -> bool:
    letters = _LETTER.findall(words)
    # Rows of figures and lines that begin in lower case are no headings; nor is "ANNA: Is it late" in a play.
    if 2 * len(letters) < len(words) - words.count(" ") or letters[0].islower() or len(words.split()) > MOST_WORDS:
        return False
    if _ROW_OR_SPEECH.search(words) or _IMPRINT.match(words) or (is_item and not _NUMBERED.match(words)):
        return False
    return not (ends_sentence(words) or words[-1] in _OPEN_ENDS) or _is_title(words)


def _is_title(words: str) -> bool:
    """Headings that end with a full stop all the same: "CHAPTER IV." or "THE STORM."."""
    return words.endswith(".") and (words.isupper() or _CHAPTER.fullmatch(words) is not None)


def _is_beside_number(index: int, titles: Sequence[str]) -> bool:
    """Of numbered lines that follow each other each is an item, none a heading."""
    neighbours = [titles[at] for at in (index - 1, index + 1) if 0 <= at < len(titles)]
    return any(number.match(titles[index]) and any(map(number.match, neighbours)) for number in (_NUMBERED, _ROMAN))
