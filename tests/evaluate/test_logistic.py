from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.evaluate.logistic import Column, Mask, fit_logistic, folds, held_out_probabilities


def test_two_groups_get_the_log_odds_that_were_counted() -> None:
    # right: 1 of 4 at 0, 3 of 4 at 1, so logits log(1/3) and log(3)
    rows = np.array([[0.0]] * 4 + [[1.0]] * 4)
    is_right = np.array([True, False, False, False, True, True, True, False])
    fitted = fit_logistic(rows, is_right, ridge=0.0)
    assert fitted.bias == pytest.approx(-math.log(3))
    assert fitted.weights == pytest.approx([2 * math.log(3)])
    assert fitted.probabilities(np.array([[0.0], [0.5], [1.0]])) == pytest.approx([0.25, 0.5, 0.75])


def test_a_row_that_counts_three_times_is_three_rows() -> None:
    rows, is_right = np.array([[0.0], [0.3], [0.6], [1.0]]), np.array([False, True, False, True])
    counted = fit_logistic(rows, is_right, counts=np.array([3.0, 1.0, 1.0, 1.0]))
    repeated = fit_logistic(rows[[0, 0, 0, 1, 2, 3]], is_right[[0, 0, 0, 1, 2, 3]])
    assert counted.bias == pytest.approx(repeated.bias)
    assert counted.weights == pytest.approx(repeated.weights)


def test_at_the_most_likely_weights_no_small_change_is_more_likely() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(300, 3)) * [1.0, 10.0, 0.01]
    is_right = random.random(300) < 1 / (1 + np.exp(-(rows @ [1.0, -0.2, 50.0] + 0.5)))
    fitted = fit_logistic(rows, is_right, ridge=0.0)
    wrong = fitted.probabilities(rows) - is_right  # the slope of the likelihood: zero against every column
    assert rows.T @ wrong == pytest.approx([0.0, 0.0, 0.0], abs=1e-6)
    assert wrong.sum() == pytest.approx(0.0, abs=1e-6)


def test_weights_stay_finite_when_a_signal_tells_all_apart() -> None:
    rows = np.array([[0.0], [0.1], [0.9], [1.0]])
    fitted = fit_logistic(rows, np.array([False, False, True, True]))
    assert 0 < fitted.weights[0] < 20
    assert fitted.probabilities(rows)[[0, 3]] == pytest.approx([0.2, 0.8], abs=0.1)


def test_a_signal_that_never_varies_weighs_nothing() -> None:
    rows = np.array([[0.0, 0.7], [0.4, 0.7], [0.5, 0.7], [1.0, 0.7]])
    assert fit_logistic(rows, np.array([False, True, False, True])).weights[1] == pytest.approx(0.0, abs=1e-9)


def test_one_class_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        fit_logistic(np.array([[1.0], [2.0]]), np.array([True, True]))


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(2, 5))
def test_folds_part_the_rows_and_share_out_both_classes(right: list[bool], count: int) -> None:
    is_right = np.array(right)
    masks = list(folds(is_right, count))
    assert np.sum(masks, axis=0).tolist() == [1] * len(right)
    for rows in (is_right, ~is_right):
        sizes = [int((mask & rows).sum()) for mask in masks]
        assert max(sizes) - min(sizes) <= 1


def test_a_held_out_row_does_not_help_to_predict_itself() -> None:
    # Numbers drawn at random say nothing: in the rows that were fitted on they seem to, in others they do not.
    fitted, held_out = [], []
    for seed in range(5):
        random = np.random.default_rng(seed)
        rows, is_right = random.normal(size=(60, 20)), random.random(60) < 0.5
        fitted.append(gap(fit_logistic(rows, is_right).probabilities(rows), is_right))
        held_out.append(gap(held_out_probabilities(rows, is_right, 5), is_right))
    assert np.mean(fitted) > 0.2
    assert np.mean(held_out) < 0.05


def gap(probabilities: Column, is_right: Mask) -> float:
    return float(probabilities[is_right].mean() - probabilities[~is_right].mean())
