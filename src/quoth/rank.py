"""Which candidate answers best: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quoth.protocols import Matrix

    Scores = NDArray[np.float64]  # (candidates,)

LATE_WEIGHT = 1.0
"""Weight of late interaction beside the fused score, both min-max normalised. See benchmarks/results.md."""


def normalise(scores: Scores) -> Scores:
    """Min-max to 0..1; all 0 when the scores are all equal, since they then tell nothing apart."""
    if scores.size == 0:
        return scores
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def fuse(cosines: Scores, word_scores: Scores) -> Scores:
    """Mean of the two, each min-max normalised over the candidates.

    On scores, not on ranks: reciprocal rank fusion falls below the better of the two when the other is weak, the
    normalised mean did not on any of the sets in benchmarks/results.md.
    """
    return 0.5 * normalise(cosines) + 0.5 * normalise(word_scores)


def late_interaction(question_tokens: Matrix, weights: Scores, passage_tokens: Matrix) -> float:
    """Weighted mean over the question's tokens of the best match among the passage's tokens, about -1 to 1.

    `question_tokens` (t, dimension), rows of unit length; `weights` (t,), not negative; `passage_tokens`
    (u, dimension) from `signs.unpack_signs`. After Khattab and Zaharia 2020 (ColBERT, "MaxSim").
    """
    if not len(passage_tokens) or not weights.sum():
        return 0.0
    best = (question_tokens @ passage_tokens.T).max(axis=1)
    return float((best * weights).sum() / weights.sum())


def rerank(fused: Scores, late: Scores) -> Scores:
    """Fused scores of the best candidates with late interaction beside them; both sides min-max normalised."""
    return normalise(fused) + LATE_WEIGHT * normalise(late)


def order(scores: Scores, ids: Sequence[str]) -> list[int]:
    """Positions from best to worst; ties by id, so that the order of the searches does not matter."""
    return sorted(range(len(ids)), key=lambda position: (-scores[position], ids[position]))
