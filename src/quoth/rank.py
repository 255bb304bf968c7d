"""Which candidate answers best: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quoth.protocols import Matrix

    Scores = NDArray[np.float64]  # (candidates,)

BEFORE_DISCOUNT = 0.04
AFTER_DISCOUNT = 0.12
"""What a match in the passage before or after the candidate is worth less than one in the candidate itself.

Chosen together on five sets, each of which gains: docs/explanation/ranking.md. The passage before weighs more, for
names stand there that the candidate refers to by a pronoun.
"""


def normalise(scores: Scores) -> Scores:
    """Min-max to 0..1; all 0 when the scores are all equal, since they then tell nothing apart."""
    if scores.size == 0:
        return scores
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def fuse(cosines: Scores, word_scores: Scores, dense: float = 0.5) -> Scores:
    """Mean of the two, each min-max normalised over the candidates; `dense`: the weight of the cosines, 0 to 1.

    On scores, not on ranks: reciprocal rank fusion falls below the better of the two when the other is weak, the
    normalised mean did not on any of the sets in benchmarks/results.md.
    """
    return dense * normalise(cosines) + (1 - dense) * normalise(word_scores)


def best_matches(question_tokens: Matrix, passage_tokens: Matrix) -> Scores:
    """(t,): of each of the question's tokens the best match among the passage's, about -1 to 1; 0 without any.

    `question_tokens` (t, dimension), rows of unit length; `passage_tokens` (u, dimension) from `signs.unpack_signs`.
    After Khattab and Zaharia 2020 (ColBERT, "MaxSim").
    """
    if not len(passage_tokens):
        return np.zeros(len(question_tokens))
    best: Scores = (question_tokens @ passage_tokens.T).max(axis=1).astype(np.float64)
    return best


def best_matches_each(question_tokens: Matrix, passage_tokens: Matrix, lengths: Sequence[int]) -> list[Scores]:
    """`best_matches` of many passages at once, which takes a fraction of the time.

    `passage_tokens` (sum of lengths, dimension): the tokens of all passages, one after the other.
    """
    holding = [position for position, length in enumerate(lengths) if length]
    found = [np.zeros(len(question_tokens)) for _ in lengths]
    if holding:
        starts = np.cumsum([0, *(lengths[position] for position in holding[:-1])])
        best = np.maximum.reduceat(question_tokens @ passage_tokens.T, starts, axis=1).astype(np.float64)
        for column, position in enumerate(holding):
            found[position] = best[:, column]
    return found


def in_context(own: Scores, before: Scores, after: Scores) -> Scores:
    """(t,): best matches in a passage or, discounted, in the passages around it. All three from `best_matches`."""
    return np.maximum(own, np.maximum(before - BEFORE_DISCOUNT, after - AFTER_DISCOUNT))


def weighted_mean(matches: Scores, weights: Scores) -> float:
    """Late interaction: the mean of `matches` (t,) by `weights` (t,), which are not negative; 0 without any."""
    total = weights.sum()
    return float((matches * weights).sum() / total) if total else 0.0


def rerank(fused: Scores, late: Scores, weight: float = 2.0) -> Scores:
    """Fused scores of the best candidates with `weight` times late interaction, both sides min-max normalised."""
    return normalise(fused) + weight * normalise(late)


def order(scores: Scores, ids: Sequence[str]) -> list[int]:
    """Positions from best to worst; ties by id, so that the order of the searches does not matter."""
    return sorted(range(len(ids)), key=lambda position: (-scores[position], ids[position]))
