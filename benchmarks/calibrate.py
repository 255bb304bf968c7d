"""Fit the probability that the first passage answers, and tell how often "answers" is wrong where it was not fitted.

Right: the first passage covers the gold answer. Wrong: it does not, or the question has no answer in the documents:
the set's own unanswerable questions, and strangers. Each set weighs the same, and so do its own questions and the
strangers. The four sets of the fit are left out of it in turn; 335 of the 352 questions of xquad_en are also in
squad2_dev, so neither is fitted for the other. Further sets, in none of the fits, are judged by what all four teach;
those in scripts that the model does not know are judged by one another, on the signals of `verdict.OTHER_SCRIPTS`. The
constants go into `verdict.BUNDLED` and `OTHER_SCRIPTS`; `--pictures` draws docs/images/risk_coverage.png and
reliability.png.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import Cell, Row, Table
from benchmarks.sets import Question, QuestionSet, load_set, sample
from benchmarks.workspace import Workspace
from quoth.evaluate.abstention import reliability, risk_coverage
from quoth.evaluate.intervals import auroc_interval, mean_interval
from quoth.evaluate.logistic import Logistic, fit_logistic
from quoth.evaluate.plots import save_plots
from quoth.evaluate.report import Report
from quoth.evaluate.scoring import is_hit, score_answer
from quoth.verdict import BUNDLED, OTHER_SCRIPTS, SIGNAL_NAMES

RISK_OF_ANSWERS = "Risk of what answers"
OTHER_THRESHOLDS = "Risk of what answers, at other thresholds"
CONSTANTS = "What the probability is made of"

SETS = ("squad2_dev", "chroma_chunking", "xquad_en", "inscit_dev")
"""Not policyqa_dev: nine in ten of its first passages count as wrong, most of them because its general questions
("What data is collected?") are answered by more places of a policy than the one that was marked."""
JUDGED = ("policyqa_dev", "xquad_es", "xquad_de", "xquad_ru", "xquad_ar", "xquad_zh")
"""In none of the fits."""
OTHER_SCRIPTS_SETS = ("xquad_ru", "xquad_ar", "xquad_zh")
"""Of the judged: judged by each other, for `verdict.OTHER_SCRIPTS` holds there."""
OTHER_SCRIPTS_SIGNALS = tuple(OTHER_SCRIPTS.weights)
SAME_SOURCE = frozenset({"squad2_dev", "xquad_en"})
QUESTIONS = 400
"""Of each kind from each set, drawn with the seed of `sets.sample`."""
THRESHOLDS = (0.5, 0.6)
"""Beside the one that is used."""

Scope = list[str]
"""Patterns of the documents that are asked; empty: all."""


@dataclass(frozen=True, slots=True, eq=False)  # arrays cannot be compared with ==
class Rows:
    """First passages: one for each question that found any."""

    signals: NDArray[np.float64]
    """(n, signals)"""
    is_right: NDArray[np.bool_]
    """(n,) whether it answers."""
    is_stranger: NDArray[np.bool_]
    """(n,) whether nothing that was asked is about the question."""
    is_answerable: NDArray[np.bool_]
    """(n,) whether the question is the set's own and has an answer in its documents."""

    @property
    def weights(self) -> NDArray[np.float64]:
        """(n,) that make the strangers count as much as the set's own questions, and each set as much as another."""
        strangers = int(self.is_stranger.sum())
        return np.where(self.is_stranger, 0.5 / strangers, 0.5 / (len(self.is_stranger) - strangers))


