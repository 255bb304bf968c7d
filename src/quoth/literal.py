"""Where the words of a phrase stand in a text, as they are: not in other forms, not in another order. Pure.

Letter case, white space (a line break is a space), soft hyphens, and the shapes of quotation marks, apostrophes and
dashes make no difference, nor does composed or decomposed Unicode, a hyphen at the end of a line or a page head.
Everything else does: accents, punctuation, endings. A phrase begins and ends with whole words, except in scripts that
put no spaces between them; there a line may end anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from quoth.analyze import ELIDING, UNSPACED, analyze_spans
from quoth.caseless import IGNORED, Caseless, continues
from quoth.records import HYPHENS, BareText, Document, Span, in_one_piece, parted_words, without_furniture

CONTEXT = 4
"""Characters beside a match that decide whether it begins and ends with whole words."""

_MOST_SPACE = 80
"""White space longer than a line is a gap, not a space. It also bounds the length of a match."""
_MOST_BLANKS = 20
"""On either side of a line break inside a run without spaces."""
_APOSTROPHES = "'’‘‚‛ʼ＇′"
_QUOTES = '"“”„‟«»＂″'
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PLAIN = str.maketrans({shape: shapes[0] for shapes in (_APOSTROPHES, _QUOTES, _DASHES) for shape in shapes})
_PATTERNS = {
    " ": f"\\s{{1,{_MOST_SPACE}}}",
    "'": f"[{_APOSTROPHES}]",
    '"': f"[{_QUOTES}]",
    # A compound may go on in the next line.
    "-": f"[\\{_DASHES}](?:\r?\n[ \t]{{0,{_MOST_SPACE}}})?",
}
_BLANK = " \t\u00a0\u3000"
_BLANKS = f"[{_BLANK}]{{0,{_MOST_BLANKS}}}"
_BREAK = f"(?:{_BLANKS}\r?\n{_BLANKS})?"
_AFTER_BREAK = re.compile(f"\n{_BLANKS}[{UNSPACED}]")
_IRREGULAR = re.compile(f"[{IGNORED}\u1100-\u11ff]")
_SPACE = ("", " ", "\n")
_WORD = re.compile(r"[^\W\d_]+")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def find(phrase: str, text: str, language: str, furniture: Sequence[Span] = ()) -> list[Span]:
    """Where `phrase` stands in `text`, in order, not overlapping. `language` is that of the text.

    It is found as it stands, and where `furniture`, or a hyphen at the end of a line, parts it: a span then holds that.
    Language matters for apostrophes: they end a word in French, Italian and Catalan; elsewhere only before a final s.
    """
    pattern = _pattern(phrase)
    if pattern is None:
        return []
    folded = Caseless(text)
    found = list(_matches(pattern, folded, language))
    if not _may_be_parted(_plain(phrase), text, folded.text, furniture):
        return found
    bare = without_furniture(text, furniture)
    joined = _joined(bare.text, _plain(phrase))
    if len(joined.starts) == len(bare.starts) == 1:
        return found
    for match in _matches(pattern, Caseless(joined.text), language):
        origin = bare.origin(joined.origin(match))
        if len(origin) != len(match):
            found.append(origin)
    return _apart(found)


def find_within(phrase: str, document: Document, span: Span | None = None) -> list[Span]:
    """Where `phrase` stands in the document, or in `span` of it as if there were no more; its offsets."""
    span = span or Span(0, len(document.text))
    found = find(phrase, span.of(document.text), document.info.language, document.furniture_in(span))
    return [Span(span.start + match.start, span.start + match.end) for match in found]


def in_sentences(matches: Iterable[Span], furniture: Sequence[Span]) -> list[Span]:
    """Those that do not stand in a page head or the like as a whole: no passage is found by what is not said in it."""
    starts = [one.start for one in furniture]
    return [
        match
        for match in matches
        if not (at := bisect_right(starts, match.start)) or not furniture[at - 1].contains(match)
    ]


def touched(starts: Sequence[int], ends: Sequence[int], matches: Iterable[Span]) -> set[int]:
    """Positions of the stretches from `starts` to `ends`, both sorted, that hold at least part of a match."""
    found: set[int] = set()
    for match in matches:
        found.update(range(bisect_right(ends, match.start), bisect_left(starts, match.end)))
    return found


def most_characters(phrase: str) -> int:
    """No match is longer, unless ignored characters or furniture stand in it. A letter with its accents is three."""
    plain = _plain(phrase)
    breaks = sum(_may_break(*both) for both in pairwise(plain))
    spaces = plain.count(" ") + plain.count("-") + len(_WORD.findall(plain))  # a hyphen may part any word
    return 3 * len(plain) + (_MOST_SPACE + _MOST_BLANKS + 3) * spaces + (2 * _MOST_BLANKS + 2) * breaks


def is_irregular(text: str, furniture: Sequence[Span] = ()) -> bool:
    """Whether word analysis may see other words than are seen here.

    So it is with soft hyphens and the like, decomposed Korean, and a line break inside a run without spaces.
    """
    if text.isascii():
        return False
    text = without_furniture(text, furniture).text
    return bool(_IRREGULAR.search(text)) or any(
        _IS_UNSPACED.match(text[max(0, match.start() - _MOST_BLANKS - 2) : match.start()].rstrip(f"{_BLANK}\r")[-1:])
        for match in _AFTER_BREAK.finditer(text)
    )


def cuts_a_word(text: str, at: int) -> bool:
    """Whether a border at `at` leaves parts of a word, of which word analysis makes other words, on both sides."""
    return 0 < at < len(text) and all(c.isalnum() or continues(c) for c in text[at - 1 : at + 1])


def certain_tokens(phrase: str, language: str) -> tuple[str, ...]:
    """Tokens that `analyze` gives for every text in `language` in which the phrase stands, but irregular ones.

    Not among them: words at an apostrophe, parts of words, and most numbers, which may be joined with what stands
    beside them.
    """
    plain = _plain(phrase)
    tokens = [token for token, span in analyze_spans(plain, language) if _is_certain(plain, span)]
    return tuple(dict.fromkeys(tokens))


def _matches(pattern: re.Pattern[str], folded: Caseless, language: str) -> Iterator[Span]:
    position = 0
    while match := pattern.search(folded.text, position):
        start, end = match.span()
        span = folded.original(start, end) if _is_whole(folded.text, start, end, language) else None
        position = end if span else start + 1
        if span:
            yield span


def _may_be_parted(plain: str, text: str, folded: str, furniture: Sequence[Span]) -> bool:
    """False where one of its words stands nowhere, neither whole nor in two pieces: so it is in nearly all texts."""
    missing = [word for word in _WORD.findall(plain) if word not in folded and not _IS_UNSPACED.search(word)]
    halves = (word[:end] for word in missing for end in range(1, len(word)))
    if not missing or any(f"{half}{hyphen}" in folded for half in halves for hyphen in HYPHENS):
        return True
    inside = (one for one in furniture if one.start > 0 and one.end < len(text))
    return any(cuts_a_word(text[one.start - 1] + text[one.end], 1) for one in inside)


def _joined(text: str, plain: str) -> BareText:
    """Without hyphens and line ends inside of words that the folded phrase has in one piece."""
    words = parted_words(text, plain)
    return in_one_piece(text, (word for word in words if Caseless(word.left + word.right).text in plain))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """In order, without those that overlap one before them."""
    apart: list[Span] = []
    for span in sorted(spans):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def _is_certain(plain: str, span: Span) -> bool:
    word = span.of(plain)
    beside = plain[max(0, span.start - 1) : span.start] + plain[span.end : span.end + 1]
    if "'" in word + beside or "-" in word:
        return False
    if _IS_UNSPACED.match(word):
        return sum(not continues(c) for c in word) > 1
    if word[0].isdecimal() and not word.isdecimal():
        return False
    return not any(c in ".," for c in word) and not (word.isdecimal() and (len(word) < 4 or set(beside) & set(".,")))


def _plain(phrase: str) -> str:
    return " ".join(Caseless(phrase).text.translate(_PLAIN).split())


@lru_cache(maxsize=256)
def _pattern(phrase: str) -> re.Pattern[str] | None:
    """For folded text. It begins with characters as they are, which `re` finds fast; edges are checked after it."""
    plain = _plain(phrase)
    places = (_BREAK if _may_break(*both) else "" for both in pairwise(f" {plain}"))
    parts = (place + (_PATTERNS.get(c) or re.escape(c)) for place, c in zip(places, plain, strict=True))
    return re.compile("".join(parts)) if plain else None


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no space divides."""
    both = [bool(_IS_UNSPACED.match(c)) or unicodedata.category(c) in ("Po", "Ps", "Pe") for c in (before, after)]
    return all(both) and not continues(after) and bool(_IS_UNSPACED.match(before) or _IS_UNSPACED.match(after))


