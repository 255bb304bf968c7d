"""Sentences as spans. The only module that imports sentencex, which finds boundaries in one masked block at a time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import sentencex

from quoth.records import Block, Span
from quoth.segment.marks import begins_item
from quoth.segment.mask import blank_out, mask_delimiters, mask_for_engine
from quoth.segment.repair import is_boundary, settle

Group = tuple[Block, tuple[Span, ...]]
"""A block and its sentences."""

MOST_AT_ONCE = 4_000
"""Characters the engine gets at once: where text is not ASCII its time grows with the square."""
_DOUBTFUL = 600
"""Characters from which a sentence is split again without regard to its quotes and brackets."""
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_LAST_SPACE = re.compile(r"\s(?=\S*$)")
_INNER_MARK = re.compile(r"[.!?].")
_NEXT_LETTER = re.compile(r"\w[.!?]+[\"')\]”’»]*\s+([^\W\d_])")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def split_sentences(
    text: str, blocks: Sequence[Block], *, language: str = "und", furniture: Sequence[Span] = ()
) -> tuple[Group, ...]:
    """Blocks with their sentences, in order. Headings are one sentence, code and tables one per line.

    What is visible in a block stands in exactly one sentence, furniture excepted: between sentences it is left out,
    inside one the span runs over it. A block with nothing but furniture is left out. `language` is an ISO 639 code;
    "und" and unknown ones are treated as English.
    """
    code = _engine_code(language)
    informal = _is_informal(text)
    ordered = sorted(furniture)
    groups = []
    for block in blocks:
        hidden = _touching(block.span, ordered)
        spans: list[Span] = []
        for part in _parts(text, block):
            clean = blank_out(text, part, hidden)
            is_prose = block.kind in ("paragraph", "list")
            cuts = _cuts(clean, code, informal) if is_prose else [0, len(clean)]
            spans.extend(_trimmed(clean, cuts, part.start))
        if spans:
            groups.append((block, tuple(spans)))
    return tuple(groups)


def _engine_code(language: str) -> str:
    base = language.replace("_", "-").split("-")[0].lower()
    return base if _LANGUAGE.fullmatch(base) and base != "und" else "en"


def _is_informal(text: str) -> bool:
    """Whether a third of the sentences begin in lower case, as in chats."""
    following = _NEXT_LETTER.findall(text)
    return len(following) >= 5 and 3 * sum(letter.islower() for letter in following) >= len(following)


def _touching(span: Span, ordered: Sequence[Span]) -> Sequence[Span]:
    first = bisect_right(ordered, span.start, key=lambda hidden: hidden.end)
    return ordered[first : bisect_left(ordered, span.end, key=lambda hidden: hidden.start)]


def _parts(text: str, block: Block) -> Iterator[Span]:
    """Stretches that no sentence crosses."""
    if block.kind in ("code", "table"):
        for line in _LINE.finditer(text, block.span.start, block.span.end):
            yield from _short_parts(text, Span(*line.span()))
    elif block.kind == "list":
        lines = _LINE.finditer(text, block.span.start, block.span.end)
        items = {line.start() for line in lines if begins_item(line.group().lstrip())}
        yield from (Span(start, end) for start, end in pairwise(sorted({block.span.start, *items, block.span.end})))
    else:
        yield block.span


def _short_parts(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > MOST_AT_ONCE:
        cut = start + _last_resort(text[start : start + MOST_AT_ONCE])
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _last_resort(window: str) -> int:
    """Where to cut text that shows no end of a sentence: after its last white space, else at its end."""
    space = _LAST_SPACE.search(window, len(window) // 2)
    return space.end() if space else len(window)


def _cuts(clean: str, code: str, informal: bool) -> list[int]:
    """Offsets where sentences begin, and the end. The last sentence of one window is the first of the next."""
    cuts = [0]
    while len(clean) - cuts[-1] > MOST_AT_ONCE:
        start = cuts[-1]
        window = clean[start : start + MOST_AT_ONCE]
        found = _window_cuts(window, code, informal)[1:-1] or [_last_resort(window)]
        cuts.extend(start + cut for cut in found)
    start = cuts[-1]
    cuts.extend(start + cut for cut in _window_cuts(clean[start:], code, informal)[1:])
    return cuts


def _window_cuts(clean: str, code: str, informal: bool) -> list[int]:
    if clean.isascii() and not _INNER_MARK.search(clean):
        return [0, len(clean)]
    masked = mask_for_engine(clean)
    cuts = _repaired(clean, _engine_cuts(masked, code), code, informal)
    if all(end - start <= _DOUBTFUL for start, end in pairwise(cuts)):
        return cuts
    bare = mask_delimiters(masked)
    finer = {0, len(clean)}
    for start, end in pairwise(cuts):
        finer.add(start)
        if end - start > _DOUBTFUL:
            again = _repaired(clean[start:end], _engine_cuts(bare[start:end], code), code, informal)
            finer.update(start + cut for cut in again)
    return sorted(finer)


def _engine_cuts(masked: str, code: str) -> list[int]:
    return [found["start_index"] for found in sentencex.get_sentence_boundaries(code, masked)][1:]


def _repaired(clean: str, cuts: Sequence[int], code: str, informal: bool) -> list[int]:
    kept = [0]
    for found in cuts:
        cut = settle(clean, found)
        if kept[-1] < cut < len(clean) and is_boundary(clean, kept[-1], cut, german=code == "de", informal=informal):
            kept.append(cut)
    return [*kept, len(clean)]


def _trimmed(clean: str, cuts: Sequence[int], offset: int) -> Iterator[Span]:
    """Spans between the cuts without the white space at their edges; none for white space alone."""
    for start, end in pairwise(cuts):
        piece = clean[start:end]
        words = piece.strip()
        if words:
            begin = offset + start + len(piece) - len(piece.lstrip())
            yield Span(begin, begin + len(words))
