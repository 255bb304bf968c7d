"""What the page says, in the reader's language. The English words are the key: `say("Close")`.

Translations stand in translations/LANGUAGE.json; what lacks one is said in English. Words of documents never come here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources

from quoth.errors import BusyError, QuestionError, QuothError

LANGUAGES = ("en", "es", "fr", "de")
_SEPARATORS = {"en": ",", "es": "\N{NO-BREAK SPACE}", "fr": "\N{NARROW NO-BREAK SPACE}", "de": "."}

_spoken: ContextVar[str] = ContextVar("spoken", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, `say` speaks `language`, one of LANGUAGES."""
    token = _spoken.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language of `say`."""
    return _spoken.get()


def language_of(accepted: str) -> str:
    """The first of LANGUAGES by the weights of an Accept-Language header (RFC 9110, 12.5.4); English for none."""
    wanted: list[tuple[float, int, str]] = []
    for part in accepted[:1000].split(","):
        name, _, weight = part.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            quality = 0.0
        language = name.strip().lower().partition("-")[0]
        if language in LANGUAGES and quality > 0:
            wanted.append((-quality, len(wanted), language))
    return min(wanted)[2] if wanted else "en"


def say(text: str, **values: str | int) -> str:
    """`text` in the reader's language, `{name}` replaced by the values; whole numbers are grouped as it groups them."""
    said = translations(_spoken.get()).get(text, text)
    return (
        said.format(**{name: say_number(v) if isinstance(v, int) else v for name, v in values.items()})
        if values
        else said
    )


def say_count(number: int, one: str, many: str, **values: str | int) -> str:
    """`one` for 1, else `many`; both hold `{n}`, as in "{n} passage" and "{n} passages"."""
    return say(one if number == 1 else many, n=number, **values)


def say_error(error: QuothError) -> str:
    """What a reader caused, or has to wait for, in the reader's language; the rest is for whoever runs the page, and
    said as it is.
    """
    if isinstance(error, BusyError):
        return say(str(error))
    if not isinstance(error, QuestionError):
        return str(error)
    said = say(error.template, **error.values)
    return f"{said[:1].upper()}{said[1:]}"


def say_number(number: int) -> str:
    return f"{number:,}".replace(",", _SEPARATORS[_spoken.get()])


@cache
def translations(language: str) -> Mapping[str, str]:
    """English to `language`; empty for English."""
    if language == "en":
        return {}
    file = resources.files("quoth.ui").joinpath("translations", f"{language}.json")
    found: dict[str, str] = json.loads(file.read_text("utf-8"))
    return found
