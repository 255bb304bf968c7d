from __future__ import annotations

import sys
import time
import unicodedata

import pytest

from quoth.caseless import Caseless, continues


def test_no_composition_reaches_over_the_border_of_a_cluster() -> None:
    for character in map(chr, range(0x20000)):
        parts = unicodedata.normalize("NFD", character)
        if len(unicodedata.normalize("NFC", parts)) == 1:
            assert all(continues(part) for part in parts[1:]), hex(ord(character))
        if unicodedata.combining(character):
            assert continues(character), hex(ord(character))


def test_every_mark_is_known_wherever_it_stands() -> None:
    marks = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] == "M"]
    for mark in marks:
        folded = Caseless(f"\u00e9e{mark}\u0301e x")
        assert folded.original(len(folded.text) - 1, len(folded.text)).of(f"\u00e9e{mark}\u0301e x") == "x"


@pytest.mark.parametrize(
    "piece",
    [
        "双方签署条约的文本，",
        "স\u09c7\u09beনার বা\u09dcি ",
        "القُرْا\u0653ن ",
        "a\u200d\u0301",
        "Straße ΐ ᾧ ",
        "e" + 300 * "\u0301\u0323",
        300 * "\u200b" + "\u0301",
        "\u00ad   ",
    ],
)
def test_a_line_of_400_000_characters_is_folded_in_a_moment(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    started = time.process_time()
    Caseless(text)
    assert time.process_time() - started < 2
