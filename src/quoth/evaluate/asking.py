"""Questions asked one by one of a library, and what each of them got."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.errors import QuestionError
from quoth.evaluate.gold import LocatedQuestion, LostQuestion
from quoth.evaluate.questions import WrittenQuestion
from quoth.evaluate.scoring import Outcome, highlights_answer, score_answer
from quoth.records import Answer, Citation, Verdict

if TYPE_CHECKING:
    from quoth.library import Library

SHOWN = 20
"""Passages asked for: about 5,000 characters, more than anybody reads."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question got."""

    written: WrittenQuestion
    outcome: Outcome
    verdict: Verdict
    probability: float
    first: Citation | None
    """Of the first passage; None when nothing was found."""
    signals: tuple[tuple[str, float], ...]
    is_highlighted: bool | None = None
    """Whether a highlight of the first passage that answers holds a short answer; None when there is none to hold."""
    note: str = ""
    """What changed in the documents since the question was written; "" when nothing did."""

    @property
    def is_right(self) -> bool:
        """Whether the first passage answers."""
        return self.outcome.rank == 1


def ask_all(
    library: Library, questions: Iterable[LocatedQuestion | LostQuestion], *, k: int = SHOWN
) -> Iterator[Reply | LostQuestion]:
    """What each question got, as soon as it is there. One that the library refuses is lost, with the reason.

    Raises NoIndexError and IndexMismatchError as `Library.ask` does.
    """
    for question in questions:
        yield question if isinstance(question, LostQuestion) else _ask(library, question, k)


def _ask(library: Library, question: LocatedQuestion, k: int) -> Reply | LostQuestion:
    try:
        answer = _converse(library, (*question.written.history, question.written.text), k)
    except QuestionError as error:
        return LostQuestion(question.written, str(error))
    outcome = score_answer(answer, question.golds)
    return Reply(
        written=question.written,
        outcome=outcome,
        verdict=answer.verdict,
        probability=answer.probability,
        first=answer.hits[0].citation if answer.hits else None,
        signals=answer.signals,
        is_highlighted=highlights_answer(answer, outcome, question.golds),
        note=question.note,
    )


def _converse(library: Library, questions: Sequence[str], k: int) -> Answer:
    """The answer to the last question, those before it asked and answered as a reader would have had them."""
    answers: list[Answer] = []
    for question in questions:
        answers.append(library.ask(question, k=k, history=answers))
    return answers[-1]
