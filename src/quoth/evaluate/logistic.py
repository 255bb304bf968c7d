"""Logistic regression on a handful of numbers, and what it says of rows that it was not fitted on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]  # (rows, columns)
Column = NDArray[np.float64]  # (rows,)
Mask = NDArray[np.bool_]  # (rows,)

STEPS = 100
CLOSE_ENOUGH = 1e-9
"""Newton's method has arrived when no coefficient moves further."""
SEED = 20240601


@dataclass(frozen=True, slots=True, eq=False)  # arrays cannot be compared with ==
class Logistic:
    """log(p / (1 - p)) = bias + row @ weights."""

    bias: float
    weights: Column

    def probabilities(self, rows: Matrix) -> Column:
        return _sigmoid(self.bias + rows @ self.weights)


def fit_logistic(rows: Matrix, is_right: Mask, *, counts: Column | None = None, ridge: float = 1.0) -> Logistic:
    """The most likely weights by Newton's method (iteratively reweighted least squares).

    `counts` says how many times each row counts (default 1). `ridge` is half the price of a squared weight, for columns
    brought to mean 0 and deviation 1: it keeps weights finite when the two classes can be told apart without error, and
    a column that never varies at 0. Raises ValueError when one of the classes is missing.
    """
    if is_right.all() or not is_right.any():
        raise ValueError("right and wrong rows are needed; one of them is missing")
    counts = np.ones(len(rows)) if counts is None else counts
    mean = np.average(rows, axis=0, weights=counts)
    deviation = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=counts))
    deviation[deviation < CLOSE_ENOUGH] = 1.0
    design = np.column_stack([np.ones(len(rows)), (rows - mean) / deviation])
    penalty = np.array([0.0, *[ridge] * rows.shape[1]])
    coefficients = _newton(design, is_right.astype(np.float64), counts, penalty)
    weights = coefficients[1:] / deviation
    return Logistic(float(coefficients[0] - weights @ mean), weights)


def folds(is_right: Mask, count: int) -> Iterator[Mask]:
    """`count` masks that part the rows at random, alike on every run, each with its share of right and wrong ones."""
    random = np.random.default_rng(SEED)
    numbers = np.empty(len(is_right), dtype=np.int64)
    for rows in (np.flatnonzero(is_right), np.flatnonzero(~is_right)):
        numbers[random.permutation(rows)] = np.arange(len(rows)) % count
    for number in range(count):
        yield numbers == number


def held_out_probabilities(rows: Matrix, is_right: Mask, count: int, *, ridge: float = 1.0) -> Column:
    """For each row what a fit on the other folds makes of it."""
    probabilities = np.empty(len(rows))
    for held_out in folds(is_right, count):
        fitted = fit_logistic(rows[~held_out], is_right[~held_out], ridge=ridge)
        probabilities[held_out] = fitted.probabilities(rows[held_out])
    return probabilities


def _newton(design: Matrix, wanted: Column, counts: Column, penalty: Column) -> Column:
    def loss(at: Column) -> float:
        logits = design @ at
        return float(counts @ (np.logaddexp(0.0, logits) - wanted * logits) + penalty @ at**2 / 2)

    coefficients = np.zeros(design.shape[1])
    for _ in range(STEPS):
        said = _sigmoid(design @ coefficients)
        slope = design.T @ (counts * (wanted - said)) - penalty * coefficients
        curvature = (design.T * (counts * said * (1 - said))) @ design + np.diag(penalty)
        step = np.linalg.lstsq(curvature, slope, rcond=None)[0]
        # Where the curve is flat, a whole step leads too far.
        while loss(coefficients + step) > loss(coefficients) and np.abs(step).max() > CLOSE_ENOUGH:
            step = step / 2
        coefficients = coefficients + step
        if np.abs(step).max() <= CLOSE_ENOUGH:
            break
    return coefficients


def _sigmoid(logits: Column) -> Column:
    return np.asarray(np.exp(-np.logaddexp(0.0, -logits)))
