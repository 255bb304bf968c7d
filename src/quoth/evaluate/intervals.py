"""How far a figure that was measured on some questions can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quoth.evaluate.abstention import auroc

RESAMPLES = 2000
SEED = 20240601
DRAWN_AT_ONCE = 1_000_000
"""Numbers: 8 MB."""
Z = 1.959964
"""Deviations of the normal distribution on either side that hold 95 %."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the range that holds it in 95 % of the resamples."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})"

    @property
    def excludes_zero(self) -> bool:
        """Of a difference: whether the two can be told apart."""
        return self.low > 0 or self.high < 0


def mean_interval(values: Sequence[float]) -> Interval:
    """Mean of at least one value with its percentile bootstrap interval (Efron 1979), the same on every run.

    Questions are drawn one by one. Questions about one paragraph resemble each other, so that the true range is
    somewhat wider.
    """
    if not len(values):
        raise ValueError("there is no mean of no values")
    numbers = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(SEED)
    at_once = max(1, DRAWN_AT_ONCE // len(numbers))
    means: list[float] = []
    while len(means) < RESAMPLES:
        rows = min(at_once, RESAMPLES - len(means))
        means.extend(numbers[random.integers(0, len(numbers), (rows, len(numbers)))].mean(axis=1).tolist())
    return _interval(float(numbers.mean()), means)


def difference_interval(first: Sequence[float], second: Sequence[float]) -> Interval:
    """Mean of second minus first, the values of the same questions in the same order: the paired bootstrap."""
    return mean_interval([after - before for before, after in zip(first, second, strict=True)])


def auroc_interval(positives: Sequence[float], negatives: Sequence[float]) -> Interval:
    """AUROC with the bootstrap interval of drawing anew within each of the two groups. Neither may be empty."""
    value = auroc(positives, negatives)
    high, low = np.asarray(positives, dtype=np.float64), np.asarray(negatives, dtype=np.float64)
    random = np.random.default_rng(SEED)
    drawn = [
        auroc(high[random.integers(0, len(high), len(high))], low[random.integers(0, len(low), len(low))])
        for _ in range(RESAMPLES)
    ]
    return _interval(value, drawn)


def share_interval(share: float, count: int) -> Interval:
    """Of a share of few: the score interval (Wilson 1927), which stays between 0 and 1 and is never a point."""
    centre = (share + Z**2 / (2 * count)) / (1 + Z**2 / count)
    half = Z * float(np.sqrt(share * (1 - share) / count + Z**2 / (4 * count**2))) / (1 + Z**2 / count)
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def _interval(value: float, drawn: Sequence[float]) -> Interval:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(value, float(low), float(high))
