"""`python -m benchmarks.calibrate`: fit the probability that the first passage answers, one source left out at a time.

Right: the first passage covers the gold answer. Wrong: it does not, or the question has no answer in the documents:
the set's own unanswerable questions, and questions of the other sets. Each set weighs the same, and so do its own
questions and the strangers. Prints the constants for `verdict.BUNDLED`, and for each set what a fit on sets of other
sources makes of it: 335 of the 352 questions of xquad_en are also in squad2_dev, so neither is fitted for the other.
`--pictures FOLDER` draws the same: docs/images/risk_coverage.png and reliability.png are made so.
"""

from __future__ import annotations

import glob
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.sets import Question, QuestionSet, load_set, sample
from benchmarks.workspace import Workspace, open_library
from quoth.evaluate.abstention import reliability, risk_coverage
from quoth.evaluate.intervals import Interval, auroc_interval, mean_interval
from quoth.evaluate.logistic import Logistic, fit_logistic
from quoth.evaluate.plots import save_plots
from quoth.evaluate.report import Report
from quoth.evaluate.scoring import is_hit, score_answer
from quoth.verdict import BUNDLED, SIGNAL_NAMES

HERE = Path(__file__).parent
SETS = ("squad2_dev", "chroma_chunking", "xquad_en", "inscit_dev")
"""Not policyqa_dev: nine in ten of its first passages count as wrong, most of them because its general questions
("What data is collected?") are answered by more places of a policy than the one that was marked."""


@dataclass(frozen=True, slots=True, eq=False)  # arrays cannot be compared with ==
class Rows:
    """First passages: one for each question that found any."""

    signals: NDArray[np.float64]
    """(n, signals)"""
    is_right: NDArray[np.bool_]
    """(n,) whether it answers."""
    is_stranger: NDArray[np.bool_]
    """(n,) whether the question is one of another set."""
    is_answerable: NDArray[np.bool_]
    """(n,) whether the question is the set's own and has an answer in its documents."""

    @property
    def weights(self) -> NDArray[np.float64]:
        """(n,) that make the strangers count as much as the set's own questions, and each set as much as another."""
        strangers = int(self.is_stranger.sum())
        return np.where(self.is_stranger, 0.5 / strangers, 0.5 / (len(self.is_stranger) - strangers))


@click.command()
@click.option("--data", type=click.Path(path_type=Path), default=HERE.parent.parent / "shared" / "data")
@click.option("--limit", default=400, show_default=True, help="Questions of each kind from each set.")
@click.option("--pictures", type=click.Path(path_type=Path, file_okay=False), help="Draw into this folder, too.")
def main(data: Path, limit: int, pictures: Path | None) -> None:
    """Fit on all sets, and for each on those of other sources."""
    sets = [load_set(data, name) for name in SETS]
    with tempfile.TemporaryDirectory(prefix="quoth-calibrate-") as scratch:
        workspace = Workspace(data, Path(scratch), partial(click.echo, err=True), SETS, limit)
        rows = {one.name: observe(one, sets, workspace, limit) for one in sets}
    reports = []
    for name, held_out in rows.items():
        of_others = fit([row for other, row in rows.items() if _are_apart(name, other)])
        click.echo(describe(name, of_others, held_out))
        reports.append(report_of(name, of_others, held_out))
    if pictures:
        save_plots(pictures, reports)
    model = fit(list(rows.values()))
    click.echo(f"bias {model.bias:.2f}  " + "  ".join(map("{} {:.2f}".format, SIGNAL_NAMES, model.weights)))


def observe(one: QuestionSet, sets: Sequence[QuestionSet], workspace: Workspace, limit: int) -> Rows:
    """Signals of the first passage for the set's own questions and for strangers."""
    index, _ = workspace.build(one)
    strangers = [question for other in sets if _are_apart(one.name, other.name) for question in other.answerable]
    own = [*sample(one.answerable, limit), *sample(one.unanswerable, limit)]
    asked = [(question, True) for question in own] + [(question, False) for question in sample(strangers, limit)]
    with open_library(index) as library:
        library.calibration = replace(library.calibration, closest_from=0.0)  # what is shown must not depend on it
        seen = [
            (answer, question, is_own)
            for question, is_own in asked
            if (answer := library.ask(question.text, sources=_scope(one, question) if is_own else [])).hits
        ]
    return Rows(
        signals=np.array([[dict(answer.signals)[name] for name in SIGNAL_NAMES] for answer, *_ in seen]),
        is_right=np.array(
            [is_own and is_hit(score_answer(answer, question.golds), 1) for answer, question, is_own in seen]
        ),
        is_stranger=np.array([not is_own for *_, is_own in seen]),
        is_answerable=np.array([is_own and question.is_answerable for _, question, is_own in seen]),
    )


def _scope(one: QuestionSet, question: Question) -> list[str]:
    return [glob.escape(source) for source in question.sources] if one.is_scoped else []


def fit(rows: Sequence[Rows]) -> Logistic:
    weights = np.concatenate([row.weights for row in rows])
    return fit_logistic(
        np.concatenate([row.signals for row in rows]),
        np.concatenate([row.is_right for row in rows]),
        counts=weights * len(weights) / weights.sum(),
    )


def describe(name: str, model: Logistic, held_out: Rows) -> str:
    """What the threshold does to a set that the model was not fitted on; brackets hold 95 % of bootstrap resamples."""
    probability, right = model.probabilities(held_out.signals), held_out.is_right
    answered, own = probability >= BUNDLED.answers_from, held_out.is_answerable
    separation = auroc_interval(probability[right].tolist(), probability[~right].tolist())
    return (
        f"{name}, fitted on other sources: AUROC {_written(separation)}; "
        f"of {own.sum()} answerable questions {_share(answered[own])} answered, "
        f"wrong among them {_share((~right)[answered & own])}; "
        f"of {held_out.is_stranger.sum()} strangers {_share(answered[held_out.is_stranger])} answered; "
        f"mean probability {np.average(probability, weights=held_out.weights):.2f} "
        f"against {np.average(right, weights=held_out.weights):.2f}"
    )


def _share(are: NDArray[np.bool_]) -> str:
    return _written(mean_interval(are.astype(float).tolist()))


def _written(interval: Interval) -> str:
    return f"{interval.value:.3f} ({interval.low:.3f}-{interval.high:.3f})"


def report_of(name: str, model: Logistic, held_out: Rows) -> Report:
    """What the pictures show of it: the answerable questions."""
    own = held_out.is_answerable
    probabilities, are_right = model.probabilities(held_out.signals)[own].tolist(), held_out.is_right[own].tolist()
    answers = [right for said, right in zip(probabilities, are_right, strict=True) if said >= BUNDLED.answers_from]
    return Report(
        label=name,
        answerable=len(are_right),
        unanswerable=0,
        measures={},
        hits=(),
        verdicts={},
        said_answers=mean_interval([float(said >= BUNDLED.answers_from) for said in probabilities]),
        wrong_answers=mean_interval([float(not right) for right in answers]),
        auroc=None,
        risk=risk_coverage(probabilities, are_right),
        bins=reliability(probabilities, are_right),
    )


def _are_apart(one: str, other: str) -> bool:
    """The xquad sets are translations of one another and come from the same source as squad2."""
    return one != other and not ({one, other} <= {"squad2_dev", "xquad_en", "xquad_es"})


if __name__ == "__main__":
    main()
