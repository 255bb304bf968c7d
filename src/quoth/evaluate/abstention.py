"""How well an answer tells that it is none: from its probability and its verdict alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quoth.records import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What happens when only the answers with at least this probability are given."""

    threshold: float
    coverage: float
    """Share of the questions that are answered, above 0 to 1."""
    risk: float
    """Share of those answers that are wrong, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same probability. The last bin holds the probability 1 too."""

    low: float
    high: float
    count: int
    probability: float
    """Mean of what was said, 0 to 1."""
    right: float
    """Share of them that are right, 0 to 1."""


def auroc(positives: Sequence[float] | NDArray[np.float64], negatives: Sequence[float] | NDArray[np.float64]) -> float:
    """Chance that a positive scores above a negative, ties half (Mann and Whitney 1947). Neither may be empty."""
    if not len(positives) or not len(negatives):
        raise ValueError("AUROC compares two groups; one of them is empty")
    ordered = np.sort(np.asarray(negatives, dtype=np.float64))
    below = np.searchsorted(ordered, positives, side="left")
    not_above = np.searchsorted(ordered, positives, side="right")
    return float((below + not_above).sum() / (2 * len(positives) * len(negatives)))


def risk_coverage(probabilities: Sequence[float], are_right: Sequence[bool]) -> tuple[RiskPoint, ...]:
    """One point for each probability that occurs, from the most certain to all questions (El-Yaniv and Wiener 2010).

    Answers of equal probability are given together or not at all.
    """
    order = sorted(range(len(probabilities)), key=lambda row: -probabilities[row])
    points = []
    wrong = 0
    for answered, row in enumerate(order, start=1):
        wrong += not are_right[row]
        is_last_of_its_probability = answered == len(order) or probabilities[order[answered]] < probabilities[row]
        if is_last_of_its_probability:
            points.append(RiskPoint(probabilities[row], answered / len(order), wrong / answered))
    return tuple(points)


def most_coverage(points: Sequence[RiskPoint], risk: float) -> RiskPoint | None:
    """The point that answers most questions with at most this risk; None when there is none."""
    allowed = [point for point in points if point.risk <= risk]
    return max(allowed, key=lambda point: point.coverage, default=None)


def reliability(probabilities: Sequence[float], are_right: Sequence[bool], bins: int = BINS) -> tuple[Bin, ...]:
    """What was said beside what was right, in bins of equal width, empty ones left out (DeGroot and Fienberg 1983)."""
    said, right = np.asarray(probabilities, dtype=np.float64), np.asarray(are_right, dtype=np.float64)
    numbers = np.minimum((said * bins).astype(int), bins - 1)
    return tuple(
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            count=int((numbers == number).sum()),
            probability=float(said[numbers == number].mean()),
            right=float(right[numbers == number].mean()),
        )
        for number in sorted(set(numbers.tolist()))
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of said and right, by the answers in each bin (Naeini et al. 2015)."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.probability - one.right) for one in bins) / total if total else 0.0


def verdict_shares(verdicts: Sequence[Verdict]) -> dict[Verdict, float]:
    """Share of each verdict, 0 to 1, those that did not occur included."""
    counts = Counter(verdicts)
    return {verdict: counts[verdict] / len(verdicts) if verdicts else 0.0 for verdict in Verdict}
