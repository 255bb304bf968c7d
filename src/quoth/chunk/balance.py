"""Neighbouring stretches of text to runs of similar size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from quoth.records import Span

LONGEST = 2.5
"""Times the target that several stretches together may fill."""
_MOST_PIECES = 24
CROSSING = 0.12
"""Cost of a paragraph's end inside a run; missing the target by half costs 0.25."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays together: a sentence, or a few very short ones. `crossing` is what joining it to the last costs."""

    sentences: tuple[Span, ...]
    crossing: float = 0.0

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end


def balance(pieces: Sequence[Piece], target: int) -> list[Sequence[Piece]]:
    """Cut into runs so that the sum of ((characters - target) / target)² and of the crossings is least."""
    least = [0.0]
    begins = [0]
    for last, piece in enumerate(pieces):
        best, begin, crossings = inf, last, 0.0
        for first in range(last, max(-1, last - _MOST_PIECES), -1):
            characters = piece.end - pieces[first].start
            if first < last and characters > LONGEST * target:
                break
            cost = least[first] + crossings + (characters / target - 1) ** 2
            if cost < best:
                best, begin = cost, first
            crossings += pieces[first].crossing
        least.append(best)
        begins.append(begin)
    runs: list[Sequence[Piece]] = []
    end = len(pieces)
    while end:
        runs.append(pieces[begins[end] : end])
        end = begins[end]
    return runs[::-1]
