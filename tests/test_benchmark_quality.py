"""What is said of the verdicts comes with its interval."""

from __future__ import annotations

from benchmarks.quality import SEPARATION, VERDICTS, Reply, abstention_tables

from quoth.evaluate.intervals import auroc_interval, mean_interval
from quoth.evaluate.scoring import Outcome
from quoth.records import Verdict

RIGHT = [Reply(Outcome(1, 200), probability, Verdict.ANSWERS) for probability in (0.9, 0.8, 0.6)]
WRONG = [Reply(Outcome(None, None), 0.7, Verdict.ANSWERS), Reply(Outcome(2, 400), 0.3, Verdict.CLOSEST)]
STRANGERS = [Reply(Outcome(None, None), probability, Verdict.NOTHING) for probability in (0.01, 0.02)]
TABLES = {table.title: table for table in abstention_tables([*RIGHT, *WRONG], [], STRANGERS)}


def test_telling_answers_from_non_answers_has_the_interval_of_its_resamples() -> None:
    rows = {row.name: row.cells["AUROC"] for row in TABLES[SEPARATION].rows}
    assert rows == {
        "answerable / about other documents": auroc_interval([0.9, 0.8, 0.6, 0.7, 0.3], [0.01, 0.02]),
        "first passage answers / does not, answerable": auroc_interval([0.9, 0.8, 0.6], [0.7, 0.3]),
        "first passage answers / does not, with unanswerable": auroc_interval([0.9, 0.8, 0.6], [0.7, 0.3]),
    }


def test_the_share_of_each_verdict_has_its_interval() -> None:
    rows = {row.name: row.cells for row in TABLES[VERDICTS].rows}
    assert rows["answerable, first passage does not"] == {
        "questions": 2,
        "answers": mean_interval([1.0, 0.0]),
        "closest passages, probably not an answer": mean_interval([0.0, 1.0]),
        "nothing found": mean_interval([0.0, 0.0]),
        "mean probability": mean_interval([0.7, 0.3]),
    }
    assert rows["about other documents"]["nothing found"] == mean_interval([1.0, 1.0])
