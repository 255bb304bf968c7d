"""Candidates for an answer, from both searches."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from quoth.protocols import Entry, Filter, PassageStore
from quoth.search.question import Question

CANDIDATES = 50
"""From each of the two searches. More changed no figure in benchmarks/results.md."""
CARRIED_WORDS = 3.0
"""Word scores of what is carried count its weight in the vector times this; see docs/explanation/follow-ups.md."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with the reasons that speak for it."""

    entry: Entry
    cosine: float
    word_score: float
    late_score: float | None = None
    context_score: float | None = None
    """Late interaction with the passages around it too."""
    cross_score: float | None = None
    score: float = 0.0


def retrieve(question: Question, store: PassageStore, where: Filter | None, *, k: int = CANDIDATES) -> list[Candidate]:
    """The union of the k nearest passages and the k that word search finds best, each with both scores.

    Only of passages that hold the question's phrases and nothing of what it excludes. A passage that is not among the
    k of word search counts as having no word score. What a follow-up carries is a word search of its own, whose scores
    are added with its weight.
    """
    if question.phrases or question.excluded:
        where = replace(where or Filter(), phrases=question.phrases, excluded=question.excluded)
    nearest = store.search(vector=question.search_vector, k=k, where=where)
    word_scores: defaultdict[str, float] = defaultdict(float)
    carried_weight = CARRIED_WORDS * question.carried.weight
    for tokens, weight in (((*question.words, *question.parts), 1.0), (question.carried_tokens, carried_weight)):
        for match in store.search(tokens=tokens, k=k, where=where) if tokens else []:
            word_scores[match.passage_id] += weight * match.score
    entries = store.get(sorted({*(match.passage_id for match in nearest), *word_scores}))
    return [
        Candidate(entry, float(entry.vector @ question.search_vector), word_scores.get(passage_id, 0.0))
        for passage_id, entry in sorted(entries.items())
    ]
