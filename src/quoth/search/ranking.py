"""The candidates in order, and the signals that the best one answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quoth.protocols import Neighbours
from quoth.rank import best_matches, fuse, in_context, order, rerank, weighted_mean
from quoth.search.question import Question, word_share
from quoth.search.retrieval import Candidate
from quoth.signs import unpack_signs
from quoth.verdict import Signals

if TYPE_CHECKING:
    from quoth.rank import Scores

RERANKED = 30
"""Candidates that late interaction looks at; all of them were no better on any set."""

NeighboursOf = Callable[[Sequence[str]], Mapping[str, Neighbours]]


def rank(question: Question, candidates: Sequence[Candidate], neighbours_of: NeighboursOf | None) -> list[Candidate]:
    """Candidates, best first. `neighbours_of`: the store's; None leaves late interaction out."""
    fused = _ordered(
        candidates,
        fuse(
            _scores(candidate.cosine for candidate in candidates),
            _scores(c.word_score for c in candidates),
            question.trust.dense,
        ),
    )
    if neighbours_of is None:
        return fused
    best = fused[:RERANKED]
    neighbours = neighbours_of([candidate.entry.passage.id for candidate in best])
    matches = [_matches(question, candidate.entry.token_signs) for candidate in best]
    in_contexts = [
        in_context(own, _matches(question, around.before), _matches(question, around.after))
        for own, around in zip(matches, (neighbours[c.entry.passage.id] for c in best), strict=True)
    ]
    best = [
        replace(candidate, late_score=weighted_mean(own, question.weights))
        for candidate, own in zip(best, matches, strict=True)
    ]
    late = _scores(weighted_mean(matches, question.weights) for matches in in_contexts)
    scores = rerank(_scores(c.score for c in best), late, question.trust.late)
    # Fused scores are at most 1, reranked ones at least 0: less 1, no rest stands above a reranked one.
    return _ordered(best, scores) + [replace(rest, score=rest.score - 1.0) for rest in fused[RERANKED:]]


def signals_of(question: Question, best: Candidate) -> Signals:
    """What speaks for the best candidate being an answer, for `verdict.probability_of_answer`."""
    return Signals(
        cosine=best.cosine,
        late=weighted_mean(_matches(question, best.entry.token_signs), question.weights),
        coverage=word_share(question, best.entry.tokens),
    )


def _matches(question: Question, token_signs: bytes) -> Scores:
    tokens = question.vectors.tokens
    return best_matches(tokens, unpack_signs(token_signs, tokens.shape[1]))


def _ordered(candidates: Sequence[Candidate], scores: Scores) -> list[Candidate]:
    ids = [candidate.entry.passage.id for candidate in candidates]
    return [replace(candidates[position], score=float(scores[position])) for position in order(scores, ids)]


def _scores(values: Iterable[float]) -> Scores:
    return np.fromiter(values, dtype=np.float64)
