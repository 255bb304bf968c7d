"""The figures of an evaluation, from its replies alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quoth.errors import QuestionFileError
from quoth.evaluate.abstention import Bin, RiskPoint, calibration_error, reliability, risk_coverage, verdict_shares
from quoth.evaluate.asking import SHOWN, Reply
from quoth.evaluate.gold import LostQuestion
from quoth.evaluate.intervals import Interval, auroc_interval, difference_interval, mean_interval
from quoth.evaluate.scoring import is_hit, measure, values_of
from quoth.records import Verdict

MEANINGS = {
    "hit@1": "the first passage answers",
    "hit@3": "one of the first 3 passages answers",
    "hit@5": "one of the first 5 passages answers",
    "hit@10": "one of the first 10 passages answers",
    "MRR@10": "mean of 1 / rank of the first that answers",
    "R@500": "answer within the first 500 characters shown",
    "R@1000": "answer within the first 1,000 characters shown",
    "R@2000": "answer within the first 2,000 characters shown",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of the questions came to. Every share is 0 to 1."""

    label: str
    """Which settings."""
    answerable: int
    unanswerable: int
    measures: Mapping[str, Interval]
    """Over the answerable questions; empty when there are none."""
    hits: tuple[Interval, ...]
    """hit@k for k = 1 to 20."""
    highlighted: Interval | None
    """Share of short answers in a shown passage that a highlight of it holds; None without any."""
    verdicts: Mapping[str, Mapping[Verdict, float]]
    """Kind of question -> share of each verdict."""
    said_answers: Interval | None
    """Share of all questions whose verdict was "answers"; None without questions."""
    wrong_answers: Interval | None
    """Share of wrong ones among those; None when there are none."""
    auroc: Interval | None
    """Chance that a right first passage has a higher probability than a wrong one; None without either."""
    risk: tuple[RiskPoint, ...]
    bins: tuple[Bin, ...]

    @property
    def calibration_error(self) -> float:
        return calibration_error(self.bins)


@dataclass(frozen=True, slots=True)
class Run:
    """The questions asked once, of one library."""

    label: str
    """Which settings; "" when there is nothing to tell apart."""
    replies: tuple[Reply | LostQuestion, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run, or two of the same questions."""

    reports: tuple[Report, ...]
    differences: Mapping[str, Interval]
    """Of two runs, by measure: second minus first, over the answerable questions. Empty for one run."""


def evaluation_of(runs: Sequence[Run]) -> Evaluation:
    """Of one run or two, over the questions that could be asked in all. Raises QuestionFileError when none could."""
    rows = [row for row in zip(*(run.replies for run in runs), strict=True) if all(isinstance(r, Reply) for r in row)]
    asked = [[reply for reply in column if isinstance(reply, Reply)] for column in zip(*rows, strict=True)]
    if not asked:
        raise QuestionFileError("none of the questions could be asked; see above what is the matter with each")
    reports = tuple(report_of(replies, run.label) for replies, run in zip(asked, runs, strict=True))
    return Evaluation(reports, _differences(*asked) if len(asked) == 2 else {})


def _differences(first: Sequence[Reply], second: Sequence[Reply]) -> dict[str, Interval]:
    before, after = (values_of([r.outcome for r in run if r.written.is_answerable]) for run in (first, second))
    return {name: difference_interval(before[name], after[name]) for name in before if before[name]}


def report_of(replies: Sequence[Reply], label: str) -> Report:
    """The figures of at least one reply."""
    answerable = [reply for reply in replies if reply.written.is_answerable]
    unanswerable = [reply for reply in replies if not reply.written.is_answerable]
    outcomes = [reply.outcome for reply in answerable]
    probabilities, are_right = [reply.probability for reply in replies], [reply.is_right for reply in replies]
    marked = [float(reply.is_highlighted) for reply in replies if reply.is_highlighted is not None]
    said_answers = [reply for reply in replies if reply.verdict is Verdict.ANSWERS]
    kinds = {"answerable": answerable, "not answerable": unanswerable}
    return Report(
        label=label,
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        measures=measure(outcomes) if outcomes else {},
        hits=tuple(mean_interval([float(is_hit(o, k)) for o in outcomes]) for k in range(1, SHOWN + 1) if outcomes),
        highlighted=mean_interval(marked) if marked else None,
        verdicts={kind: verdict_shares([one.verdict for one in of_kind]) for kind, of_kind in kinds.items() if of_kind},
        said_answers=mean_interval([float(reply.verdict is Verdict.ANSWERS) for reply in replies]) if replies else None,
        wrong_answers=mean_interval([float(not reply.is_right) for reply in said_answers]) if said_answers else None,
        auroc=_auroc(replies),
        risk=risk_coverage(probabilities, are_right),
        bins=reliability(probabilities, are_right),
    )


def _auroc(replies: Sequence[Reply]) -> Interval | None:
    right = [reply.probability for reply in replies if reply.is_right]
    wrong = [reply.probability for reply in replies if not reply.is_right]
    return auroc_interval(right, wrong) if right and wrong else None
