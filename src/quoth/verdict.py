"""Whether the first passage answers: a calibrated probability, and the thresholds of the three verdicts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from quoth.records import Verdict


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of the best passage, for judging whether it answers."""

    cosine: float
    """Between the embeddings of question and passage."""
    late: float
    """Late interaction with the passage and, discounted, with those around it."""
    coverage: float
    """Share of the question's words that stand in the passage, 0 to 1."""
    margin: float
    """How far it is ahead of the best candidate elsewhere that says something else, as a share of the largest score."""


SIGNAL_NAMES = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression on the signals, and the probabilities from which a verdict is given."""

    bias: float
    weights: Mapping[str, float]
    """Signal name -> weight; a signal that is not named weighs nothing."""
    answers_from: float
    closest_from: float
    model: str
    """`Embedder.fingerprint` of the model whose signals it was fitted on."""


BUNDLED = Calibration(
    bias=-7.51,
    weights={"cosine": 4.50, "late": 4.75, "coverage": 1.12, "margin": 3.36},
    answers_from=0.55,
    closest_from=0.05,
    model="all-MiniLM-L6-v2@53aa51172d14",
)
"""For the bundled model. Fitted on squad2_dev, chroma_chunking, xquad_en and inscit_dev by `python -m
benchmarks calibrate`; how the thresholds were chosen stands in docs/explanation/ranking.md."""

OTHER_SCRIPTS = Calibration(
    bias=-4.75,
    weights={"coverage": 6.59, "margin": 5.71},
    answers_from=0.55,
    closest_from=0.03,
    model=BUNDLED.model,
)
"""For scripts that the model reads letter by letter, so that cosine and late interaction tell hardly anything apart.
Fitted on xquad_ru, xquad_ar and xquad_zh as above; each was left out in turn: docs/explanation/ranking.md."""


def probability_of_answer(signals: Signals, calibration: Calibration = BUNDLED) -> float:
    """Chance that the passage answers, 0 to 1."""
    logit = calibration.bias + sum(weight * getattr(signals, name) for name, weight in calibration.weights.items())
    chance = 1 / (1 + math.exp(-min(abs(logit), 500.0)))  # exp(710) is too large for a float
    return chance if logit >= 0 else 1 - chance


def judge(probability: float, calibration: Calibration = BUNDLED) -> Verdict:
    if probability >= calibration.answers_from:
        return Verdict.ANSWERS
    return Verdict.CLOSEST if probability >= calibration.closest_from else Verdict.NOTHING
