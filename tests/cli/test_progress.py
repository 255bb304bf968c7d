from __future__ import annotations

import pytest

from quoth.cli.progress import LinePrinter
from quoth.records import Progress


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


def test_lines_come_every_ten_percent_or_ten_seconds(clock: list[float]) -> None:
    lines: list[str] = []
    show = LinePrinter(lines.append, lambda: clock[0])
    for done in range(101):
        show(Progress("reading", done, 100))
    assert [line.split(" %")[0] for line in lines] == [f"reading {percent}" for percent in range(0, 101, 10)]
    lines.clear()
    for clock[0] in range(35):
        show(Progress("reading", 100, 1000))
    assert len(lines) == 3
