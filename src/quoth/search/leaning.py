"""A question with what it needs of earlier turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quoth.analyze import analyze_question
from quoth.errors import QuestionError
from quoth.followup import Carried, carry
from quoth.protocols import Embedder
from quoth.records import Answer
from quoth.search.question import Question, prepare

if TYPE_CHECKING:
    from quoth.protocols import Vector

LONGEST_QUESTION = 2_000
"""Characters. The model reads about 1,000 of them; word search reads all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was put. Raises QuestionError when it is empty, over-long or no text, or history or drop is."""

    question: str
    history: Sequence[Answer | str] = ()
    """Earlier turns of the conversation, oldest first."""
    drop: Sequence[str] = ()
    """Terms that must not be carried over."""

    def __post_init__(self) -> None:
        for name, texts in (("question", [self.question]), ("history", self.history), ("drop", self.drop)):
            _check_texts(name, texts)
        if not self.question.strip():
            raise QuestionError("the question is empty; type a question")
        if len(self.question) > LONGEST_QUESTION:
            raise QuestionError(
                "the question has {n} characters; ask with at most {most}",
                n=len(self.question),
                most=LONGEST_QUESTION,
            )


def _check_texts(name: str, texts: object) -> None:
    """Raises QuestionError for what cannot be read, such as one text where a list of them is wanted."""
    if not isinstance(texts, list | tuple):
        raise QuestionError(f"{name} is {texts!r}; give a list")
    for text in texts:
        if not isinstance(text, str | Answer) or (name != "history" and isinstance(text, Answer)):
            raise QuestionError(f"{name} holds {text!r}, which is no text")
        if isinstance(text, str) and any("\ud800" <= character <= "\udfff" for character in text):
            raise QuestionError(f"{name} holds half a character (a lone surrogate): {text!r}; type it again")


def prepare_asked(asked: Asked, embedder: Embedder, languages: Sequence[str]) -> Question:
    """As `prepare`, with what the question needs of its history."""
    question = prepare(asked.question, embedder, languages)
    carried = carry(question.text, asked.history, languages=languages, drop=asked.drop)
    return lean(question, carried, embedder, languages) if carried.terms else question


def lean(question: Question, carried: Carried, embedder: Embedder, languages: Sequence[str]) -> Question:
    """What is carried helps to find passages. Late interaction and the verdict keep to the question itself."""
    other = embedder.embed_question(carried.text).vector
    vector = _mix(question.vectors.vector, other, carried.weight)
    tokens = tuple(token for token in analyze_question(carried.text, languages) if token not in question.words)
    return replace(question, carried=carried, carried_tokens=tokens, leaning_vector=vector)


def _mix(own: Vector, other: Vector, weight: float) -> Vector:
    mixed = (1 - weight) * own + weight * other
    return np.asarray(mixed / (np.linalg.norm(mixed) or 1.0), dtype=np.float32)