def measure_risk(
    workspace: Workspace,
    fitted: Sequence[str] = SETS,
    judged: Sequence[str] = JUDGED,
    scripts: Sequence[str] = OTHER_SCRIPTS_SETS,
) -> Iterator[Table]:
    """Each of the `fitted` sets by a fit on those of other sources, each of the `judged` by a fit on all `fitted`; but
    those of them that are also `scripts`, by a fit on the others of these.
    """
    sets = {name: load_set(workspace.data, name) for name in (*fitted, *judged)}
    of_fit = [sets[name] for name in fitted]
    rows = {name: observe(one, of_fit, workspace) for name, one in sets.items()}
    of_all = fit([rows[name] for name in fitted])
    models = {name: fit([rows[other] for other in fitted if _are_apart(name, other)]) for name in fitted}
    models |= dict.fromkeys(judged, of_all)
    of_scripts = [name for name in scripts if name in judged]
    for name in of_scripts:
        models[name] = fit([rows[other] for other in of_scripts if other != name], OTHER_SCRIPTS_SIGNALS)
    if workspace.pictures:
        workspace.pictures.mkdir(parents=True, exist_ok=True)
        save_plots(workspace.pictures, [report_of(name, models[name], rows[name]) for name in fitted])
    yield Table(
        RISK_OF_ANSWERS, _note(fitted, of_scripts), tuple(row_of(name, models[name], rows[name]) for name in sets)
    )
    yield Table(
        OTHER_THRESHOLDS,
        f"The same with “answers” said from other probabilities than {BUNDLED.answers_from:.2f}.",
        tuple(thresholds_row(name, models[name], rows[name]) for name in sets),
    )
    fits = {fitted_on(fitted): of_all}
    if of_scripts:
        fits[fitted_on(of_scripts)] = fit([rows[name] for name in of_scripts], OTHER_SCRIPTS_SIGNALS)
    yield Table(
        CONSTANTS,
        "Logistic regression on the signals of the first passage: what the fits give, and what is used.",
        (
            *(Row(of, {"bias": model.bias, **_named(model)}) for of, model in fits.items()),
            Row("src/quoth/verdict.py", {"bias": BUNDLED.bias, **BUNDLED.weights}),
            Row("the same, other scripts", {"bias": OTHER_SCRIPTS.bias, **OTHER_SCRIPTS.weights}),
        ),
    )


def fitted_on(names: Sequence[str]) -> str:
    return f"fitted on {', '.join(names)}"


def _named(model: Logistic) -> dict[str, float]:
    return {name: float(weight) for name, weight in zip(SIGNAL_NAMES, model.weights, strict=True)}


def _note(fitted: Sequence[str], scripts: Sequence[str]) -> str:
    return (
        f"“Answers” is said from a probability of {BUNDLED.answers_from:.2f}. At most {QUESTIONS} questions of each "
        f"kind. {', '.join(fitted)}: the fit is on those of the others that come from other sources; the sets below: "
        f"on all of these, but {', '.join(scripts)} on the others of these, on {' and '.join(OTHER_SCRIPTS_SIGNALS)} "
        "alone. Strangers: questions of those other sets, or, in other languages than English, the set's own "
        "questions asked of all documents but theirs. AUROC: of right against wrong first passages, all kinds of "
        "questions. Ranges hold 95 % of bootstrap resamples of the questions."
    )


def observe(one: QuestionSet, of_fit: Sequence[QuestionSet], workspace: Workspace) -> Rows:
    """Signals of the first passage for the set's own questions and for strangers."""
    index, _ = workspace.build(one)
    limit = min(QUESTIONS, workspace.limit or QUESTIONS)
    own = [*sample(one.answerable, limit), *sample(one.unanswerable, limit)]
    asked = [(question, True, _own_scope(one, question)) for question in own]
    asked += [(question, False, scope) for question, scope in sample(_strangers(one, of_fit), limit)]
    workspace.say(f"asking {len(asked):,} questions of {one.name}")
    with workspace.open(index) as library:
        library.calibration = replace(library.calibration, closest_from=0.0)  # what is shown must not depend on it
        seen = [
            (answer, question, is_own)
            for question, is_own, scope in asked
            if (answer := library.ask(question.text, sources=scope)).hits
        ]
    return Rows(
        signals=np.array([[dict(answer.signals)[name] for name in SIGNAL_NAMES] for answer, *_ in seen]),
        is_right=np.array(
            [is_own and is_hit(score_answer(answer, question.golds), 1) for answer, question, is_own in seen]
        ),
        is_stranger=np.array([not is_own for *_, is_own in seen]),
        is_answerable=np.array([is_own and question.is_answerable for _, question, is_own in seen]),
    )


