from __future__ import annotations

import json
from pathlib import Path

import pytest

from quoth.calibration import calibration_json, load_calibration
from quoth.embed import find_model
from quoth.errors import CalibrationError
from quoth.settings import BUNDLED_MODEL
from quoth.verdict import BUNDLED, SIGNAL_NAMES, Calibration

WRITTEN = Calibration(-1.5, dict.fromkeys(SIGNAL_NAMES, 2.0), 0.6, 0.05, "m@1")


def test_a_calibration_read_back_is_the_one_written(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(calibration_json(WRITTEN, {"questions": 200}), encoding="utf-8")
    assert load_calibration(str(path), "m@1") == WRITTEN


def test_without_a_file_the_bundled_one_holds_and_it_is_that_of_the_bundled_model() -> None:
    assert load_calibration("", "anything") == BUNDLED
    assert find_model(BUNDLED_MODEL).fingerprint == BUNDLED.model


def test_a_calibration_for_another_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(calibration_json(WRITTEN, {}), encoding="utf-8")
    with pytest.raises(
        CalibrationError, match=r"was fitted for the model m@1, but the settings name m@2; run `quoth cal"
    ):
        load_calibration(str(path), "m@2")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"format": "quoth.answer/1"}, 'is not of the form "quoth.calibration/1"'),
        ({"weights": {}}, "has no weights"),
        ({"weights": {"luck": 1.0}}, "weighs luck, which this Quoth does not measure"),
        ({"weights": {SIGNAL_NAMES[0]: "much"}}, f"weight of {SIGNAL_NAMES[0]} is not a number"),
        ({"bias": None}, "bias is not a number"),
        ({"bias": float("inf")}, "bias is not a number"),
        ({"bias": 10**400}, "bias is not a number up to 1e+06"),
        ({"weights": {SIGNAL_NAMES[0]: -1e308}}, f"weight of {SIGNAL_NAMES[0]} is not a number up to 1e+06"),
        ({"answers_from": True}, "answers_from is not a number"),
        ({"answers_from": 1.5}, "0 <= closest_from <= answers_from <= 1 must hold"),
        ({"answers_from": 0.2, "closest_from": 0.3}, "closest_from is 0.3 and answers_from 0.2"),
        ({"closest_from": -0.1}, "closest_from is -0.1"),
        ({"model": 1}, "does not name its model"),
    ],
)
def test_a_file_that_is_not_a_calibration_is_refused(tmp_path: Path, change: dict[str, object], complaint: str) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps({**json.loads(calibration_json(WRITTEN, {})), **change}), encoding="utf-8")
    with pytest.raises(CalibrationError) as caught:
        load_calibration(str(path), "m@1")
    assert complaint in str(caught.value)
    assert "quoth calibrate" in str(caught.value)


@pytest.mark.parametrize("content", [None, "", "[1]", "\xff"])
def test_a_file_that_is_missing_or_not_json_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "calibration.json"
    if content is not None:
        path.write_bytes(content.encode("latin-1"))
    with pytest.raises(CalibrationError, match="make one with `quoth calibrate`"):
        load_calibration(str(path), "m@1")
