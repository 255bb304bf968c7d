"""Which language a text is in, by its script and its commonest words."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache

from quoth.analyze.stems import UNKNOWN, fold, stop_words_of
from quoth.stopwords import STOP_WORDS

_SAMPLE_CHARACTERS = 6000

# First and last code point of a script, and the language it is read as.
_SCRIPTS = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0531, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "arabic"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7A3, "ko"),
    (0x20000, 0x323AF, "zh"),
)


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language most of `text` is in, by its first 6,000 characters; "und" when unknown."""
    letters = Counter(c for c in text[:_SAMPLE_CHARACTERS] if c.isalpha())
    scripts = _count_scripts(letters)
    if not scripts:
        return UNKNOWN
    # One Chinese character says about as much as three Latin letters.
    dense = scripts["ja"] + scripts["zh"]
    if dense * 3 > scripts["latin"] and dense:
        return "ja" if scripts["ja"] * 10 > dense else "zh"
    script = scripts.most_common(1)[0][0]
    if script == "cyrillic":
        return _cyrillic_language(letters)
    if script == "arabic":
        return _arabic_language(letters)
    return _latin_language(text[:_SAMPLE_CHARACTERS]) if script == "latin" else script


def _count_scripts(letters: Counter[str]) -> Counter[str]:
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        code = ord(letter)
        for first, last, script in _SCRIPTS:
            if first <= code <= last:
                scripts[script] += count
                break
    return scripts


def _cyrillic_language(letters: Counter[str]) -> str:
    if any(letters[c] for c in "їєґ"):
        return "uk"
    if letters["ў"]:
        return "be"
    has_russian_letters = any(letters[c] for c in "ыэё")
    return "ru" if has_russian_letters or letters.total() < 200 else UNKNOWN


def _arabic_language(letters: Counter[str]) -> str:
    if any(letters[c] for c in "ٹڈڑے"):
        return "ur"
    return "fa" if sum(letters[c] for c in "پچژگکی") * 50 > letters.total() else "ar"


def _latin_language(sample: str) -> str:
    """The language whose stop words make up most of the words; a word that n languages share counts 1/n."""
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", sample)]
    votes: Counter[str] = Counter()
    for word, count in Counter(words).items():
        languages = _languages_by_stop_word().get(word, ())
        for language in languages:
            votes[language] += count / len(languages)  # type: ignore[assignment]  # Counter is typed for int counts only
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < max(0.6, 0.08 * len(words)):
        return UNKNOWN
    is_tied = len(ranked) == 2 and ranked[0][1] < 1.1 * ranked[1][1]
    return UNKNOWN if is_tied else sys.intern(ranked[0][0])


@cache
def _languages_by_stop_word() -> dict[str, tuple[str, ...]]:
    languages: dict[str, list[str]] = {}
    for language in STOP_WORDS:
        for word in stop_words_of(language):
            languages.setdefault(word, []).append(language)
    return {word: tuple(known) for word, known in languages.items()}
