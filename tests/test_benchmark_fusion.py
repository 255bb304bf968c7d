"""Learnt weights find what tells the covering candidates apart, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.fusion import SIGNALS, Listed, learn

RANDOM = np.random.default_rng(3)


def listed(candidates: int, told_by: int | None) -> Listed:
    """One candidate covers: the one with the most of the signal `told_by`, or any."""
    signals = RANDOM.random((candidates, len(SIGNALS)))
    covering = np.zeros(candidates, dtype=np.bool_)
    covering[signals[:, told_by].argmax() if told_by is not None else 0] = True
    return Listed(signals, signals[:, 0], covering)


@pytest.mark.parametrize("told_by", [0, 3])
def test_the_signal_that_tells_gets_the_weight(told_by: int) -> None:
    weights = learn([listed(int(size), told_by) for size in RANDOM.integers(2, 12, 200)])
    assert weights.argmax() == told_by
    assert weights[told_by] > 4 * np.abs(np.delete(weights, told_by)).max()


def test_where_nothing_tells_weights_stay_small() -> None:
    assert np.abs(learn([listed(8, None) for _ in range(400)])).max() < 1.0


def test_questions_that_no_candidate_covers_teach_nothing() -> None:
    lost = Listed(RANDOM.random((5, len(SIGNALS))), np.arange(5.0), np.zeros(5, dtype=np.bool_))
    some = [listed(6, 2) for _ in range(50)]
    assert learn([*some, lost]) == pytest.approx(learn(some))
    assert not learn([lost]).any()
