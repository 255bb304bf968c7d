"""What each part of the ranking brings: the same questions, with one part at a time taken out or turned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch

from benchmarks.quality import ask_all
from benchmarks.results import Row, Table
from benchmarks.sets import load_set, read_texts, sample
from benchmarks.workspace import Workspace, open_library
from quoth import rank
from quoth.chunk import passages
from quoth.chunk.outline import embedding_text
from quoth.evaluate.scoring import measure
from quoth.library import Library
from quoth.search import trust, winners
from quoth.search.trust import Trust

ABLATION = "What each part of the ranking brings"

SETS = ("squad2_dev", "chroma_chunking", "xquad_en", "policyqa_dev", "inscit_dev")
QUESTIONS = 350
"""Of each set, drawn with the seed of `sets.sample`."""
MEASURES = ("hit@1", "hit@5", "R@500", "R@1000")

Change = tuple[ModuleType, str, Any]
"""A constant and what it is for the while."""
NO_MATCH = 2.0
"""More than a match of two tokens is worth, so a discount of it takes neighbours out."""
CHANGES: Mapping[str, tuple[Change, ...]] = {
    "as it is": (),
    "ordered by words alone": ((trust, "KNOWN", Trust(0.0, 0.0)),),
    "ordered by vectors alone": ((trust, "KNOWN", Trust(1.0, 0.0)),),
    "words and vectors, no late interaction": ((trust, "KNOWN", Trust(0.5, 0.0)),),
    "late interaction weighs 1": ((trust, "KNOWN", Trust(0.5, 1.0)),),
    "late interaction without neighbours": ((rank, "BEFORE_DISCOUNT", NO_MATCH), (rank, "AFTER_DISCOUNT", NO_MATCH)),
    "neighbours shown one by one": ((winners, "JOINED_WITHIN", 0),),
    "up to 700 characters shown as one": ((winners, "JOINED_CHARACTERS", 700),),
}
WITHOUT_HEADINGS = "nothing of headings embedded"


def measure_ablation(workspace: Workspace, name: str) -> Iterator[Table]:
    """The rows of one set."""
    questions = load_set(workspace.data, name)
    asked = sample(questions.answerable, workspace.limit or QUESTIONS)
    texts = read_texts(questions.documents)

    def row(of: str, library: Library) -> Row:
        measures = measure([reply.outcome for reply in ask_all(library, questions, asked, texts)])
        return Row(f"{name}: {of}", {"questions": len(asked)} | {one: measures[one] for one in MEASURES})

    index, _ = workspace.build(questions)
    rows = []
    for of, changes in CHANGES.items():
        workspace.say(of)
        with changed(changes), open_library(index) as library:
            rows.append(row(of, library))
    workspace.say(WITHOUT_HEADINGS)
    with (
        changed([(passages, "embedding_text", lambda _, text: embedding_text((), text))]),
        open_library(workspace.scratch / f"{name}-without-headings") as library,
    ):
        library.build(questions.documents)
        rows.append(row(WITHOUT_HEADINGS, library))
    yield Table(
        ABLATION,
        f"At most {QUESTIONS} answerable questions of each set, asked with one part of the ranking changed at a time. "
        "Ranges hold 95 % of bootstrap resamples of the questions.",
        tuple(rows),
    )


@contextmanager
def changed(changes: tuple[Change, ...] | list[Change]) -> Iterator[None]:
    with ExitStack() as stack:
        for module, name, value in changes:
            stack.enter_context(patch.object(module, name, value))
        yield
