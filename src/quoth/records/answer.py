"""What a question gets back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from quoth.records.citation import Citation
from quoth.records.document import Passage, Skipped
from quoth.records.reading import ReadingText, read_text
from quoth.records.text import Span


class Verdict(StrEnum):
    """Whether the first passage answers. Thresholds: see `verdict`. The values stand in JSON."""

    ANSWERS = "answers"
    CLOSEST = "closest"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        """For people."""
        return _LABELS[self]


_LABELS = {
    Verdict.ANSWERS: "answers",
    Verdict.CLOSEST: "closest passages, probably not an answer",
    Verdict.NOTHING: "nothing found",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and why."""

    passage: Passage
    citation: Citation
    score: float
    """What the hits are ordered by; comparable within one answer only."""
    cosine: float
    """Between the question's and the passage's embedding, -1 to 1; what was taken over counts in the question's."""
    word_score: float
    """BM25 of the word search, 0 when no word matched. Comparable within one answer only."""
    late_score: float | None
    """Late interaction: weighted mean over the question's tokens of the best match among the passage's, about 0 to 1.

    None when reranking is off or the passage was not among the best 30.
    """
    terms: tuple[str, ...]
    """Words of the question, as asked, that stand in the passage in some form."""
    highlights: tuple[Span, ...] = ()
    """The sentence that answers best, in offsets of the document."""
    cross_score: float | None = None
    """Of the cross-encoder, 0 to 1. None without one, or when the passage was not among the best 20."""
    also_in: tuple[Citation, ...] = ()
    """Where the same or nearly the same words stand too, each with its own quote; at most 200."""
    more_places: int = 0
    """Further ones, beyond those."""
    parted: tuple[int, ...] = ()
    """Hyphens in the passage that are there for the end of a line only, in offsets of the document."""
    furniture: tuple[Span, ...] = ()
    """`Document.furniture_in` the passage: in offsets of its text."""

    @property
    def reading(self) -> ReadingText:
        """The passage to be read: without furniture, its lines joined, hyphens at line ends undone."""
        passage = self.passage
        return read_text(passage.text, passage.span.start, passage.sentences, self.parted, self.furniture)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a question was asked of."""

    documents: int
    """Documents with text that were searched."""
    passages: int
    unread: tuple[Skipped, ...] = ()
    """Files among those asked that hold no searchable text, or only part of it."""
    interrupted: bool = False
    """The last build did not come to its end: files may be missing."""
    generation: int = 0
    """Of the index; it grows with every change."""
    model: str = ""
    """Fingerprint of the embedding model."""


@dataclass(frozen=True, slots=True)
class CarriedTerm:
    """Words of an earlier turn that were searched for too."""

    term: str
    """As they stand there."""
    origin: Literal["title", "question"]
    """The title of the document that the earlier question's best passage came from, or that question itself."""
    question: str
    """The earlier question."""


@dataclass(frozen=True, slots=True)
class Named:
    """Documents that a question names before it asks: they alone were asked, and what it asks of them.

    A question that leans on such a one is asked of the same documents; `question` is then all of it.
    """

    words: str
    """That name them, as typed."""
    question: str
    """What was asked of them: the rest."""
    sources: tuple[str, ...]
    titles: tuple[str, ...]
    """One for each of `sources`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Passages in order, best first. No sentence in it was generated."""

    question: str
    verdict: Verdict
    probability: float
    """Estimated chance that the first passage answers, 0 to 1."""
    hits: tuple[Hit, ...]
    coverage: Coverage
    signals: tuple[tuple[str, float], ...] = ()
    """What the probability was computed from, by name; empty when no passage was found."""
    phrases: tuple[str, ...] = ()
    """Quoted in the question: each stands in every passage, or across its border."""
    excluded: tuple[str, ...] = ()
    """Excluded in the question: none stands in any passage."""
    searched_for: tuple[CarriedTerm, ...] = ()
    """What an earlier turn lent to the question; empty when it stands alone."""
    is_calibrated: bool = True
    """Whether the probability, and the verdict with it, was fitted for the embedding model; else it says little."""
    named: Named | None = None
    """The documents that the question names; None when it names none, or `drop` held the words that do."""

    @property
    def keeps_to_named(self) -> bool:
        """Whether an earlier question, which this one leans on, names the documents that were asked."""
        return self.named is not None and self.named.question == self.question
