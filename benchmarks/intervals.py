"""How far a mean over questions can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000
SEED = 20240601


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the range that holds it in 95 % of the resamples."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})"


def mean_interval(values: Sequence[float]) -> Interval:
    """Mean of at least one value with its percentile bootstrap interval (Efron 1979), the same on every run.

    Questions are drawn one by one. Questions about one paragraph resemble each other, so that the true range is
    somewhat wider.
    """
    if not len(values):
        raise ValueError("there is no mean of no values")
    numbers = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(SEED)
    means = [numbers[random.integers(0, len(numbers), len(numbers))].mean() for _ in range(RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(numbers.mean()), float(low), float(high))
