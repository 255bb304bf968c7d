"""What the documentation says was measured is what the benchmarks have measured."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
RANKING = (ROOT / "docs" / "explanation" / "ranking.md").read_text(encoding="utf-8")
COLUMNS = ("hit@1", "hit@3", "hit@5", "MRR@10", "R@500", "R@1000", "R@2000")


def rows_of(name: str, title: str) -> dict[str, dict[str, Any]]:
    (table,) = [one for one in json.loads((ROOT / "benchmarks" / name).read_text("utf-8")) if one["title"] == title]
    return {row["name"]: row["cells"] for row in table["rows"]}


PEERS = rows_of("peers.json", "Quoth and its peers")
QUALITY = rows_of("results.json", "Quality")
SETS = sorted({name.split(": ")[0] for name in PEERS})


def value_of(cell: float | dict[str, float]) -> float:
    """Figures were kept without their intervals once."""
    return cell["value"] if isinstance(cell, dict) else cell


def in_three_digits(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


@pytest.mark.parametrize("name", SETS)
def test_the_table_beside_other_systems_holds_what_was_measured(name: str) -> None:
    own = PEERS[f"{name}: Quoth"]
    others = [cells for row, cells in PEERS.items() if row.startswith(f"{name}: ") and cells is not own]
    expected = [
        f"{in_three_digits(own[column]['value'])} / {in_three_digits(max(cells[column]['value'] for cells in others))}"
        for column in COLUMNS
    ]
    expected.append(f"{own['ms a question']:.0f} / {min(cells['ms a question'] for cells in others):.0f}")
    [row] = re.findall(rf"^\| {name} \| ([^|]*/[^|]*(?:\|[^|]*/[^|]*){{7}})\|$", RANKING, re.MULTILINE)
    assert row.replace("*", "").strip().split(" | ") == expected


def test_the_aims_that_were_reached_or_missed_are_told_with_what_was_measured() -> None:
    told = dict(re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|", RANKING.split("## Aims")[1], re.MULTILINE))

    def measured(name: str, *columns: str) -> str:
        return " / ".join(in_three_digits(QUALITY[name][column]["value"]) for column in columns)

    assert told["squad2_dev hit@1 / R@500 / R@1k"] == measured("squad2_dev", "hit@1", "R@500", "R@1000")
    assert told["chroma_chunking hit@1 / hit@5 / R@1k"] == measured("chroma_chunking", "hit@1", "hit@5", "R@1000")
    assert told["policyqa_dev hit@5"] == measured("policyqa_dev", "hit@5")
    assert told["highlighted, xquad_en"] == measured("xquad_en", "highlighted")
    languages = ", ".join(measured(f"xquad_{one}", "hit@1") for one in ("es", "de", "ru", "ar"))
    assert told["xquad hit@1 es, de, ru, ar / zh"] == f"{languages} / {measured('xquad_zh', 'hit@1')}"
    separation = rows_of("results.json", "Telling answers from non-answers")
    assert told["strangers, AUROC"] == in_three_digits(
        value_of(separation["answerable / about other documents"]["AUROC"])
    )
    in_topic = value_of(separation["answerable / unanswerable, same topics"]["AUROC"])
    assert told["unanswerable in-topic, AUROC"] == in_three_digits(in_topic)
    latency = rows_of("results.json", "Time of one question")["ask"]["p50 ms"]
    assert told["one question"] == f"{latency:.0f} ms"


def test_what_is_told_of_wrong_answers_is_what_was_measured() -> None:
    def in_percent(share: dict[str, float], digits: int) -> str:
        value, low, high = (f"{100 * share[name]:.{digits}f}" for name in ("value", "low", "high"))
        return f"{value} % ({low}-{high})"

    told = re.findall(
        r"^\| (\w+) \| (.+) \| (.+) \| (.+) \|$", RANKING.split("| left out |")[1].split("\n\n")[0], re.MULTILINE
    )
    assert told == [
        (
            name,
            in_percent(cells["answered"], 0),
            in_percent(cells["wrong among them"], 1),
            in_percent(cells["strangers answered"], 1),
        )
        for name, cells in rows_of("results.json", "Risk of what answers").items()
    ]
