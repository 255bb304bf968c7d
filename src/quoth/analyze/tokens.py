"""The tokens of passages and of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.analyze.language import detect_language
from quoth.analyze.numbers import plain_number, value_at
from quoth.analyze.script import (
    ELIDING,
    HYPHENS,
    character_pattern,
    han_pattern,
    part_pattern,
    word_pattern,
)
from quoth.analyze.stems import UNKNOWN, fold, forms, stop_words_of
from quoth.protocols import PART_MARK
from quoth.records import Span

PART_LETTERS = 4
"""Of a part of a word, its edges counted as letters. 5 find less, see docs/explanation/languages.md."""
_LONGEST_WORD = 40
"""What is longer is an address or a checksum; it has no parts."""


@dataclass(frozen=True, slots=True)
class _Word:
    token: str
    span: Span
    whole: str = ""
    """The word before it was cut to its stem, for its parts; "" for what has none."""


def analyze(text: str, language: str) -> tuple[str, ...]:
    """Tokens of `text` in order, repeated as often as they stand there. `language` is an ISO 639-1 code or "und"."""
    return tuple(word.token for word in _words(text, language, stop_words_of(language)))


def analyze_spans(text: str, language: str) -> tuple[tuple[str, Span], ...]:
    """Tokens with the stretch of `text` each was made from."""
    return tuple((word.token, word.span) for word in _words(text, language, stop_words_of(language)))


def analyze_passage(text: str, language: str) -> tuple[str, ...]:
    """What is indexed: the tokens of `analyze`, then the parts of words, which begin with PART_MARK."""
    words = list(_words(text, language, stop_words_of(language)))
    return (*(word.token for word in words), *(part for word in words for part in _parts(word)))


def analyze_question(question: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Tokens under which `question` may be found in documents of `languages`, each once, in order of appearance.

    Stop words of the language that the question itself seems to be in are dropped for all of them.
    """
    found: dict[str, int] = {}
    for word in _asked(question, languages):
        found[word.token] = min(word.span.start, found.get(word.token, word.span.start))
    return tuple(sorted(found, key=lambda token: found[token]))


def parts_of_question(question: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Parts of the words of `analyze_question`, each once: they find words with other endings, and compounds."""
    return tuple(dict.fromkeys(part for word in _asked(question, languages) for part in _parts(word)))


def _asked(question: str, languages: Sequence[str]) -> Iterator[_Word]:
    own_language = detect_language(question)
    own_stop_words = frozenset[str]() if own_language == UNKNOWN else stop_words_of(own_language)
    for language in dict.fromkeys(languages or (UNKNOWN,)):
        yield from _words(question, language, stop_words_of(language) | own_stop_words)


def _words(text: str, language: str, stop_words: frozenset[str]) -> Iterator[_Word]:
    shouted = text.upper() == text and len(text.split()) > 2
    for match in word_pattern().finditer(text):
        if match["unspaced"]:
            yield from _pairs(match)
            continue
        if match[0][0].isdecimal():
            yield from _numbers(match, language)
        if match["number"]:
            continue
        for word, span in _words_of(match, language):
            # "WHO", "US", "IT" are names where the rest of the text is not in capitals.
            is_acronym = len(word) > 1 and word.isupper() and not shouted
            plain, token = forms(word, language)
            if token and (is_acronym or plain not in stop_words):
                yield _Word(token, span, "" if plain.isdecimal() else plain)


def _words_of(match: re.Match[str], language: str) -> Iterator[tuple[str, Span]]:
    """The words of a hyphened compound, and the compound as one: "e-mail" is found by "email" and by "mail".

    "2020-21" is found by 2021 as well.
    """
    if match[0].isalnum():
        yield match[0], Span(*match.span())
        return
    parts = list(part_pattern(language in ELIDING).finditer(match.string, *match.span()))
    if len(parts) > 1 and len(match[0]) < 80 and re.search(f"[{HYPHENS}\u00ad]", match[0]):
        joined = "".join(part[0] for part in parts)
        if joined.isalpha():
            yield joined, Span(*match.span())
        elif [len(part[0]) for part in parts] == [4, 2] and joined.isdecimal():
            yield joined[:2] + joined[4:], Span(*match.span())
    for part in parts:
        yield part[0], Span(*part.span())


def _pairs(match: re.Match[str]) -> Iterator[_Word]:
    characters = [character.span() for character in character_pattern().finditer(match.string, *match.span())]
    ends = zip(characters, characters[1:] or characters, strict=False)
    for (start, _), (_, end) in ends:
        # Nothing is left of characters that are newer than Python's table of them.
        if token := fold(match.string[start:end]):
            yield _Word(token, Span(start, end), "".join(han_pattern().findall(token)))


def _numbers(match: re.Match[str], language: str) -> Iterator[_Word]:
    """The number as one token where it has separators, and its value where "million" or the like follows."""
    start, end = match.span()
    if match["number"]:
        yield _Word(plain_number(match[0], language), Span(start, end))
        if " " in match[0]:  # "16 263" may be two numbers
            yield from (_Word(fold(part[0]), Span(*part.span())) for part in re.finditer(r"\d+", match[0]))
    else:
        end = next((end for end in range(start, end) if not match.string[end].isdecimal()), end)
    if value := value_at(match.string, start, end, language):
        yield _Word(value[0], Span(start, value[1]))


def _parts(word: _Word) -> Iterator[str]:
    """Every `PART_LETTERS` letters in a row, the edges of the word counted as letters; single characters of Chinese."""
    if han_pattern().match(word.whole):
        yield from (PART_MARK + character for character in word.whole)
    elif PART_LETTERS <= len(word.whole) <= _LONGEST_WORD:
        edged = f"_{word.whole}_"
        yield from (PART_MARK + edged[start : start + PART_LETTERS] for start in range(len(edged) - PART_LETTERS + 1))
