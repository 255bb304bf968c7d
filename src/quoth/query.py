"""What a question says besides its words: "quoted phrases" that must stand there, and -words that must not. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from quoth.analyze import UNSPACED
from quoth.caseless import IGNORED
from quoth.errors import QuestionError

MOST_CONDITIONS = 10
"""Phrases and exclusions of one question, together: each is looked up in all documents."""

_DOUBLE = '"“”„‟＂'
# The opening mark and those that close it. Keyboards and programs that correct quotation marks mix the double ones.
_CLOSING = {**dict.fromkeys(_DOUBLE, '"“”＂'), "«": "»", "»": "«", "「": "」", "『": "』"}
_NESTING = "“‟"  # and ends with ”
# Right after a letter they are more often a mark of inches (5", 5”) or stand inside a word, as in Hebrew (צה"ל).
_AMBIGUOUS = '"＂”'
_INVISIBLE = re.compile(f"[{IGNORED}]")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
# "Beratung und -betreuung": a hyphen after one of these stands for the first half of a compound.
_CONJUNCTIONS = frozenset({"und", "oder", "sowie", "bzw.", "bis", "and", "or", "en", "of", "och", "eller", "og", "&"})
_EDGE_MARKS = ".,;:!?…)]}"


@dataclass(frozen=True, slots=True)
class Query:
    """A question, read."""

    text: str
    """What is searched by meaning and by words: the question without quotation marks and without what it excludes."""
    phrases: tuple[str, ...] = ()
    """Must stand in a passage, see `literal`."""
    excluded: tuple[str, ...] = ()
    """Words and phrases that must not."""


@dataclass(frozen=True, slots=True)
class _Condition:
    start: int
    end: int
    words: str
    """Empty for marks with nothing between them, which are just characters."""
    is_excluded: bool


def read_query(question: str) -> Query:
    """Phrases and exclusions of `question`, each once, in order.

    A quotation mark without its partner is just a character, as is a mark of inches (5"), and a minus before a digit
    ("-5 degrees"), a space, or after a conjunction. A minus in front of quotation marks excludes what they hold, so
    `-"5"` does what -5 does not.
    Raises QuestionError when nothing but exclusions is left, and for more than 10 conditions.
    """
    conditions = _conditions(question)
    text = _without(question, conditions)
    phrases = tuple(dict.fromkeys(one.words for one in conditions if not one.is_excluded))
    excluded = tuple(dict.fromkeys(one.words for one in conditions if one.is_excluded))
    if len(phrases) + len(excluded) > MOST_CONDITIONS:
        raise QuestionError(
            "the question has {n} quoted phrases and exclusions; ask with at most {most}",
            n=len(phrases) + len(excluded),
            most=MOST_CONDITIONS,
        )
    if excluded and not phrases and not any(character.isalnum() for character in text):
        raise QuestionError(
            "the question says only what to leave out ({words}); say what to look for as well. "
            'To search for a word with a minus before it, quote it: "-{word}"',
            words=", ".join(excluded),
            word=excluded[0],
        )
    return Query(text, phrases, excluded)


def _conditions(question: str) -> list[_Condition]:
    found: list[_Condition] = []
    position = 0
    while position < len(question):
        condition = _phrase_at(question, position) or _excluded_word_at(question, position)
        if condition and condition.words:
            found.append(condition)
        position = condition.end if condition else position + 1
    return found


def _phrase_at(question: str, start: int) -> _Condition | None:
    is_excluded = question[start] == "-" and _begins_a_word(question, start)
    opening = start + is_excluded
    end = _end_of_phrase(question, opening)
    if end < 0 or not (is_excluded or _opens(question, opening, end)):
        return None
    inside = question[opening + 1 : end]
    words = " ".join(inside.split()) if _INVISIBLE.sub("", inside).strip() else ""
    return _Condition(start, end + 1, words, is_excluded)


def _end_of_phrase(question: str, opening: int) -> int:
    """Position of the mark that closes the one at `opening`, -1 without one. Phrases inside keep their marks."""
    closing = _CLOSING.get(question[opening : opening + 1], "")
    can_nest, depth, first = question[opening : opening + 1] in _CLOSING['"'] + _NESTING, 0, -1
    for at in range(opening + 1, len(question) if closing else 0):
        mark = question[at]
        if mark in closing and first < 0:
            first = at
        if can_nest and mark in _NESTING and _begins_a_phrase(question[at + 1 : at + 2]):
            depth += 1
        elif depth and mark == "”":
            depth -= 1
        elif not depth and mark in closing:
            return at
    # A phrase inside did not end, so it was none.
    return first if depth else -1


def _opens(question: str, at: int, end: int) -> bool:
    """Whether the mark at `at` can be the first of a pair that ends at `end`."""
    before, after, behind = question[:at][-1:], question[at + 1 : at + 2], question[end + 1 : end + 2]
    if question[at] not in _DOUBLE or not before.isalnum() or _IS_UNSPACED.match(before):
        return True
    if question[at] not in _AMBIGUOUS:
        return not after.isspace()
    # heißt"Haus"
    return before.isalpha() and after.isalnum() and question[end - 1].isalnum() and not behind.isalnum()


def _begins_a_phrase(character: str) -> bool:
    return character.isalnum() or (character != "" and unicodedata.category(character) in ("Pi", "Ps"))


def _excluded_word_at(question: str, start: int) -> _Condition | None:
    if question[start] != "-" or not _begins_a_word(question, start):
        return None
    word = re.match(r"\S*", question[start + 1 :])
    words = word[0].rstrip(_EDGE_MARKS + _DOUBLE) if word else ""
    before = question[:start].split()
    if not words[:1].isalpha() or (before and before[-1].casefold() in _CONJUNCTIONS):
        return None
    return _Condition(start, start + 1 + len(words), words, is_excluded=True)


def _begins_a_word(question: str, start: int) -> bool:
    return start == 0 or question[start - 1].isspace()


def _without(question: str, conditions: list[_Condition]) -> str:
    """Phrases without their marks; where something was left out, one space stays. As it was when there is nothing."""
    if not conditions:
        return question
    parts, position = [], 0
    for one in conditions:
        between = question[position : one.start] or " "  # "one""two" are two words
        parts += [between, " " if one.is_excluded else one.words]
        position = one.end
    return " ".join("".join([*parts, question[position:]]).split())
