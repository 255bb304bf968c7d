"""What each part of the ranking brings: the same questions, with one part at a time taken out or turned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from types import ModuleType
from typing import Any
from unittest.mock import patch

from benchmarks.quality import ask_all
from benchmarks.results import Row, Table
from benchmarks.sets import load_set, read_texts, sample
from benchmarks.workspace import Workspace, open_library
from quoth import rank
from quoth.build.draft import Draft, searched_text
from quoth.chunk import embedding_text
from quoth.evaluate.scoring import measure
from quoth.library import Library
from quoth.search import trust, winners
from quoth.search.trust import Trust

ABLATION = "What each part of the ranking brings"

SETS = ("squad2_dev", "chroma_chunking", "xquad_en", "policyqa_dev", "inscit_dev")
EMBEDDED_SETS = ("inscit_dev", "legalbench_rag_sample", "chroma_chunking", "xquad_en")
"""All, two thirds, half and none of their passages stand under headings; most of their file names are titles."""
FOREIGN_SETS = {
    "xquad_es": "SAME_SCRIPT",
    "xquad_de": "SAME_SCRIPT",
    "xquad_ru": "OTHER_SCRIPT",
    "xquad_ar": "OTHER_SCRIPT",
    "xquad_zh": "OTHER_SCRIPT",
}
"""Sets in languages that the model does not know, and what weighs the ranking there."""
ALL_SETS = tuple(dict.fromkeys((*SETS, *EMBEDDED_SETS, *FOREIGN_SETS)))
QUESTIONS = 350
"""Of each set, drawn with the seed of `sets.sample`."""
MEASURES = ("hit@1", "hit@5", "R@500", "R@1000")

Change = tuple[ModuleType | type, str, Any]
"""Where something stands, its name, and what it is for the while."""
AS_IT_IS = "as it is"
NO_MATCH = 2.0
"""More than a match of two tokens is worth, so a discount of it takes neighbours out."""
CHANGES: Mapping[str, tuple[Change, ...]] = {
    AS_IT_IS: (),
    "ordered by words alone": ((trust, "KNOWN", Trust(0.0, 0.0)),),
    "ordered by vectors alone": ((trust, "KNOWN", Trust(1.0, 0.0)),),
    "words and vectors, no late interaction": ((trust, "KNOWN", Trust(0.5, 0.0)),),
    "late interaction weighs 1": ((trust, "KNOWN", Trust(0.5, 1.0)),),
    "late interaction without neighbours": ((rank, "BEFORE_DISCOUNT", NO_MATCH), (rank, "AFTER_DISCOUNT", NO_MATCH)),
    "neighbours shown one by one": ((winners, "JOINED_WITHIN", 0),),
    "up to 700 characters shown as one": ((winners, "JOINED_CHARACTERS", 700),),
}


def changes_of(name: str) -> Mapping[str, tuple[Change, ...]]:
    """What is changed for one of `ALL_SETS`."""
    if name in SETS:
        return CHANGES
    as_it_is = {AS_IT_IS: CHANGES[AS_IT_IS]}
    if name not in FOREIGN_SETS:
        return as_it_is
    weights = {
        "weights as in English": trust.KNOWN,
        "weights of foreign Latin scripts, without spelling": replace(trust.SAME_SCRIPT, spelling=0.0),
        "weights of other scripts": trust.OTHER_SCRIPT,
        "ordered by words alone": Trust(0.0, 0.0),
    }
    return as_it_is | {of: ((trust, FOREIGN_SETS[name], changed_to),) for of, changed_to in weights.items()}


def without_headings(draft: Draft) -> list[str]:
    return [embedding_text((), searched_text(draft.document, piece.span)) for piece in draft.chunks]


def with_title(draft: Draft) -> list[str]:
    """The name of the file stands in for the title, as it does in citations."""
    title = PurePosixPath(draft.document.info.source).stem.replace("_", " ")
    return [embedding_text((title, *piece.path), searched_text(draft.document, piece.span)) for piece in draft.chunks]


EMBEDDED: Mapping[str, Callable[[Draft], list[str]]] = {
    "nothing of headings embedded": without_headings,
    "titles embedded too": with_title,
}
"""In place of `Draft.texts`; each takes an index of its own."""


def measure_ablation(workspace: Workspace, name: str) -> Iterator[Table]:
    """The rows of one set."""
    questions = load_set(workspace.data, name)
    asked = sample(questions.answerable, workspace.limit or QUESTIONS)
    texts = read_texts(questions.documents)

    def row(of: str, library: Library) -> Row:
        workspace.say(of)
        measures = measure([reply.outcome for reply in ask_all(library, questions, asked, texts)])
        return Row(f"{name}: {of}", {"questions": len(asked)} | {one: measures[one] for one in MEASURES})

    index, _ = workspace.build(questions)
    rows = []
    for of, changes in changes_of(name).items():
        with changed(changes), open_library(index) as library:
            rows.append(row(of, library))
    for number, of in enumerate(EMBEDDED if name in EMBEDDED_SETS else ()):
        with (
            changed([(Draft, "texts", property(EMBEDDED[of]))]),
            open_library(workspace.scratch / f"{name}-embedded-{number}") as library,
        ):
            library.build(questions.documents)
            rows.append(row(of, library))
    yield Table(
        ABLATION,
        f"At most {QUESTIONS} answerable questions of each set, asked with one part of the ranking changed at a time. "
        "Ranges hold 95 % of bootstrap resamples of the questions.",
        tuple(rows),
    )


@contextmanager
def changed(changes: Sequence[Change]) -> Iterator[None]:
    with ExitStack() as stack:
        for module, name, value in changes:
            stack.enter_context(patch.object(module, name, value))
        yield
