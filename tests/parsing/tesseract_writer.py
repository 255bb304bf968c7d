"""A stand-in for tesseract, which is not on every machine: it prints as TSV what a test says stands on the pictures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
SHEET = (2480, 3508)
"""Pixels of an A4 page at 300 dots per inch."""
_LETTER, _LINE = 20, 60


@dataclass(frozen=True)
class Row:
    """One line on a picture."""

    text: str
    paragraph: int = 1
    height: int = 40
    confidence: float = 93.0


def tsv(*pictures: Sequence[Row], turned: int = 0) -> str:
    """What tesseract prints of one file. `turned`: degrees clockwise."""
    return HEAD + "".join(_page(number, rows, turned) for number, rows in enumerate(pictures, 1))


def rows_of(text: str, confidence: float = 93.0) -> list[Row]:
    """Lines; an empty one parts paragraphs."""
    paragraphs = enumerate(text.split("\n\n"), 1)
    return [Row(line, number, confidence=confidence) for number, part in paragraphs for line in part.split("\n")]


class Tesseract:
    """`calls`: what it prints for the first picture that it is given, the second and so on; None: it fails."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, calls: Sequence[str | None], *, sleep_s: float = 0
    ) -> None:
        self._folder = folder / "tesseract-stand-in"
        self._folder.mkdir()
        for number, printed in enumerate(calls, 1):
            if printed is not None:
                (self._folder / f"{number}.tsv").write_text(printed)
        program = self._folder / "tesseract"
        program.write_text(
            f"#!/bin/sh\ncd {self._folder}\n"
            'case "$1" in\n'
            "--version) echo 'tesseract 5.3.0'; echo ' leptonica-1.82.0'; exit;;\n"
            "--list-langs) echo 'List of available languages (3):'; echo eng; echo deu; echo osd; exit;;\n"
            'esac\necho "$@" >> called\nnumber=$(wc -l < called)\n'
            'head -c 12 > "$((number)).picture"\ncat > rest\n'
            f'[ {sleep_s:g} = 0 ] || {{ echo $$ > pid; exec sleep {sleep_s:g}; }}\ncat "$((number)).tsv"\n'
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{self._folder}{os.pathsep}{os.environ['PATH']}")

    @property
    def arguments(self) -> list[str]:
        """Of each call that was about a picture."""
        called = self._folder / "called"
        return called.read_text().splitlines() if called.exists() else []

    def picture(self, number: int) -> bytes:
        """How the picture of the call began."""
        return (self._folder / f"{number}.picture").read_bytes()

    @property
    def pid(self) -> int:
        return int((self._folder / "pid").read_text())


def without_tesseract(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))


def _page(number: int, rows: Sequence[Row], turned: int) -> str:
    lines = [f"1\t{number}\t0\t0\t0\t0\t0\t0\t{SHEET[0]}\t{SHEET[1]}\t-1\t\n"]
    top = 300
    for line, row in enumerate(rows, 1):
        top += _LINE + (_LINE if line > 1 and rows[line - 2].paragraph != row.paragraph else 0) + row.height - 40
        left = 300
        for position, word in enumerate(row.text.split(" "), 1):
            place = _turn(left, top, max(1, len(word) * _LETTER), row.height, turned)
            numbers = (5, number, 1, row.paragraph, line, position, *place)
            lines.append("\t".join(map(str, numbers)) + f"\t{row.confidence}\t{word}\n")
            left += (len(word) + 1) * _LETTER
    return "".join(lines)


def _turn(left: int, top: int, width: int, height: int, turned: int) -> tuple[int, int, int, int]:
    return {
        0: (left, top, width, height),
        90: (SHEET[1] - top - height, left, height, width),
        180: (SHEET[0] - left - width, SHEET[1] - top - height, width, height),
        270: (top, SHEET[0] - left - width, height, width),
    }[turned]
