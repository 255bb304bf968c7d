"""Sets of documents and questions with gold answers; what they are and where they come from stands in their META.json.

A set is a folder with docs/*.txt, questions.jsonl and META.json. Offsets are code points of the file as it is, line
ends untouched.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from quoth.evaluate.scoring import Place
from quoth.records import Span

QUALITY_SETS = (
    "squad2_dev",
    "chroma_chunking",
    "policyqa_dev",
    "legalbench_rag_sample",
    "xquad_en",
    "xquad_es",
    "xquad_de",
    "xquad_ru",
    "xquad_ar",
    "xquad_zh",
)
SCOPED_SETS = frozenset({"policyqa_dev"})
"""Their questions repeat from document to document: each is asked of its own document only."""
SAMPLE_SEED = 7

T = TypeVar("T")


class MissingDataError(Exception):
    """A set, or the folder of sets, is not there."""


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    sources: tuple[str, ...]
    """The documents it was written about."""
    golds: tuple[Place, ...]
    is_answerable: bool
    history: tuple[str, ...] = ()
    """Questions asked before it in the same conversation, oldest first."""
    relevant: Mapping[str, int] = field(default_factory=dict)
    """Judged documents with their grades, the higher the better; 1 where they are only relevant or not."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    name: str
    documents: Path
    """The folder to build an index of."""
    language: str
    questions: tuple[Question, ...]
    is_scoped: bool = False

    @property
    def answerable(self) -> tuple[Question, ...]:
        """Those whose answer has a place."""
        return tuple(question for question in self.questions if question.is_answerable and question.golds)

    @property
    def unanswerable(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if not question.is_answerable)


def load_set(data: Path, name: str) -> QuestionSet:
    """The set in `data/name`. Raises MissingDataError when a part of it is not there."""
    folder = data / name
    for part in (folder / "docs", folder / "questions.jsonl", folder / "META.json"):
        if not part.exists():
            raise MissingDataError(f"the set {name} is missing: there is no {name}/{part.name}")
    meta = json.loads((folder / "META.json").read_text(encoding="utf-8"))
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        questions = tuple(read_questions(lines))
    return QuestionSet(name, folder / "docs", meta["language"], questions, name in SCOPED_SETS)


def read_questions(lines: Iterable[str]) -> Iterator[Question]:
    """One question from each line of a questions.jsonl."""
    for line in lines:
        yield _question(json.loads(line))


def _question(record: Mapping[str, Any]) -> Question:
    named = record.get("doc", [])
    sources = (named,) if isinstance(named, str) else tuple(named)
    spans = record.get("spans", [])
    judged = record.get("relevant", {})
    span_sources = record.get("span_docs") or list(sources[:1]) * len(spans)
    return Question(
        id=str(record["id"]),
        text=record["question"],
        sources=sources,
        golds=tuple(Place(source, Span(start, end)) for source, (start, end) in zip(span_sources, spans, strict=True)),
        is_answerable=bool(record.get("answerable", True)),
        history=tuple(record.get("history", ())),
        relevant=judged if isinstance(judged, dict) else dict.fromkeys(judged, 1),
    )


def read_texts(documents: Path) -> dict[str, str]:
    """File name to text, character for character."""
    texts = {}
    for path in sorted(documents.glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            texts[path.name] = file.read()
    return texts


def sample(questions: Sequence[T], limit: int | None) -> tuple[T, ...]:
    """`limit` of the questions, or of anything else, in their own order, the same ones on every run; all if no more."""
    if limit is None or limit >= len(questions):
        return tuple(questions)
    rows = random.Random(SAMPLE_SEED).sample(range(len(questions)), limit)
    return tuple(questions[row] for row in sorted(rows))
