"""Words that the end of a line parts: whether their hyphen goes, and what they are searched as. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quoth.records.bare import MOST_SPACE, BareText, without_furniture
from quoth.records.document import Document
from quoth.records.text import Span

HYPHENS = "-\u2010"
SOFT_HYPHEN = "\u00ad"
_END = r"(?:\r\n|\r|\n)"
_BLANK = r"[ \t]*+"
_PARTED = re.compile(
    rf"(?<![{HYPHENS}\w'’])(?P<left>[^\W\d_]+)[{HYPHENS}]{_BLANK}{_END}\s*+(?P<right>[^\W\d_]++)(?![{HYPHENS}'’]?\w)"
)
_LINE_END_HYPHEN = re.compile(rf"(?<=([^\W_]))([{HYPHENS}{SOFT_HYPHEN}]){_BLANK}{_END}\s*+(?=([^\W_]))")
_MEETS = rf"(?<=[^\W\d_].){_BLANK}{_END}\s{{0,{MOST_SPACE}}}+(?=[^\W\d_])"
_HALVES_MEET, _HALVES_MEET_AT_ANY = re.compile(f"-{_MEETS}"), re.compile(f"[{HYPHENS}]{_MEETS}")
"""`re` finds one character eight times as fast as one of two."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_ADJOINING = re.compile(rf"[{HYPHENS}\w'’]+")
_ADJOINING_BEFORE = re.compile(rf"[{HYPHENS}\w'’]+\Z")
SECOND_THERE = re.compile(r"(?:und|oder|sowie|bzw|bis|and|or|och|eller|og)\b")
"""After "pre-": its hyphen stands for a second half that follows, "pre- and postwar"."""
_LONG_HALF = 4
_LONGEST_HALF = 40


@dataclass(frozen=True, slots=True)
class PartedWord:
    """Letters before and after a hyphen at the end of a line, which may have made two words of one."""

    gap: Span
    """From the hyphen to where the word goes on."""
    left: str
    right: str


def find_parted(document: Document, span: Span) -> tuple[int, ...]:
    """Where in `span` of the document a hyphen stands that is there for the end of the line only.

    So it is where the document has the word in one piece elsewhere, or another word that begins with a long first half
    and two letters of the second ("evaluation" for "evalu-" and "ated"), and has it nowhere with its hyphen.
    """
    bare = without_furniture(span.of(document.text), document.furniture_in(span))
    found = list(_PARTED.finditer(bare.text))
    if not found:
        return ()
    folded = document.text.casefold()
    hyphens = [one.end("left") for one in found if _is_one_word(one["left"], one["right"], folded)]
    return tuple(span.start + bare.origin(Span(at, at + 1)).start for at in hyphens)


def undo_hyphens(text: str) -> str:
    """For its meaning: `text` without what parts words at the ends of lines; all else stays as it is.

    Where nothing tells a compound from a word that was parted, "wellknown" is less of a loss than "evalu-ated".
    """
    return _LINE_END_HYPHEN.sub(lambda found: _rejoined(found, is_hyphen_kept=False), text)


def join_hyphens(text: str) -> str:
    """For its words: as `undo_hyphens`, but with all hyphens; word analysis has a compound of two both ways.

    Words that it would not see, "l'évaluation" or "self-evaluated", stand at the end once more, in one piece.
    """
    joined = _LINE_END_HYPHEN.sub(lambda found: _rejoined(found, is_hyphen_kept=True), text)
    return " ".join([joined, *_odd_words(text)])


def parted_words(text: str, among: str | None = None) -> Iterator[PartedWord]:
    """Words of letters; of one in three parts the first two. `among`: those that may stand in this folded text."""
    last = 0
    for found in (_HALVES_MEET if text.isascii() or "\u2010" not in text else _HALVES_MEET_AT_ANY).finditer(text):
        if among is not None and (text[found.start() - 1] + text[found.end()]).casefold() not in among:
            continue
        left = _LETTERS_BEFORE.search(text, max(0, found.start() - _LONGEST_HALF), found.start())
        right = _LETTERS.match(text, found.end(), found.end() + _LONGEST_HALF)
        if left and right and left.start() >= last and not SECOND_THERE.match(text, found.end()):
            last = right.end()
            yield PartedWord(Span(*found.span()), left[0], right[0])


def in_one_piece(text: str, words: Iterable[PartedWord]) -> BareText:
    """`text` with these words of it whole; `words` are in order."""
    edges = [0, *(offset for word in words for offset in (word.gap.start, word.gap.end)), len(text)]
    return BareText.of(text, list(map(Span, edges[::2], edges[1::2])))


def _odd_words(text: str) -> Iterator[str]:
    for word in parted_words(text):
        start, end = word.gap.start - len(word.left), word.gap.end + len(word.right)
        before = _ADJOINING_BEFORE.search(text, max(0, start - _LONGEST_HALF), start)
        after = _ADJOINING.match(text, end, end + _LONGEST_HALF)
        if before or after:
            yield f"{before[0] if before else ''}{word.left}{word.right}{after[0] if after else ''}"


def _rejoined(found: re.Match[str], *, is_hyphen_kept: bool) -> str:
    before, hyphen, after = found.groups()
    is_of_letters = before.isalpha() and after.isalpha()
    if SECOND_THERE.match(found.string, found.end()) or (is_hyphen_kept and not is_of_letters):
        return found[0]
    is_parted = hyphen == SOFT_HYPHEN or (is_of_letters and not after.isupper())
    return hyphen if is_hyphen_kept or not is_parted else ""


def _is_one_word(left: str, right: str, folded: str) -> bool:
    if not (left[-1].islower() and right.islower()):
        return False
    first, second = left.casefold(), right.casefold()
    if any(_stands(f"{first}{hyphen}{second}", folded, is_whole=False) for hyphen in HYPHENS):
        return False
    if len(first) < _LONG_HALF or len(second) < _LONG_HALF:  # "independent" says nothing of "in-" and "depth"
        return _stands(first + second, folded, is_whole=True)
    return _stands(first + second[:2], folded, is_whole=False)


def _stands(beginning: str, text: str, *, is_whole: bool) -> bool:
    """Whether a word of `text` begins, or is whole, like this."""
    at = text.find(beginning)
    while at >= 0:
        after = text[at + len(beginning) : at + len(beginning) + 1]
        if not text[max(0, at - 1) : at].isalnum() and not (is_whole and after.isalnum()):
            return True
        at = text.find(beginning, at + 1)
    return False
