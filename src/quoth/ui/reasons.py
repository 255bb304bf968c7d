"""Why a file is not wholly read, in the reader's language.

The reason that is kept is English; translations/reasons/LANGUAGE.json has what it may say, `{name}` for values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from quoth.ui.labels import say, say_number, spoken

_LONGEST: Final = 2_000
"""Characters; parsers of other packages may say anything."""
_SPOKEN: Final = frozenset({"cells", "numbers", "pages", "places", "remedy", "what", "why"})
"""Values that are words of the program; all others come from files."""
_COUNTED: Final = r"\d[\d,]*"
_ENDS: Final = rf"(?: \((?P<times>{_COUNTED}) times\))?(?:; |\Z)"


@dataclass(frozen=True, slots=True)
class _Phrase:
    pattern: re.Pattern[str]
    said: str


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrases with the most words of their own come first."""

    sentences: Sequence[_Phrase]
    """That a reason is made of, "; " between them."""
    parts: Sequence[_Phrase]
    """Values of sentences."""


def say_reason(reason: str) -> str:
    """In English when it holds a sentence that is not known, such as one by the parser of another package."""
    return reason if len(reason) > _LONGEST else _translate(reason, spoken())


def _translate(reason: str, language: str) -> str:
    """`language` is the one spoken."""
    said = _say_sentences(reason, language)
    if said is not None:
        return said
    name, _, rest = reason.partition(": ")  # of the part of an e-book
    said = _say_sentences(rest, language) if rest else None
    return reason if said is None else say("{name}: {reason}", name=name, reason=said)


# A list of documents says the same few of each file; and what two sentences can begin is not looked through twice.
@lru_cache(maxsize=4096)
def _say_sentences(reason: str, language: str) -> str | None:
    table = _table(language)
    for sentence in table.sentences:
        found = sentence.pattern.match(reason)
        if found is None:
            continue
        rest = reason[found.end() :]
        said_rest = _say_sentences(rest, language) if rest else ""
        if said_rest is not None:
            said = _fill(sentence, found, table)
            if times := found["times"]:
                said = say("{reason} ({n} times)", reason=said, n=_number(times))
            return say("{reason}; {rest}", reason=said, rest=said_rest) if said_rest else said
    return None


def _fill(phrase: _Phrase, found: re.Match[str], table: _Table) -> str:
    return phrase.said.format(**{place: _say_value(place, value, table) for place, value in found.groupdict().items()})


def _say_value(place: str, value: str | None, table: _Table) -> str:
    if place == "n" and value:
        return say_number(_number(value))
    if value and place in _SPOKEN:
        for part in table.parts:
            if found := part.pattern.fullmatch(value):
                return _fill(part, found, table)
    return value or ""


def _number(written: str) -> int:
    return int(written.replace(",", ""))


@cache
def _table(language: str) -> _Table:
    """Without phrases for English."""
    if language == "en":
        return _Table((), ())
    file = resources.files("quoth.ui").joinpath("translations", "reasons", f"{language}.json")
    found: dict[str, dict[str, str]] = json.loads(file.read_text("utf-8"))
    return _Table(_phrases(found["sentences"], _ENDS), _phrases(found["parts"], ""))


def _phrases(translated: Mapping[str, str], ends: str) -> Sequence[_Phrase]:
    ordered = sorted(translated, key=lambda english: len(re.sub(r"{\w+}", "", english)), reverse=True)
    return tuple(_Phrase(re.compile(_pattern(english) + ends, re.DOTALL), translated[english]) for english in ordered)


def _pattern(english: str) -> str:
    pieces = re.split(r"{(\w+)}", english)
    return "".join(
        f"(?P<{piece}>{_COUNTED if piece == 'n' else '.+?'})" if i % 2 else re.escape(piece)
        for i, piece in enumerate(pieces)
    )
