from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.evaluate.making import reply

from quoth.errors import CalibrationError, QuestionFileError
from quoth.evaluate.asking import Reply
from quoth.evaluate.calibrating import fit_calibration
from quoth.evaluate.calibration_text import fit_json, fit_text
from quoth.records import Verdict
from quoth.verdict import SIGNAL_NAMES, Signals, judge, probability_of_answer


def observed(count: int, *, slope: float = 8.0) -> list[Reply]:
    """First passages that are right the more often, the higher all of their signals are."""
    random = np.random.default_rng(5)
    signals = random.random(count)
    is_right = random.random(count) < 1 / (1 + np.exp(-slope * (signals - 0.5)))
    return [reply(1 if right else None, 0.0, signal=s) for right, s in zip(is_right.tolist(), signals, strict=True)]


def test_the_threshold_keeps_the_risk_and_answers_as_much_as_it_can() -> None:
    replies = observed(400)
    fit = fit_calibration(replies, model="m@1", risk=0.1)
    assert fit.risk <= 0.1
    assert fit.answered > 0.3
    assert fit.checked_risk is not None
    assert fit.checked_risk.low < 0.1 < fit.checked_risk.high
    looser = fit_calibration(replies, model="m@1", risk=0.2)
    assert looser.answered > fit.answered
    assert looser.calibration.answers_from < fit.calibration.answers_from


def test_the_fitted_probability_is_about_the_share_of_right_ones() -> None:
    fit = fit_calibration(observed(2000), model="m@1", risk=0.1)
    for signal, share in ((0.3, 0.17), (0.5, 0.5), (0.8, 0.92)):
        said = probability_of_answer(Signals(*[signal] * len(SIGNAL_NAMES)), fit.calibration)
        assert said == pytest.approx(share, abs=0.05)
    assert fit.calibration_error < 0.05
    assert judge(fit.calibration.answers_from, fit.calibration) is Verdict.ANSWERS


def test_signals_that_say_nothing_are_found_out() -> None:
    fit = fit_calibration(observed(400, slope=0.0), model="m@1", risk=0.9)
    assert 0.4 < fit.auroc.value < 0.6


def test_too_few_questions_are_counted_up_to_what_is_missing() -> None:
    right = [reply(1, 0.0, signal=0.1 * n) for n in range(25)]
    with pytest.raises(
        QuestionFileError, match=r'25 with a right .* and 0 with a wrong one; add 20 more .*"answerable"'
    ):
        fit_calibration(right, model="m@1", risk=0.1)
    with pytest.raises(QuestionFileError, match=r"add 15 more whose first passage answers and 20 more"):
        fit_calibration(right[:5], model="m@1", risk=0.1)


def test_a_risk_that_no_threshold_keeps_is_refused_with_the_best_there_is() -> None:
    best_is_wrong = [replace(one, outcome=reply(None, 0.0).outcome) if dict(one.signals)["late"] > 0.6 else one
                     for one in observed(300)]  # fmt: skip
    with pytest.raises(CalibrationError, match=r"no threshold keeps wrong answers at 1 %: the best is [\d.]+ %"):
        fit_calibration(best_is_wrong, model="m@1", risk=0.01)


def test_questions_to_which_nothing_was_found_are_left_out() -> None:
    replies = observed(100)
    with_empty = [*replies, *[reply(None, 0.0, answerable=False)] * 50]
    assert fit_json(fit_calibration(with_empty, model="m@1", risk=0.2)) == fit_json(
        fit_calibration(replies, model="m@1", risk=0.2)
    )


def test_the_text_tells_the_threshold_what_it_costs_and_how_it_was_checked() -> None:
    fit = fit_calibration(observed(400), model="m@1", risk=0.1)
    text = fit_text(fit)
    assert f"“answers” from a probability of {fit.calibration.answers_from:.2f} on" in text
    assert "wanted: at most 10.0%" in text
    assert "with the threshold, too, chosen on other questions" in text
    assert text.count(" to ") >= 10  # the ten bins
