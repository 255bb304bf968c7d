"""`python -m benchmarks.calibrate`: fit the probability that the first passage answers, leaving one set out at a time.

Right: the first passage covers the gold answer. Wrong: it does not, or the question has no answer in the documents:
the set's own unanswerable questions, and questions of the other sets. Each set weighs the same, and so do its own
questions and the strangers. Prints the constants for `verdict.BUNDLED`, and for each set what a fit on the others
makes of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.sets import Question, QuestionSet, load_set, sample
from benchmarks.workspace import Workspace
from quoth.embed import find_model, load_embedder
from quoth.evaluate.abstention import auroc
from quoth.evaluate.logistic import Logistic, fit_logistic
from quoth.evaluate.scoring import Place, covers
from quoth.protocols import Embedder, Filter
from quoth.records import Span
from quoth.search import prepare, rank, retrieve, signals_of
from quoth.search.winners import winners_of
from quoth.settings import Settings
from quoth.store import EmbeddedStore
from quoth.verdict import BUNDLED, SIGNAL_NAMES

HERE = Path(__file__).parent
SETS = ("squad2_dev", "chroma_chunking", "xquad_en", "inscit_dev")
"""Not policyqa_dev: nine in ten of its first passages count as wrong, most of them because its general questions
("What data is collected?") are answered by more places of a policy than the one that was marked."""

Rows = tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]
"""Signals (n, signals), whether the first passage answers (n,), weights (n,)."""


@click.command()
@click.option("--data", type=click.Path(path_type=Path), default=HERE.parent.parent / "shared" / "data")
@click.option("--limit", default=400, show_default=True, help="Questions of each kind from each set.")
def main(data: Path, limit: int) -> None:
    """Fit on all sets, and on all but one."""
    sets = [load_set(data, name) for name in SETS]
    embedder = load_embedder(find_model(Settings().model))
    with tempfile.TemporaryDirectory(prefix="quoth-calibrate-") as scratch:
        workspace = Workspace(data, Path(scratch), partial(click.echo, err=True), SETS, limit)
        rows = {one.name: observe(one, sets, workspace, embedder, limit) for one in sets}
    for name, held_out in rows.items():
        report(name, fit([row for other, row in rows.items() if other != name]), held_out)
    model = fit(list(rows.values()))
    click.echo(f"bias {model.bias:.2f}  " + "  ".join(map("{} {:.2f}".format, SIGNAL_NAMES, model.weights)))


def observe(
    one: QuestionSet, sets: Sequence[QuestionSet], workspace: Workspace, embedder: Embedder, limit: int
) -> Rows:
    """Signals of the first passage for the set's own questions and for strangers."""
    index, _ = workspace.build(one)
    strangers = [question for other in sets if _are_apart(one.name, other.name) for question in other.answerable]
    own = [*sample(one.answerable, limit), *sample(one.unanswerable, limit)]
    asked = [(question, True) for question in own] + [(question, False) for question in sample(strangers, limit)]
    with EmbeddedStore.open(index, model=embedder.fingerprint) as store:
        observed = [(row, is_own) for question, is_own in asked for row in look(question, one, is_own, store, embedder)]
    signals = np.array([row for (row, _), _ in observed])
    is_own = np.array([is_own for _, is_own in observed])
    weights = np.where(is_own, 0.5 / is_own.sum(), 0.5 / (~is_own).sum())
    return signals, np.array([is_right for (_, is_right), _ in observed]), weights


def look(
    question: Question, one: QuestionSet, is_own: bool, store: EmbeddedStore, embedder: Embedder
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The signals of the first passage and whether it answers; nothing when no passage is found."""
    documents = store.documents()
    where = None
    if one.is_scoped and is_own:
        where = Filter(frozenset(info.id for info in documents if info.source in question.sources))
    prepared = prepare(question.text, embedder, tuple({info.language for info in documents}))
    ranked = rank(prepared, retrieve(prepared, store, where), store.neighbours)
    if ranked:
        winner = winners_of(ranked, store.document, k=5, per_document=5)[0]
        spans = [part.entry.passage.span for part in winner.parts]
        source = store.document(winner.parts[0].entry.passage.document_id).info.source
        place = Place(source, Span(min(span.start for span in spans), max(span.end for span in spans)))
        is_right = is_own and any(covers(place, gold) for gold in question.golds)
        signals = signals_of(prepared, ranked)
        yield tuple(float(getattr(signals, name)) for name in SIGNAL_NAMES), is_right


def fit(rows: Sequence[Rows]) -> Logistic:
    signals, is_right, weights = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    return fit_logistic(signals, is_right, counts=weights * len(weights) / weights.sum())


def report(name: str, model: Logistic, held_out: Rows) -> None:
    signals, is_right, weights = held_out
    probability = model.probabilities(signals)
    answered = probability >= BUNDLED.answers_from
    click.echo(
        f"{name}, fitted on the others: AUROC {auroc(probability[is_right], probability[~is_right]):.3f}, "
        f"answered {answered.mean():.2f} of all, right among them {is_right[answered].mean():.2f}, "
        f"right but not answered {(is_right & ~answered).sum() / is_right.sum():.2f}, "
        f"mean probability {np.average(probability, weights=weights):.2f} "
        f"against {np.average(is_right, weights=weights):.2f}"
    )


def _are_apart(one: str, other: str) -> bool:
    """The xquad sets are translations of one another and come from the same source as squad2."""
    return one != other and not ({one, other} <= {"squad2_dev", "xquad_en", "xquad_es"})


if __name__ == "__main__":
    main()
