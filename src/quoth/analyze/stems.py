"""Words to their forms for matching: folded and stemmed. The only module that imports Stemmer."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import Stemmer

from quoth.analyze.script import APOSTROPHES
from quoth.stopwords import STOP_WORDS

ANALYZER_VERSION = f"2, Snowball {Stemmer.version()}"
"""Tokens made by another version do not match these."""

UNKNOWN = "und"

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}

# Accents and the vowel points of Hebrew and Arabic are dropped; the vowel signs of Indic and Thai scripts are letters.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي"}
)


@lru_cache(maxsize=100_000)
def forms(word: str, language: str) -> tuple[str, str]:
    """The word as the lists of stop words write it, and its token."""
    plain = unicodedata.normalize("NFKC", _without_apostrophes(word).casefold())
    if language not in _STEMMERS:
        return fold(plain), fold(plain)
    # A new one each time (0.4 µs): a Stemmer must not be shared between threads.
    stem = Stemmer.Stemmer(_STEMMERS[language], 0).stemWord(plain)
    return fold(plain), fold(stem)


def fold(word: str) -> str:
    """Lower case, compatibility characters made plain, accents dropped, digits as 0 to 9, the rest but letters and
    marks dropped.
    """
    letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    plain = unicodedata.normalize("NFKC", letters).translate(_PLAIN_LETTERS)
    kept = "".join(c for c in plain if c.isalnum() or unicodedata.category(c)[0] == "M")
    return kept if kept.isascii() else ascii_digits(kept)


def ascii_digits(text: str) -> str:
    """The digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


@cache
def stop_words_of(language: str) -> frozenset[str]:
    """Those of all languages when it is unknown: such texts are short, and "what" must not single them out."""
    if language == UNKNOWN:
        return frozenset().union(*(stop_words_of(known) for known in STOP_WORDS))
    return frozenset(fold(word) for word in STOP_WORDS.get(language, ()))


def _without_apostrophes(word: str) -> str:
    stem = re.sub(f"[{APOSTROPHES}][sS]$", "", word)
    return re.sub(f"[{APOSTROPHES}]", "", stem)
