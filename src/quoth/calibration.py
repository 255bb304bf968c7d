"""The calibration of the verdicts in a file of its own: what `quoth calibrate` writes and a library reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quoth.errors import CalibrationError
from quoth.verdict import BUNDLED, SIGNAL_NAMES, Calibration

FORMAT = "quoth.calibration/1"
LARGEST = 1e6
"""Of a weight. Signals lie between -1 and 1, so that a tenth of it already decides everything."""

_HOW = "make one with `quoth calibrate`, or take `calibration` out of the settings"


def load_calibration(path: str, fingerprint: str) -> Calibration:
    """The calibration in the file `path`, the bundled one when `path` is empty.

    Raises CalibrationError when the file is not there, is not one of Quoth's, weighs a signal that this Quoth does not
    know, has thresholds that are no probabilities, or was fitted for another model than `fingerprint`.
    """
    if not path:
        return BUNDLED
    try:
        form = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CalibrationError(f"the calibration {path} cannot be read ({error}); {_HOW}") from error
    if not isinstance(form, dict) or form.get("format") != FORMAT:
        raise CalibrationError(f'the calibration {path} is not of the form "{FORMAT}"; {_HOW}')
    calibration = _calibration(form, path)
    if calibration.model != fingerprint:
        raise CalibrationError(
            f"the calibration {path} was fitted for the model {calibration.model}, but the settings name "
            f"{fingerprint}; run `quoth calibrate` again, or take `calibration` out of the settings"
        )
    return calibration


def calibration_json(calibration: Calibration, fitted: Mapping[str, object]) -> str:
    """`fitted`: how it was made, for people; not read again. Holds no date: equal questions give an equal file."""
    form = {
        "format": FORMAT,
        "model": calibration.model,
        "bias": calibration.bias,
        "weights": dict(calibration.weights),
        "answers_from": calibration.answers_from,
        "closest_from": calibration.closest_from,
        "fitted": dict(fitted),
    }
    return json.dumps(form, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


# Any: the file may hold anything, each value is checked here.
def _calibration(form: Mapping[str, Any], path: str) -> Calibration:
    weights = form.get("weights")
    if not isinstance(weights, dict) or not weights:
        raise CalibrationError(f"the calibration {path} has no weights; {_HOW}")
    unknown = sorted(set(weights) - set(SIGNAL_NAMES))
    if unknown:
        raise CalibrationError(
            f"the calibration {path} weighs {', '.join(unknown)}, which this Quoth does not measure (it does: "
            f"{', '.join(SIGNAL_NAMES)}); run `quoth calibrate` again"
        )
    model = form.get("model")
    if not isinstance(model, str):
        raise CalibrationError(f"the calibration {path} does not name its model; {_HOW}")
    answers_from, closest_from = (_number(form.get(name), name, path) for name in ("answers_from", "closest_from"))
    if not 0 <= closest_from <= answers_from <= 1:
        raise CalibrationError(
            f"the calibration {path}: closest_from is {closest_from:g} and answers_from {answers_from:g}, but "
            f"0 <= closest_from <= answers_from <= 1 must hold; {_HOW}"
        )
    return Calibration(
        bias=_number(form.get("bias"), "bias", path),
        weights={name: _number(weight, f"weight of {name}", path) for name, weight in weights.items()},
        answers_from=answers_from,
        closest_from=closest_from,
        model=model,
    )


def _number(value: object, name: str, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise CalibrationError(f"the calibration {path}: {name} is not a number up to {LARGEST:g}; {_HOW}")
    return float(value)
