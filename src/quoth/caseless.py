"""A text as it is compared: composed, in lower case, without invisible characters, and where each of these was. Pure.

A cluster is a character with the marks after it. No composition reaches beyond it, so that clusters can be folded one
by one, and what is found in a folded text never begins or ends inside of one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from quoth.records import Span

IGNORED = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Soft hyphen, zero-width characters and marks of direction: to be put into a character class of `re`."""

_REMOVED = str.maketrans("", "", IGNORED)
# What folds to more than one character; what is not listed is found as well, only slower.
_LONGER = (
    "ßẞŉİ\u0587ﬀ-ﬆﬓ-ﬗ\u0958-\u095f\u09dc\u09dd\u09df\u0a33\u0a36\u0a59-\u0a5b\u0a5e\u0b5c\u0b5d\ufb1d-\ufb4e"
    "\u1f80-\u1faf\u1fb2-\u1fb4\u1fb7\u1fbc\u1fc2-\u1fc4\u1fc7\u1fcc\u1ff2-\u1ff4\u1ff7\u1ffc"
)
_BLOCK_CHARACTERS = 512
_WIDE = re.compile("[\U00010000-\U0001efff\U000e0100-\U000e01ef]")  # not those of emoji


class Caseless:
    """A folded text, in `text`, and where each stretch of it comes from."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        """Where a piece begins in the folded text. A piece is folded character by character, or `_is_uneven`."""
        self._origins = [0]
        self._is_uneven = [False]
        if text.isascii():
            self.text = text.lower()
            return
        self._patterns = _patterns(is_wide=_WIDE.search(text) is not None)
        self._parts: list[str] = []
        self._length = position = 0
        for match in self._patterns.special.finditer(text):
            cluster = match[1].rstrip(IGNORED)
            start = _start_of_cluster(text, match.start(), position) if cluster else match.start()
            end = match.start() + len(cluster)
            self._add_run(text, position, start)
            if cluster:
                self._add(_fold(text[start:end].translate(_REMOVED)), start, is_uneven=True)
            if end < match.end():
                self._add("", end, is_uneven=True)
            position = match.end()
        self._add_run(text, position, len(text))
        self.text = "".join(self._parts)
        self._add("", len(text), is_uneven=False)

    def original(self, start: int, end: int) -> Span | None:
        """Where a stretch of the folded text, at least one character, stands in the text; None for parts of pieces."""
        if len(self._starts) == 1:
            return Span(start, end)
        first, last = bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1) - 1
        if self._is_uneven[first] and start > self._starts[first]:
            return None
        begin = self._origins[first] + start - self._starts[first]
        if not self._is_uneven[last]:
            return Span(begin, self._origins[last] + end - self._starts[last])
        return Span(begin, self._origins[last + 1]) if end == self._starts[last + 1] else None

    def _add_run(self, text: str, start: int, end: int) -> None:
        """What holds no ignored character and no cluster that goes on beyond it."""
        if (folded := _evenly_folded(text[start:end])) is not None:
            self._add(folded, start, is_uneven=False)
            return
        for block in self._patterns.blocks.finditer(text, start, end):
            if (folded := _evenly_folded(block[0])) is not None:
                self._add(folded, block.start(), is_uneven=False)
            else:
                self._add_clusters(text, *block.span())

    def _add_clusters(self, text: str, start: int, end: int) -> None:
        position = start
        for match in self._patterns.marks.finditer(text, start, end):
            base = _start_of_cluster(text, match.start(), position)
            self._add_unmarked(text, position, base)
            self._add(_fold(text[base : match.end()]), base, is_uneven=True)
            position = match.end()
        self._add_unmarked(text, position, end)

    def _add_unmarked(self, text: str, start: int, end: int) -> None:
        """Every character is a cluster, and none folds to nothing: the lengths agree where each folds to one."""
        folded = _fold(text[start:end])
        if len(folded) == end - start:
            self._add(folded, start, is_uneven=False)
            return
        for position in range(start, end):
            self._add(_fold(text[position]), position, is_uneven=True)

    def _add(self, folded: str, origin: int, *, is_uneven: bool) -> None:
        self._starts.append(self._length)
        self._origins.append(origin)
        self._is_uneven.append(is_uneven)
        self._parts.append(folded)
        self._length += len(folded)


@cache
def continues(character: str) -> bool:
    """Whether it belongs to the character before it: marks, vowels and final consonants of decomposed Korean."""
    return character != "" and (
        unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff" or character in "ﾞﾟ"
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _evenly_folded(text: str) -> str | None:
    """The folded text if each of its characters comes from the one at its place; None where that is not certain."""
    if not unicodedata.is_normalized("NFC", text):
        return None
    folded = text.casefold()
    return folded if len(folded) == len(text) and unicodedata.is_normalized("NFC", folded) else None


def _start_of_cluster(text: str, start: int, first: int) -> int:
    """Of the cluster to which the character at `start` belongs, not before `first`. White space takes no marks."""
    if not continues(text[start]) and text[start] not in IGNORED:
        return start
    while start > first and continues(text[start - 1]):
        start -= 1
    return start - (start > first and not text[start - 1].isspace())


@dataclass(frozen=True, slots=True)
class _Patterns:
    special: re.Pattern[str]
    """An ignored or a longer character with what continues it, and the line break after a soft hyphen.

    It begins with one class of characters, because `re` is fast at skipping what is not in it.
    """
    marks: re.Pattern[str]
    blocks: re.Pattern[str]


@cache
def _patterns(*, is_wide: bool) -> _Patterns:
    """`is_wide`: for texts that may hold marks beyond U+FFFF, `re` is slow at classes with them.

    There are no marks between the last letters and the variation selectors, from U+E0100 on.
    """
    codes = (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)) if is_wide else range(0x300, 0x10000)
    marks = "".join(chr(code) for code in codes if continues(chr(code)))
    return _Patterns(
        re.compile(f"([{IGNORED}{_LONGER}][{IGNORED}{marks}]*)(?:(?<=\u00ad)[ \t]*\r?\n[ \t]*)?"),
        re.compile(f"[{marks}]+"),
        re.compile(f".{{1,{_BLOCK_CHARACTERS}}}[{marks}]*", re.DOTALL),
    )
