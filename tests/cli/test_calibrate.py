from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.letters import Quoth

TOWNS = [f"Town{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(32)]


@pytest.fixture
def towns(quoth: Quoth) -> Quoth:
    """A folder of towns, and questions about them: two thirds can be answered, one is about other things."""
    for town in TOWNS:
        Path(f"seeds/{town}.txt").write_text(f"The mayor of {town} lives beside the old bridge.\n", encoding="utf-8")
    asked = [{"question": f"Who lives beside the bridge of {town}?", "quote": f"mayor of {town}"} for town in TOWNS]
    strange = [
        {"question": f"Which gas heats planet {town[::-1]} in winter?", "answerable": False} for town in TOWNS[:24]
    ]
    Path("q.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in (*asked, *strange)), encoding="utf-8")
    assert quoth("build").exit_code == 0
    return quoth


def test_calibrate_writes_a_file_that_the_settings_then_name(towns: Quoth) -> None:
    assert "were fitted for another model" in towns("status").stdout
    result = towns("calibrate", "q.jsonl")
    assert result.exit_code == 0
    assert result.stdout.startswith("56 questions, 32 of them with a first passage that answers.")
    assert "wanted: at most 10.0%" in result.stdout
    form = json.loads(Path("calibration.json").read_text(encoding="utf-8"))
    assert (form["format"], form["model"], form["fitted"]["questions"]) == ("quoth.calibration/1", "hash-64", 56)
    Path("quoth.toml").write_text('calibration = "calibration.json"\n', encoding="utf-8")
    assert "were fitted for another model" not in towns("status").stdout
    report = json.loads(towns("eval", "q.jsonl", "--json").stdout)["reports"][0]
    assert report["verdicts"]["answerable"]["answers"] > 0.9
    assert report["wrong_answers"]["value"] <= 0.1


def test_equal_questions_make_an_equal_file(towns: Quoth) -> None:
    towns("calibrate", "q.jsonl", "--output", "a.json")
    towns("calibrate", "q.jsonl", "--output", "b.json")
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


def test_too_few_questions_leave_no_file(built: Quoth) -> None:
    Path("q.jsonl").write_text('{"question": "Who met the mayor?", "quote": "met the mayor"}\n', encoding="utf-8")
    result = built("calibrate", "q.jsonl")
    assert result.exit_code == 1
    assert "too few questions to fit on" in result.stderr
    assert not Path("calibration.json").exists()


def test_a_calibration_of_another_model_is_refused_but_can_be_replaced(towns: Quoth) -> None:
    towns("calibrate", "q.jsonl")
    written = Path("calibration.json").read_text(encoding="utf-8")
    Path("calibration.json").write_text(written.replace("hash-64", "hash-32"), encoding="utf-8")
    Path("quoth.toml").write_text('calibration = "calibration.json"\n', encoding="utf-8")
    refused = towns("ask", "Who lives beside the bridge?")
    assert refused.exit_code == 1
    assert "was fitted for the model hash-32, but the settings name hash-64" in refused.stderr
    assert towns("calibrate", "q.jsonl").exit_code == 0
    assert Path("calibration.json").read_text(encoding="utf-8") == written
