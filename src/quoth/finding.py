"""Where the words that a reader looks for stand in a document: pure.

Letter case, accents and other marks, white space (a line break is a space), soft hyphens, ligatures and the shapes of
quotation marks and dashes make no difference. Parts of words are found as well.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from quoth.records import Span

MOST_FOUND = 20_000
_SHAPES = {
    **dict.fromkeys("'’‘‚‛ʼ＇′`´", "'"),
    **dict.fromkeys('"“”„‟«»＂″', '"'),
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_IGNORED = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def find_words(words: str, text: str) -> tuple[Span, ...]:
    """Where `words` stand in `text`, in order, not overlapping; the first MOST_FOUND of them."""
    sought = "".join(map(_fold, words)).split()
    if not sought:
        return ()
    folded = _FoldedText(text)
    found: list[Span] = []
    for match in re.finditer(r"\s+".join(map(re.escape, sought)), folded.text):
        span = folded.original(*match.span())
        if not found or span.start >= found[-1].end:  # two letters of one ligature are found once
            found.append(span)
        if len(found) == MOST_FOUND:
            break
    return tuple(found)


class _FoldedText:
    """A text without what makes no difference, and where each of its characters comes from."""

    def __init__(self, text: str) -> None:
        table = {character: _fold(character) for character in set(text)}
        self.text = text.translate({ord(character): folded for character, folded in table.items()})
        self._length = len(text)
        self._origins: list[int] = []
        """Where in the original a character stands that folds to none or to several; it, or those after it, ..."""
        self._starts: list[int] = []
        """... begin here in the folded text."""
        uneven = "".join(character for character, folded in table.items() if len(folded) != 1)
        shift = 0
        self._lost = {character for character in uneven if not table[character]}
        self._text = text
        for match in re.finditer(f"[{re.escape(uneven)}]", text) if uneven else ():
            origin = match.start()
            self._origins.append(origin)
            self._starts.append(origin + shift)
            shift += len(table[match[0]]) - 1

    def original(self, start: int, end: int) -> Span:
        """Where a stretch of the folded text, at least one character, stands; with the marks on its last letter."""
        last = self._origin(end - 1) + 1
        while last < self._length and self._text[last] in self._lost:
            last += 1
        return Span(self._origin(start), last)

    def _origin(self, position: int) -> int:
        """Of several characters that one folds to, each comes from it; none comes from a character that is lost."""
        piece = bisect_right(self._starts, position) - 1
        if piece < 0:
            return position
        origin = self._origins[piece]
        width = 0 if self._text[origin] in self._lost else len(_fold(self._text[origin]))
        beyond = position - self._starts[piece] - width
        return origin if beyond < 0 else origin + 1 + beyond


def _fold(character: str) -> str:
    if character in _IGNORED:
        return ""
    plain = unicodedata.normalize("NFKD", _SHAPES.get(character, character).casefold())
    return "".join(part for part in plain if not unicodedata.combining(part)) if plain.strip() else character
