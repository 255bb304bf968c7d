"""What a ranking with learnt weights would bring: learnt on all sources but one, tried on that one.

The ranking itself has no learnt weights: this shows why. Candidates are those that late interaction looks at.
"""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from benchmarks.ablation import SETS, changed
from benchmarks.results import Cell, Row, Table
from benchmarks.sets import Question as GoldQuestion
from benchmarks.sets import QuestionSet, load_set, sample
from benchmarks.workspace import Workspace, open_library
from quoth.evaluate.intervals import difference_interval, mean_interval
from quoth.evaluate.scoring import Place, covers
from quoth.library import Library
from quoth.rank import fuse, normalise, rerank
from quoth.search.question import Question, word_share
from quoth.search.ranking import NeighboursOf, rank
from quoth.search.retrieval import Candidate
from quoth.spelling import spelling_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FUSION = "Weights learnt on other sources"
WEIGHTS = "The learnt weights"
QUESTIONS = 350
SOURCE = {"xquad_en": "squad2_dev"}
"""Most questions of the first are also in the second, so they count as one source."""
SIGNALS = (
    "cosine",
    "words",
    "late interaction",
    "the same without neighbours",
    "share of the question's words",
    "spelling",
    "length",
)
STEPS = 2_000
STEP = 0.5
SMOOTHING = 1e-3
"""Weight of the squares of the weights beside the mean loss."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The candidates of one question."""

    signals: Floats
    """(candidates, SIGNALS), each from 0 to 1 over the candidates."""
    as_it_is: Floats
    """(candidates,): what they are ordered by now."""
    covers: NDArray[np.bool_]
    """(candidates,): whether a gold answer stands there."""


def measure_fusion(workspace: Workspace) -> Iterator[Table]:
    """A row for each set, with the weights that the sets of other sources teach."""
    listed = {name: tuple(_listed(workspace, load_set(workspace.data, name))) for name in SETS}
    rows, taught = [], []
    for name in SETS:
        others = [one for other in SETS if _source(other) != _source(name) for one in listed[other]]
        weights = learn(others)
        rows.append(Row(name, _cells(listed[name], weights)))
        taught.append(Row(f"for {name}", {signal: float(w) for signal, w in zip(SIGNALS, weights, strict=True)}))
    note = (
        "Single candidates, none shown as one; hit@1 and MRR of the order by these weights beside the order as it is."
    )
    yield Table(FUSION, note, tuple(rows))
    yield Table(WEIGHTS, "A softmax over the candidates of a question, by listwise regression.", tuple(taught))


def learn(listed: Sequence[Listed]) -> Floats:
    """(SIGNALS,): weights under which the candidates that cover an answer are likeliest to be drawn.

    The likelihood of the covering ones together, in a softmax over the question's candidates (ListNet's top one, Cao et
    al. 2007). By gradient descent from 0; the loss is smooth, and the smoothing keeps the weights finite.
    """
    telling = [one for one in listed if one.covers.any() and not one.covers.all()]
    weights = np.zeros(len(SIGNALS))
    if not telling:
        return weights
    most = max(len(one.covers) for one in telling)
    signals = np.stack([_padded(one.signals, most) for one in telling])
    covering = np.stack([_padded(one.covers, most) for one in telling])
    is_there = np.stack([_padded(np.ones(len(one.covers), dtype=np.bool_), most) for one in telling])
    for _ in range(STEPS):
        scores = np.where(is_there, signals @ weights, -np.inf)
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        wanted = chances * covering
        wanted /= wanted.sum(axis=1, keepdims=True)
        gradient = np.einsum("qc,qcs->s", chances - wanted, signals) / len(telling)
        weights -= STEP * (gradient + SMOOTHING * weights)
    return weights


def _padded(values: NDArray[Any], length: int) -> NDArray[Any]:
    """With zeros up to `length` rows."""
    return np.concatenate([values, np.zeros((length - len(values), *values.shape[1:]), dtype=values.dtype)])


def _source(name: str) -> str:
    return SOURCE.get(name, name)


def _cells(listed: Sequence[Listed], weights: Floats) -> Mapping[str, Cell]:
    before = [_reciprocal_rank(one.as_it_is, one.covers) for one in listed]
    after = [_reciprocal_rank(one.signals @ weights, one.covers) for one in listed]
    firsts = [[float(value == 1.0) for value in values] for values in (before, after)]
    return {
        "questions": len(listed),
        "hit@1": mean_interval(firsts[0]),
        "hit@1 learnt": mean_interval(firsts[1]),
        "difference": difference_interval(*firsts),
        "MRR": mean_interval(before),
        "MRR learnt": mean_interval(after),
    }


def _reciprocal_rank(scores: Floats, covering: NDArray[np.bool_]) -> float:
    found = np.flatnonzero(covering[np.argsort(-scores, kind="stable")])
    return 1.0 / float(found[0] + 1) if len(found) else 0.0


def _listed(workspace: Workspace, questions: QuestionSet) -> Iterator[Listed]:
    """The candidates of each question, as `Library.ask` ranks them."""
    seen: list[tuple[Question, list[Candidate]]] = []

    def remembering(
        question: Question, candidates: Sequence[Candidate], neighbours_of: NeighboursOf | None
    ) -> list[Candidate]:
        ranked = rank(question, candidates, neighbours_of)
        seen.append((question, [one for one in ranked if one.late_score is not None]))
        return ranked

    index, _ = workspace.build(questions)
    asked = sample(questions.answerable, workspace.limit or QUESTIONS)
    answering = import_module("quoth.search.answer")  # the package has a function of that name
    with changed([(answering, "rank", remembering)]), open_library(index) as library:
        names = {info.id: info.source for info in library.documents()}
        with click.progressbar(asked, label=f"asking {questions.name}", file=sys.stderr) as bar:
            for question in bar:
                _ask(library, question, is_scoped=questions.is_scoped)
                yield _list_of(*seen[-1], question.golds, names)


def _ask(library: Library, question: GoldQuestion, *, is_scoped: bool) -> None:
    library.ask(question.text, sources=[glob.escape(source) for source in question.sources] if is_scoped else [])


def _list_of(
    question: Question, candidates: Sequence[Candidate], golds: Sequence[Place], names: Mapping[str, str]
) -> Listed:
    passages = [one.entry.passage for one in candidates]
    cosines = np.array([one.cosine for one in candidates])
    words = np.array([one.word_score for one in candidates])
    late = np.array([one.context_score for one in candidates], dtype=np.float64)
    own = np.array([one.late_score for one in candidates], dtype=np.float64)
    shares = np.array([word_share(question, one.entry.tokens) for one in candidates])
    spelling = spelling_shares(question.words.values(), [passage.text for passage in passages])
    lengths = np.array([len(passage.span) for passage in passages], dtype=np.float64)
    signals = [normalise(values) for values in (cosines, words, late, own, shares, spelling, lengths)]
    places = [Place(names[passage.document_id], passage.span) for passage in passages]
    return Listed(
        np.stack(signals, axis=1),
        rerank(fuse(cosines, words, question.trust.dense), late, question.trust.late),
        np.array([any(covers(place, gold) for gold in golds) for place in places], dtype=np.bool_),
    )
