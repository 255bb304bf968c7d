"""A text as the words, numbers and signs that say something: what two texts are compared by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_HYPHENS = _DASHES[:3]
_MINUS = _DASHES[-1]
_ANY_DASH = re.compile(f"[{_DASHES}]")
_COMPOUND = re.compile(rf"(?<=[^\W\d_]{{2}})[{_HYPHENS}]\s*(?=[^\W\d_]{{2}})")
_BROKEN = re.compile(rf"(?<=\w)([{_HYPHENS}])\s+(?=\w)|(?<=\w)([{_DASHES}])\s+(?=\d)")
"""A compound at the end of a line, "COVID-" with its number in the next, and "1914–" with its end there."""
_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])\u00ad\s*(?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*|!=|[^\w\s]")
_DIGIT = re.compile(r"\d")
_SEPARATORS = ".,;:"
_SIGNS = "?%‰‱§&#@†‡\\/\u2032\u2033\u2034"
"""Punctuation that says something, besides symbols and dashes: see `_says`."""
_MARKUP = "`"
_OTHER_CHARACTERS = ("<super>", "<sub>", "<font>", "<circle>", "<square>", "<fraction>")
"""Compatibility characters that are no other way to write the plain ones: x² is not x2."""


class Piece(NamedTuple):
    word: str
    """As it is compared: in lower case, where upper case says nothing."""
    is_exact: bool
    """Belongs to a number, is a sign or a word with upper case."""


def pieces_of(text: str) -> list[Piece]:
    """The words, numbers and signs of `text` in order.

    White space, upper case, hyphens and other punctuation make no difference between words. At a number all of them
    but white space do: what touches one, what stands between it and its neighbours, and the word after it, which may
    be a unit (5 MW are not 5 mW), stay as they are.
    """
    chunks = _joined(unicodedata.normalize("NFC", text)).split()
    holds = [False, *map(_holds_number, chunks), False]
    found: list[Piece] = []
    for position, chunk in enumerate(chunks, 1):
        beside = holds[position - 1], holds[position + 1]
        found += _numeric(chunk, beside[1]) if holds[position] else _wordy_pieces(chunk, *beside)
    return found


def _joined(text: str) -> str:
    """With what a hyphen or the end of a line parts as one."""
    if "\u00ad" in text:
        text = _SOFT_HYPHEN.sub("", text)
    if not _ANY_DASH.search(text):  # much faster than the patterns below, which look behind every character
        return text
    return _BROKEN.sub(r"\1\2", _COMPOUND.sub("", text))


@lru_cache(maxsize=20_000)  # words recur: half the time
def _holds_number(chunk: str) -> bool:
    if chunk.isalpha() or (chunk.isascii() and not _DIGIT.search(chunk)):
        return False
    return any(unicodedata.category(character)[0] == "N" for character in chunk)


def _numeric(chunk: str, is_before_number: bool) -> list[Piece]:
    """One stop or comma may end it, but not where the next number may be a part of the same."""
    whole = chunk[:-1] if chunk[-1] in _SEPARATORS and not is_before_number else chunk
    return [Piece(whole, is_exact=True)]


@lru_cache(maxsize=20_000)
def _wordy_pieces(chunk: str, is_after_number: bool, is_before_number: bool) -> tuple[Piece, ...]:
    return tuple(_wordy(chunk, is_after_number, is_before_number))


def _wordy(chunk: str, is_after_number: bool, is_before_number: bool) -> Iterator[Piece]:
    if not (is_after_number or is_before_number):
        yield from _words(chunk, is_unit=False)
        return
    first, last = _edges(chunk)
    if first == len(chunk):
        yield Piece(chunk, is_exact=True)
        return
    before = chunk[:first] if is_after_number else ""
    after = chunk[last:] if is_before_number else ""
    if before:
        yield Piece(before, is_exact=True)
    yield from _words(chunk[len(before) : len(chunk) - len(after)], is_unit=is_after_number)
    if after.strip(_SEPARATORS) or len(after) > 1:
        yield Piece(after, is_exact=True)


def _edges(chunk: str) -> tuple[int, int]:
    """Where its words begin and end; all of a chunk without any is its beginning."""
    places = [position for position, character in enumerate(chunk) if character.isalnum()]
    return (places[0], places[-1] + 1) if places else (len(chunk), len(chunk))


def _words(chunk: str, *, is_unit: bool) -> Iterator[Piece]:
    if chunk.isalpha() and chunk.isascii() and chunk.islower():  # nearly always; four times as fast
        yield Piece(chunk, is_unit)
        return
    plain = chunk if chunk.isascii() or _is_special(chunk) else unicodedata.normalize("NFKC", chunk)
    for match in _WORD.finditer(plain):
        piece = match[0]
        if piece[0].isalnum():
            is_exact = is_unit or piece != piece.lower()
            yield Piece(piece if is_unit or not _is_ordinary(piece) else piece.lower(), is_exact)
        elif _says(plain, *match.span()):
            yield Piece("-" if piece in _DASHES else piece, is_exact=True)


def _is_special(chunk: str) -> bool:
    return any(unicodedata.decomposition(character).startswith(_OTHER_CHARACTERS) for character in chunk)


def _is_ordinary(word: str) -> bool:
    """Capitals within a word, as in mW, say something; those of a title or a heading do not."""
    return word in (word.lower(), word.upper()) or word[1:] == word[1:].lower()


def _says(chunk: str, start: int, end: int) -> bool:
    sign, after = chunk[start:end], chunk[end:]
    if sign in _DASHES:
        return _is_sign(chunk[:start], sign, after)
    if sign == "!":  # of code; a sentence ends with another
        return bool(re.match(r"[\w(]", after))
    return sign in (*_SIGNS, "!=") or (unicodedata.category(sign)[0] in "SM" and sign not in _MARKUP)


def _is_sign(before: str, dash: str, after: str) -> bool:
    """A dash of a formula, an option or a single letter: not one that parts words."""
    if dash == _MINUS or re.search(r"[<>=+]$", before) or re.match(r"[<>=+]", after):
        return True
    return dash in _HYPHENS and bool(re.match(r"[\w-]", after))
