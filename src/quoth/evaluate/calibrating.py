"""The probability that the first passage answers, and from which one on "answers" is said, fitted on replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quoth.errors import CalibrationError, QuestionFileError
from quoth.evaluate.abstention import Bin, RiskPoint, calibration_error, most_coverage, reliability, risk_coverage
from quoth.evaluate.asking import Reply
from quoth.evaluate.intervals import Interval, auroc_interval, mean_interval
from quoth.evaluate.logistic import Column, Mask, fit_logistic, folds, held_out_probabilities
from quoth.verdict import BUNDLED, SIGNAL_NAMES, Calibration

FEWEST = 20
"""Right first passages, and wrong ones, that a fit needs: four of each in every fold."""
FOLDS = 5
DIGITS = 6
"""Of what is written: more would differ between machines."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A calibration and how it does on questions that it was not fitted on."""

    calibration: Calibration
    risk_wanted: float
    right: int
    """Questions whose first passage answers."""
    wrong: int
    auroc: Interval
    bins: tuple[Bin, ...]
    answered: float
    """Share of the questions at or above the threshold, 0 to 1."""
    risk: float
    """Share of wrong ones among those; the threshold was chosen for it."""
    checked_answered: float
    """The same two where the threshold was chosen without the questions that it is then used on."""
    checked_risk: Interval | None
    """None when such thresholds let nothing through."""

    @property
    def calibration_error(self) -> float:
        return calibration_error(self.bins)


def fit_calibration(replies: Sequence[Reply], *, model: str, risk: float) -> Fit:
    """Logistic regression on the signals of the first passages; `model` is the fingerprint of the index's model.

    `answers_from` is the lowest probability from which on at most `risk` of the first passages are wrong, the
    probability of each question computed without it (5 folds). Replies without signals, to which nothing was found,
    are left out: nothing is answered there. Raises QuestionFileError when right or wrong first passages are too few,
    CalibrationError when no threshold keeps the risk.
    """
    seen = [reply for reply in replies if reply.signals]
    is_right = np.array([reply.is_right for reply in seen], dtype=np.bool_)
    _check_enough(int(is_right.sum()), int((~is_right).sum()))
    rows = np.array([[dict(reply.signals)[name] for name in SIGNAL_NAMES] for reply in seen], dtype=np.float64)
    held_out = held_out_probabilities(rows, is_right, FOLDS)
    point = _threshold(held_out, is_right, risk)
    if point is None:
        least = min(risk_coverage(held_out.tolist(), is_right.tolist()), key=lambda point: point.risk)
        raise CalibrationError(
            f"no threshold keeps wrong answers at {100 * risk:g} %: the best is {100 * least.risk:.1f} %, when "
            f"{100 * least.coverage:.0f} % of the questions are answered; raise --risk, or look with "
            "`quoth eval` at what goes wrong"
        )
    fitted = fit_logistic(rows, is_right)
    weights = dict(zip(SIGNAL_NAMES, (round(float(weight), DIGITS) for weight in fitted.weights), strict=True))
    given, wrong_given = _check(held_out, is_right, risk)
    # Rounded down, so that the question whose probability it is still gets through.
    answers_from = float(np.floor(point.threshold * 10**DIGITS) / 10**DIGITS)
    return Fit(
        calibration=Calibration(
            bias=round(fitted.bias, DIGITS),
            weights=weights,
            answers_from=answers_from,
            closest_from=min(BUNDLED.closest_from, answers_from),
            model=model,
        ),
        risk_wanted=risk,
        right=int(is_right.sum()),
        wrong=int((~is_right).sum()),
        auroc=auroc_interval(held_out[is_right].tolist(), held_out[~is_right].tolist()),
        bins=reliability(held_out.tolist(), is_right.tolist()),
        answered=point.coverage,
        risk=point.risk,
        checked_answered=given,
        checked_risk=wrong_given,
    )


def _check_enough(right: int, wrong: int) -> None:
    missing = []
    if right < FEWEST:
        missing.append(f"{FEWEST - right} more whose first passage answers")
    if wrong < FEWEST:
        missing.append(
            f'{FEWEST - wrong} more whose first passage does not answer ("answerable": false, on the topics of the '
            "documents and on others)"
        )
    if missing:
        raise QuestionFileError(
            f"too few questions to fit on: {right} with a right first passage and {wrong} with a wrong one; add "
            + " and ".join(missing)
        )


def _threshold(probabilities: Column, is_right: Mask, risk: float) -> RiskPoint | None:
    return most_coverage(risk_coverage(probabilities.tolist(), is_right.tolist()), risk)


def _check(probabilities: Column, is_right: Mask, risk: float) -> tuple[float, Interval | None]:
    """Share answered and wrong among them, each fold with the threshold that the other folds choose."""
    given = np.zeros(len(is_right), dtype=np.bool_)
    for fold in folds(is_right, FOLDS):
        point = _threshold(probabilities[~fold], is_right[~fold], risk)
        given |= fold & (probabilities >= (point.threshold if point else np.inf))
    wrong = (~is_right[given]).astype(np.float64).tolist()
    return float(given.mean()), mean_interval(wrong) if wrong else None
