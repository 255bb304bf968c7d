"""Texts of made-up words, for what must be measured without data. Equal seeds give equal texts."""

from __future__ import annotations

import random
from pathlib import Path

_CONSONANTS = "bcdfghjklmnprstvwz"
_VOWELS = "aeiou"
_WORDS_OF_A_SENTENCE = (8, 20)


def make_text(sentences: int, seed: int) -> str:
    """Sentences of 8 to 20 words with a capital and a full stop."""
    source = random.Random(seed)
    return " ".join(_sentence(source) for _ in range(sentences))


def write_files(folder: Path, count: int, sentences: int) -> None:
    """`count` different text files of `sentences` sentences each."""
    for number in range(count):
        (folder / f"file_{number:05}.txt").write_text(make_text(sentences, number) + "\n", encoding="utf-8")


def _sentence(source: random.Random) -> str:
    words = [_word(source) for _ in range(source.randint(*_WORDS_OF_A_SENTENCE))]
    return " ".join(words).capitalize() + "."


def _word(source: random.Random) -> str:
    return "".join(source.choice(_CONSONANTS) + source.choice(_VOWELS) for _ in range(source.randint(1, 4)))
