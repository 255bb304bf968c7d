"""The head of the ranking in the order of a cross-encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quoth.chunk import embedding_text
from quoth.protocols import Reranker
from quoth.rank import order
from quoth.search.retrieval import Candidate

CROSS_SCORED = 20
"""Candidates that a cross-encoder reads; its time grows with their number."""


def cross_rank(question: str, ranked: Sequence[Candidate], reranker: Reranker) -> list[Candidate]:
    """The best `CROSS_SCORED` of the ranking in the order of their cross scores, then the others as they were."""
    best, rest = ranked[:CROSS_SCORED], ranked[CROSS_SCORED:]
    scores = reranker.score(question, [embedding_text((), one.entry.passage.text) for one in best])
    head = [
        replace(best[position], score=float(scores[position]), cross_score=float(scores[position]))
        for position in order(scores, [one.entry.passage.id for one in best])
    ]
    # Cross scores are at least 0; below them the others keep their order and their distances.
    return head + [replace(one, score=one.score - rest[0].score - 1.0) for one in rest]
