"""The candidates in order, and the signals that the best one answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quoth.protocols import Entry
from quoth.rank import fuse, late_interaction, order, rerank
from quoth.search.question import Question, word_share
from quoth.search.retrieval import Candidate
from quoth.signs import unpack_signs
from quoth.verdict import Signals

if TYPE_CHECKING:
    from quoth.rank import Scores

RERANKED = 30
"""Candidates that late interaction looks at."""


def rank(question: Question, candidates: Sequence[Candidate], *, with_late_interaction: bool) -> list[Candidate]:
    """Candidates, best first."""
    fused = _ordered(
        candidates,
        fuse(_scores(candidate.cosine for candidate in candidates), _scores(c.word_score for c in candidates)),
    )
    if not with_late_interaction:
        return fused
    best = [replace(candidate, late_score=late_score(question, candidate.entry)) for candidate in fused[:RERANKED]]
    scores = rerank(_scores(c.score for c in best), _scores(c.late_score or 0.0 for c in best))
    # Fused scores are at most 1, reranked ones at least 0: less 1, no rest stands above a reranked one.
    return _ordered(best, scores) + [replace(rest, score=rest.score - 1.0) for rest in fused[RERANKED:]]


def signals_of(question: Question, best: Candidate) -> Signals:
    """What speaks for the best candidate being an answer, for `verdict.probability_of_answer`."""
    return Signals(
        cosine=best.cosine,
        late=late_score(question, best.entry) if best.late_score is None else best.late_score,
        coverage=word_share(question, best.entry.tokens),
    )


def late_score(question: Question, entry: Entry) -> float:
    tokens = unpack_signs(entry.token_signs, len(entry.vector))
    return late_interaction(question.vectors.tokens, question.weights, tokens)


def _ordered(candidates: Sequence[Candidate], scores: Scores) -> list[Candidate]:
    ids = [candidate.entry.passage.id for candidate in candidates]
    return [replace(candidates[position], score=float(scores[position])) for position in order(scores, ids)]


def _scores(values: Iterable[float]) -> Scores:
    return np.fromiter(values, dtype=np.float64)
