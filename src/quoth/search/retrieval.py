"""Candidates for an answer, from both searches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quoth.protocols import Entry, Filter, PassageStore
from quoth.search.question import Question

CANDIDATES = 50
"""From each of the two searches. More changed no figure in benchmarks/results.md."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with the reasons that speak for it."""

    entry: Entry
    cosine: float
    word_score: float
    late_score: float | None = None
    cross_score: float | None = None
    score: float = 0.0


def retrieve(question: Question, store: PassageStore, where: Filter | None, *, k: int = CANDIDATES) -> list[Candidate]:
    """The union of the k nearest passages and the k that word search finds best, each with both scores.

    Only of passages that hold the question's phrases and nothing of what it excludes. A passage that is not among the
    k of word search counts as having no word score.
    """
    if question.phrases or question.excluded:
        where = replace(where or Filter(), phrases=question.phrases, excluded=question.excluded)
    nearest = store.search(vector=question.vectors.vector, k=k, where=where)
    worded = store.search(tokens=tuple(question.words), k=k, where=where) if question.words else []
    word_scores = {match.passage_id: match.score for match in worded}
    entries = store.get(sorted({match.passage_id for match in (*nearest, *worded)}))
    return [
        Candidate(entry, float(entry.vector @ question.vectors.vector), word_scores.get(passage_id, 0.0))
        for passage_id, entry in sorted(entries.items())
    ]