def _own_scope(one: QuestionSet, question: Question) -> Scope:
    return [glob.escape(source) for source in question.sources] if one.is_scoped else []


def _strangers(one: QuestionSet, of_fit: Sequence[QuestionSet]) -> list[tuple[Question, Scope]]:
    """An English question asked of Arabic documents would show nothing, so that other languages ask in their own."""
    if one.language == "en":
        return [(question, []) for other in of_fit if _are_apart(one.name, other.name) for question in other.answerable]
    documents = sorted(path.name for path in one.documents.glob("*.txt"))
    return [
        (question, [glob.escape(name) for name in documents if name not in question.sources])
        for question in one.answerable
    ]


def fit(rows: Sequence[Rows], names: Sequence[str] = SIGNAL_NAMES) -> Logistic:
    """On the signals of these names; the others weigh nothing."""
    weights = np.concatenate([row.weights for row in rows])
    columns = [SIGNAL_NAMES.index(name) for name in names]
    found = fit_logistic(
        np.concatenate([row.signals for row in rows])[:, columns],
        np.concatenate([row.is_right for row in rows]),
        counts=weights * len(weights) / weights.sum(),
    )
    of_all = np.zeros(len(SIGNAL_NAMES))
    of_all[columns] = found.weights
    return Logistic(found.bias, of_all)


def row_of(name: str, model: Logistic, held_out: Rows) -> Row:
    """What the threshold does to a set that the model was not fitted on."""
    probability, right, stranger = model.probabilities(held_out.signals), held_out.is_right, held_out.is_stranger
    cells: dict[str, Cell] = {"questions": int(held_out.is_answerable.sum())}
    answered, wrong = answered_from(BUNDLED.answers_from, probability, held_out)
    cells |= {"answered": answered, "wrong among them": wrong}
    cells["strangers"] = int(stranger.sum())
    cells["strangers answered"] = mean_interval((probability[stranger] >= BUNDLED.answers_from).astype(float).tolist())
    cells["AUROC"] = auroc_interval(probability[right].tolist(), probability[~right].tolist())
    cells["mean probability"] = float(np.average(probability, weights=held_out.weights))
    cells["right, weighed alike"] = float(np.average(right, weights=held_out.weights))
    return Row(name, cells)


def thresholds_row(name: str, model: Logistic, held_out: Rows) -> Row:
    probability = model.probabilities(held_out.signals)
    cells: dict[str, Cell] = {}
    for threshold in THRESHOLDS:
        answered, wrong = answered_from(threshold, probability, held_out)
        cells |= {f"answered from {threshold}": answered, f"wrong from {threshold}": wrong}
    return Row(name, cells)


def answered_from(threshold: float, probability: NDArray[np.float64], of: Rows) -> tuple[Cell, Cell]:
    """Of the answerable questions: share with at least this probability, and share of wrong ones among those."""
    own = of.is_answerable
    is_answered = probability >= threshold
    wrong = (~of.is_right)[is_answered & own].astype(float).tolist()
    return mean_interval(is_answered[own].astype(float).tolist()), mean_interval(wrong) if wrong else "none answered"


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
        highlighted=None,
        verdicts={},
        said_answers=mean_interval([float(said >= BUNDLED.answers_from) for said in probabilities]),
        wrong_answers=mean_interval([float(not right) for right in answers]) if answers else None,
        auroc=None,
        risk=risk_coverage(probabilities, are_right),
        bins=reliability(probabilities, are_right),
    )


def _are_apart(one: str, other: str) -> bool:
    return one != other and not {one, other} <= SAME_SOURCE
