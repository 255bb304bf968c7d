"""Whether two texts say the same in nearly the same words: pieces in, yes or no out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from quoth.near_words import ARTICLES, NUMBER_JOINTS, NUMBER_WORDS, RESTRICTING
from quoth.pieces import Piece
from quoth.stopwords import STOP_WORDS

Words = tuple[str, ...]
Triples = frozenset[Words]

_JOINTS = re.compile("|".join(NUMBER_JOINTS))

FEWEST = 45
"""Words of a text that another with other words can be near to; shorter ones, which most are, need no triples."""
_TENTH = 10
"""Of the triples of words of two near-identical texts together, at most one in ten may stand in one only.

That is one word put in among 45: a stray word, not another statement.
"""


def guarded(pieces: Sequence[Piece]) -> Words:
    """What no text that is near to this one has more, fewer or others of, in this order.

    Numbers and what follows them, signs, words with upper case, number words, and function words but articles: they say
    who, when, whether and how much. With them: negations, modal verbs, and adverbs that narrow what is said.
    """
    return tuple(piece.word for piece in pieces if piece.is_exact or _is_guarded(piece.word))


def triples(words: Words) -> Triples:
    padded = ("", "", *words, "", "")
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def rarest(of: Triples, frequency: Counter[Words]) -> list[Words]:
    """So many that two near-identical texts have one of them in common (prefix filtering, Bayardo et al. 2007)."""
    return sorted(of, key=lambda triple: (frequency[triple], triple))[: len(of) // _TENTH + 1]


def share_enough(one: Triples, other: Triples) -> bool:
    shared = len(one & other)
    return _TENTH * shared >= (_TENTH - 1) * (len(one) + len(other) - shared)


def differ_by_insertions(one: Words, other: Words) -> bool:
    """Whether one of them is the other with words put in. Articles do not count."""
    shorter, longer = sorted((_without_articles(one), _without_articles(other)), key=len)
    rest = iter(longer)
    return all(word in rest for word in shorter)  # `in` moves on to behind the word


def _without_articles(words: Words) -> Words:
    return tuple(word for word in words if word not in ARTICLES)


@lru_cache(maxsize=20_000)
def _is_guarded(word: str) -> bool:
    if word in ARTICLES:
        return False
    return not word.isalpha() or word in RESTRICTING or _without_accents(word) in _stop_words() or _is_number(word)


def _is_number(word: str) -> bool:
    """Also one of several parts: fünfundzwanzig."""
    rest = _number_parts().sub("", word)
    return rest != word and not _JOINTS.sub("", rest)


@cache
def _stop_words() -> frozenset[str]:
    """Of all languages: the lists are written without accents."""
    return frozenset(word for words in STOP_WORDS.values() for word in words)


@cache
def _number_parts() -> re.Pattern[str]:
    parts = (word for word in NUMBER_WORDS if len(word) > 2)  # "un" stands in "und" too
    return re.compile("|".join(sorted(parts, key=len, reverse=True)))


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