def _is_whole(text: str, start: int, end: int, language: str) -> bool:
    before, after = text[max(0, start - CONTEXT) : start][::-1], text[end : end + CONTEXT]
    if before[:1] in _SPACE and after[:1] in _SPACE:  # nearly always; four times as fast
        return True
    is_inside_cluster = continues(after[:1]) or (continues(text[start]) and not (before or " ")[0].isspace())
    if is_inside_cluster or (before and _goes_on(text[start], _base(text, start - 1) + before[1:], language)):
        return False
    return not after or _is_genitive(after) or not _goes_on(_base(text, end - 1), after, language)


def _base(text: str, at: int) -> str:
    """The character at `at`, or the one that it continues."""
    while at and continues(text[at]):
        at -= 1
    return text[at]


def _goes_on(edge: str, beyond: str, language: str) -> bool:
    """Whether a word or number does not end at `edge`: `beyond` is what stands there, nearest character first."""
    if not (edge.isalnum() or continues(edge)):
        return False
    nearest, next_one = beyond[0], beyond[1:2]
    if _IS_UNSPACED.match(edge) or _IS_UNSPACED.match(nearest):
        return False
    if edge.isdecimal() and nearest in ".,":
        return next_one.isdecimal()
    is_joined = nearest in _APOSTROPHES and language not in ELIDING
    return nearest.isalnum() or continues(nearest) or (is_joined and (next_one.isalnum() or continues(next_one)))


def _is_genitive(after: str) -> bool:
    """As in: Lisbon's."""
    return after[0] in _APOSTROPHES and after[1:2] == "s" and not re.match(f"[{_APOSTROPHES}]?\\w", after[2:])
