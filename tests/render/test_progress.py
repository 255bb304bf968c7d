from __future__ import annotations

from quoth.records import (
    Progress,
)
from quoth.render import (
    Pace,
    progress_line,
)


def test_progress_says_how_fast_it_goes_and_when_it_ends() -> None:
    pace = Pace()
    pace.note(Progress("reading", 0, 1000, "a.txt"), 100.0)
    assert progress_line(Progress("reading", 0, 1000, "a.txt"), pace) == "reading 0 %, a.txt"
    later = Progress("embedding", 250, 1000, "b.txt", passages=1200)
    pace.note(later, 110.0)
    assert progress_line(later, pace) == "embedding 25 %, 1,200 passages, 120 passages/s, 0:30 left, b.txt"


def test_rates_forget_how_long_the_model_took_to_load() -> None:
    pace = Pace()
    for second, passages in [(0, 0), (60, 0), (70, 1000), (80, 2000), (90, 3000)]:
        pace.note(Progress("embedding", passages, 363_000, passages=passages), float(second))
    assert pace.passages_per_s == 100.0
    assert progress_line(Progress("embedding", 3000, 363_000, passages=3000), pace).endswith(", 1:00:00 left")


def test_progress_before_anything_is_known_is_one_word() -> None:
    assert progress_line(Progress("scanning"), Pace()) == "scanning"
