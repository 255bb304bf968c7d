"""What is said to be wrong among the answers is counted on sets that the fit has not seen."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from benchmarks.__main__ import run
from benchmarks.calibrate import CONSTANTS, OTHER_THRESHOLDS, RISK_OF_ANSWERS, measure_risk
from benchmarks.results import MARKDOWN_NAME, Table, load
from benchmarks.workspace import Workspace

from quoth.evaluate.intervals import Interval
from quoth.testing import HashEmbedder

TOWNS = {
    "ports": ("Who built the port of {}?", "The port of {} was built by {}.", ("Avola", "Brest", "Cadiz")),
    "mills": ("What does the mill of {} grind?", "In the mill of {} they grind {}.", ("Delft", "Essen", "Fulda")),
    "casas": ("¿Dónde vive el alcalde de {}?", "El alcalde de {} vive en {}.", ("Gijón", "Huesca", "Ibiza")),
    "doma": ("Кто живёт в городе {}?", "В городе {} живёт {}.", ("Орёл", "Псков", "Тверь")),
}
LANGUAGES = {"ports": "en", "mills": "en", "casas": "es", "doma": "ru"}


def write_set(data: Path, name: str) -> None:
    """One document and one question for each town; a second question of the first town has its answer elsewhere."""
    asked, told, towns = TOWNS[name]
    (data / name / "docs").mkdir(parents=True)
    (data / name / "META.json").write_text(json.dumps({"language": LANGUAGES[name]}))
    questions = []
    for town in towns:
        text = told.format(town, town[::-1])
        (data / name / "docs" / f"{town}.txt").write_text(text, encoding="utf-8")
        questions.append({"id": town, "question": asked.format(town), "doc": f"{town}.txt", "spans": [[0, len(text)]]})
    questions.append({**questions[0], "id": "wrong", "doc": f"{towns[1]}.txt"})
    lines = "".join(f"{json.dumps(question)}\n" for question in questions)
    (data / name / "questions.jsonl").write_text(lines, encoding="utf-8")


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Table]:
    for name in TOWNS:
        write_set(tmp_path / "data", name)
    said: list[str] = []
    workspace = Workspace(
        tmp_path / "data", tmp_path, said.append, pictures=tmp_path / "pictures", embedder=HashEmbedder()
    )
    measure = partial(measure_risk, fitted=("ports", "mills"), judged=("casas", "doma"), scripts=("casas", "doma"))
    assert run([measure], workspace, tmp_path, "python -m benchmarks calibrate") == []
    return {table.title: table for table in load(tmp_path)}


def test_each_set_is_judged_with_its_strangers_and_the_rows_are_kept(tables: dict[str, Table], tmp_path: Path) -> None:
    rows = {row.name: row.cells for row in tables[RISK_OF_ANSWERS].rows}
    assert list(rows) == list(TOWNS)
    assert [rows[name]["questions"] for name in rows] == [4] * len(TOWNS)
    assert [rows[name]["strangers"] for name in rows] == [4] * len(TOWNS)
    for cells in rows.values():
        assert cells["right, weighed alike"] == pytest.approx(3 / 4 / 2)
        assert isinstance(cells["answered"], Interval)
        assert 0 <= cells["answered"].low <= cells["answered"].value <= cells["answered"].high <= 1
    assert "`python -m benchmarks calibrate`" in (tmp_path / MARKDOWN_NAME).read_text(encoding="utf-8")
    assert [row.name for row in tables[OTHER_THRESHOLDS].rows] == list(rows)
    fitted, of_scripts, *_ = (row.cells for row in tables[CONSTANTS].rows)
    assert set(fitted) == {"bias", "cosine", "late", "coverage", "margin"}
    assert of_scripts["cosine"] == of_scripts["late"] == 0.0 != of_scripts["margin"]


def test_the_pictures_are_drawn(tables: dict[str, Table], tmp_path: Path) -> None:
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == ["reliability.png", "risk_coverage.png"]
