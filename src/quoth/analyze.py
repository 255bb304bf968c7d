"""Text to the tokens that word search matches: the same for every engine, for passages and for questions. Pure.

A token is a word that is no stop word: in lower case, cut to its Snowball stem, without diacritics. Scripts without
spaces between words (Chinese, Japanese, Thai, ...) and Korean, which glues particles on, give pairs of characters.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import Stemmer

from quoth.records import Span
from quoth.stopwords import STOP_WORDS

ANALYZER_VERSION = f"1, Snowball {Stemmer.version()}"
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
ELIDING = frozenset({"ca", "fr", "it"})  # "l'eau", "dell'arte": the apostrophe ends a word there

_APOSTROPHES = "'’ʼ＇"
_HYPHENS = "\\-\u2010\u2011\u2013"
_JOINERS = "\u00ad\u200c\u200d"  # soft hyphen and zero-width (non-)joiners stand inside words
UNSPACED = (
    "\u3005\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
    "\uac00-\ud7a3\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3"  # Hangul, Thai, Lao, Burmese, Khmer
)
# Accents and the vowel points of Hebrew and Arabic are dropped; the vowel signs of Indic and Thai scripts are letters.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي"}
)


def analyze(text: str, language: str) -> tuple[str, ...]:
    """Tokens of `text` in order, repeated as often as they stand there. `language` is an ISO 639-1 code or "und"."""
    return tuple(token for token, _ in analyze_spans(text, language))


def analyze_spans(text: str, language: str) -> tuple[tuple[str, Span], ...]:
    """Tokens with the stretch of `text` each was made from."""
    return tuple(_tokens(text, language, _stop_words(language)))


def analyze_question(question: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Tokens under which `question` may be found in documents of `languages`, each once, in order of appearance.

    Stop words of the language that the question itself seems to be in are dropped for all of them.
    """
    own_stop_words = _stop_words(detect_language(question)) if detect_language(question) != UNKNOWN else frozenset()
    found: dict[str, int] = {}
    for language in dict.fromkeys(languages or (UNKNOWN,)):
        for token, span in _tokens(question, language, _stop_words(language) | own_stop_words):
            found[token] = min(span.start, found.get(token, span.start))
    return tuple(sorted(found, key=lambda token: found[token]))


def _tokens(text: str, language: str, stop_words: frozenset[str]) -> Iterator[tuple[str, Span]]:
    shouted = text.upper() == text and len(text.split()) > 2
    for match in _pattern().finditer(text):
        if match["unspaced"]:
            yield from _pairs(match)
        elif match["number"]:
            yield _plain_number(match["number"]), Span(*match.span())
        else:
            for word, span in _words_of(match, language):
                # "WHO", "US", "IT" are names where the rest of the text is not in capitals.
                is_acronym = len(word) > 1 and word.isupper() and not shouted
                plain, token = _forms(word, language)
                if token and (is_acronym or plain not in stop_words):
                    yield token, span


def _words_of(match: re.Match[str], language: str) -> Iterator[tuple[str, Span]]:
    """The words of a hyphened compound, and the compound as one: "e-mail" is found by "email" and by "mail".

    "2020-21" is found by 2021 as well.
    """
    if match[0].isalnum():
        yield match[0], Span(*match.span())
        return
    parts = list(_part_pattern(language in ELIDING).finditer(match.string, *match.span()))
    if len(parts) > 1 and len(match[0]) < 80 and re.search(f"[{_HYPHENS}\u00ad]", match[0]):
        joined = "".join(part[0] for part in parts)
        if joined.isalpha():
            yield joined, Span(*match.span())
        elif [len(part[0]) for part in parts] == [4, 2] and joined.isdecimal():
            yield joined[:2] + joined[4:], Span(*match.span())
    for part in parts:
        yield part[0], Span(*part.span())


def _pairs(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    characters = [character.span() for character in _character_pattern().finditer(match.string, *match.span())]
    ends = zip(characters, characters[1:] or characters, strict=False)
    for (start, _), (_, end) in ends:
        # Nothing is left of characters that are newer than Python's table of them.
        if token := _fold(match.string[start:end]):
            yield token, Span(start, end)


def _plain_number(number: str) -> str:
    """16263 for "16,263" and for "16 263", 3.5 for "3,5"."""
    digits = unicodedata.normalize("NFKC", number)
    if re.fullmatch(r"\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?", digits):
        return re.sub(r"[,\s]", "", digits)
    return digits.replace(",", ".")


@lru_cache(maxsize=100_000)
def _forms(word: str, language: str) -> tuple[str, str]:
    """The word as the lists of stop words write it, and its token."""
    plain = unicodedata.normalize("NFKC", _without_apostrophes(word).casefold())
    if language not in _STEMMERS:
        return _fold(plain), _fold(plain)
    # A new one each time (0.4 µs): a Stemmer must not be shared between threads.
    stem = Stemmer.Stemmer(_STEMMERS[language], 0).stemWord(plain)
    return _fold(plain), _fold(stem)


def _without_apostrophes(word: str) -> str:
    stem = re.sub(f"[{_APOSTROPHES}][sS]$", "", word)
    return re.sub(f"[{_APOSTROPHES}]", "", stem)


def _fold(word: str) -> str:
    """Lower case, compatibility characters made plain, accents dropped, nothing but letters, marks and digits kept."""
    letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    plain = unicodedata.normalize("NFKC", letters).translate(_PLAIN_LETTERS)
    return "".join(c for c in plain if c.isalnum() or unicodedata.category(c)[0] == "M")


@cache
def _stop_words(language: str) -> frozenset[str]:
    """Those of all languages when it is unknown: such texts are short, and "what" must not single them out."""
    if language == UNKNOWN:
        return frozenset().union(*(_stop_words(known) for known in STOP_WORDS))
    return frozenset(_fold(word) for word in STOP_WORDS.get(language, ()))


@cache
def _marks() -> str:
    """Combining marks, to be put into a character class: `isalnum` leaves them out, which would cut Hindi words."""
    return "".join(chr(code) for code in range(0x300, 0x11000) if unicodedata.category(chr(code))[0] == "M")


@cache
def _pattern() -> re.Pattern[str]:
    letter = f"[^\\W_{UNSPACED}]"
    word = f"{letter}(?:{letter}|[{_marks()}{_JOINERS}]|[{_APOSTROPHES}](?={letter}))*"
    # A hyphen at the end of a line: the word may go on in the next.
    return re.compile(
        f"(?P<unspaced>[{UNSPACED}][{UNSPACED}{_marks()}]*)"
        r"|(?P<number>(?<![\w.,])(?:\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|\d+[.,]\d+)(?![.,]?\w))"
        f"|{word}(?:(?:[{_HYPHENS}]|[{_HYPHENS}\u00ad]\r?\n[ \t]*){word})*"
    )


@cache
def _part_pattern(is_eliding: bool) -> re.Pattern[str]:
    letter = f"[^\\W_{UNSPACED}]"
    inside = "" if is_eliding else f"|[{_APOSTROPHES}](?={letter})"
    return re.compile(f"{letter}(?:{letter}|[{_marks()}{_JOINERS}]{inside})*")


@cache
def _character_pattern() -> re.Pattern[str]:
    return re.compile(f".[{_marks()}\uff9e\uff9f]*", re.DOTALL)


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
    words = [_fold(word) for word in re.findall(r"[^\W\d_]+", sample)]
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
        for word in _stop_words(language):
            languages.setdefault(word, []).append(language)
    return {word: tuple(known) for word, known in languages.items()}
