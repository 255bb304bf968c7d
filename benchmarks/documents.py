"""Collections with judged documents instead of judged passages: abstracts, ordered by their best passage."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.ablation import CHANGES, changed
from benchmarks.results import Row, Table
from benchmarks.sets import Question, load_set, sample
from benchmarks.workspace import Workspace, open_library
from quoth.evaluate.intervals import mean_interval
from quoth.library import Library

DOCUMENTS = "Documents in the order of their best passage"

SETS = ("cranfield", "npl_vaswani")
COMPARED = ("as it is", "ordered by words alone", "ordered by vectors alone", "words and vectors, no late interaction")
SHOWN = 50
"""Passages asked for."""
DEPTH = 10


def measure_documents(workspace: Workspace, name: str) -> Iterator[Table]:
    """The rows of one set."""
    questions = load_set(workspace.data, name)
    asked = sample(tuple(question for question in questions.questions if question.relevant), workspace.limit)
    index, _ = workspace.build(questions)
    rows = []
    for of in COMPARED:
        workspace.say(of)
        with changed(CHANGES[of]), open_library(index) as library:
            rows.append(_row(f"{name}: {of}", library, asked))
    yield Table(
        DOCUMENTS,
        f"Documents that people judged, {SHOWN} passages asked for. hit@k: one of the first k documents was judged "
        f"relevant. nDCG@{DEPTH}: gain 2^grade - 1. Ranges hold 95 % of bootstrap resamples of the questions.",
        tuple(rows),
    )


def gain(grades: Sequence[int], judged: Mapping[str, int]) -> float:
    """nDCG at `DEPTH` (Burges et al. 2005) of the grades of the documents that were found, best first."""
    best = sorted(judged.values(), reverse=True)
    return _discounted(grades) / _discounted(best)


def _row(name: str, library: Library, asked: Sequence[Question]) -> Row:
    first, five, gains = [], [], []
    for question in asked:
        hits = library.ask(question.text, k=SHOWN).hits
        found = dict.fromkeys(hit.citation.source for hit in hits)
        grades = [question.relevant.get(source, 0) for source in found]
        first.append(float(any(grades[:1])))
        five.append(float(any(grades[:5])))
        gains.append(gain(grades, question.relevant))
    cells = {"hit@1": first, "hit@5": five, f"nDCG@{DEPTH}": gains}
    return Row(name, {"questions": len(asked)} | {of: mean_interval(values) for of, values in cells.items()})


def _discounted(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], start=1))
