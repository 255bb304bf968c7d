"""Replies as a run of questions gives them, without a library."""

from __future__ import annotations

from quoth.evaluate.asking import Reply
from quoth.evaluate.gold import LostQuestion
from quoth.evaluate.questions import Gold, WrittenQuestion
from quoth.evaluate.scoring import Outcome
from quoth.records import Citation, Verdict
from quoth.verdict import SIGNAL_NAMES


def written(line: int, *, answerable: bool = True) -> WrittenQuestion:
    return WrittenQuestion(line, f"q{line}", f"Question {line}?", (Gold("x"),) if answerable else ())


def reply(
    rank: int | None, probability: float, *, line: int = 1, answerable: bool = True, signal: float | None = None
) -> Reply:
    verdict = Verdict.ANSWERS if probability >= 0.5 else Verdict.CLOSEST
    cited = Citation("Letters", "a.txt", "quote", 7, 12, "0" * 64, "0" * 64, first_line=3, last_line=3)
    signals = () if signal is None else tuple((name, signal) for name in SIGNAL_NAMES)
    outcome = Outcome(rank, 200 * rank) if rank else Outcome()
    return Reply(written(line, answerable=answerable), outcome, verdict, probability, cited, signals)


def lost(line: int) -> LostQuestion:
    return LostQuestion(written(line), "the file is gone")
