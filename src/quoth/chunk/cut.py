"""Where to cut a sentence that is too long for the model."""

from __future__ import annotations

import re
import unicodedata

from quoth.records import Span

_CLAUSE = re.compile(r"[;:](?=\s)|[；：]|[–—](?=\s)|—")
_COMMA = re.compile(r"[,؛،](?=\s)|[，、]")
_SPACE = re.compile(r"(?<![-\u2010\u00ad\s])\s+")
"""Not after a hyphen at the end of a line, which would leave halves of a word on both sides."""
_ZERO_WIDTH_JOINER = "\u200d"
_LONGEST_CLUSTER = 64
"""Code points; longer ones are noise, and are cut."""


def cut_sentence(text: str, span: Span) -> tuple[Span, Span] | None:
    """Two parts without white space at their edges; None for what can't be cut.

    Cut near the middle at a clause mark, else at a comma, else at the white space nearest to the middle; a stretch
    without white space between two characters that a reader sees.
    """
    for place in _places(text, span):
        left, right = text[span.start : place], text[place : span.end]
        if left.strip() and right.strip():
            start = place + len(right) - len(right.lstrip())
            return Span(span.start, span.start + len(left.rstrip())), Span(start, span.end)
    return None


def _places(text: str, span: Span) -> list[int]:
    quarter = len(span) // 4
    middle = Span(span.start + quarter, span.end - quarter)
    found = [_nearest(mark, text, middle) for mark in (_CLAUSE, _COMMA)]
    found.append(_nearest(_SPACE, text, span))
    places = [place for place in found if place is not None]
    return places or [_between_characters(text, span)]


def _nearest(mark: re.Pattern[str], text: str, within: Span) -> int | None:
    ends = [match.end() for match in mark.finditer(text, within.start, within.end)]
    middle = (within.start + within.end) // 2
    return min(
        (end for end in ends if within.start < end < within.end), key=lambda end: abs(end - middle), default=None
    )


def _between_characters(text: str, span: Span) -> int:
    middle = (span.start + span.end) // 2
    for distance in range(min(_LONGEST_CLUSTER, len(span) // 2)):
        for at in (middle - distance, middle + distance):
            if span.start < at < span.end and not _is_inside_character(text, at):
                return at
    return middle


def _is_inside_character(text: str, at: int) -> bool:
    """Whether a reader sees one character around `at`: accents, joined emoji, flags, Hangul made of letters."""
    before, after = text[at - 1], text[at]
    return (
        unicodedata.category(after).startswith("M")
        or _ZERO_WIDTH_JOINER in (before, after)
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= after <= "\U000e007f"  # tags of subdivision flags
        or "\u1160" <= after <= "\u11ff"  # vowels and final consonants
        or (_is_flag_letter(before) and _is_flag_letter(after) and _flag_letters_before(text, at) % 2 == 1)
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_letters_before(text: str, at: int) -> int:
    first = at
    while first > 0 and at - first < _LONGEST_CLUSTER and _is_flag_letter(text[first - 1]):
        first -= 1
    return at - first
