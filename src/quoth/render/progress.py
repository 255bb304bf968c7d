"""How far a build is, in one line."""

from __future__ import annotations

from collections import deque

from quoth.records import Progress
from quoth.render.visible import one_line
from quoth.render.words import count

WINDOW_S = 30.0
"""Rates are those of the last half minute: the first batch also waits for the model to load."""


class Pace:
    """Rates of a running build, from what was noted of it. `now_s`: seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._noted: deque[tuple[float, Progress]] = deque()

    def note(self, progress: Progress, now_s: float) -> None:
        self._noted.append((now_s, progress))
        while len(self._noted) > 2 and self._noted[1][0] <= now_s - WINDOW_S:
            self._noted.popleft()

    @property
    def passages_per_s(self) -> float:
        """0 while it cannot be told."""
        return self._per_s(self._noted[-1][1].passages - self._noted[0][1].passages) if self._noted else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None while it cannot be told."""
        if not self._noted:
            return None
        last = self._noted[-1][1]
        rate = self._per_s(last.done - self._noted[0][1].done)
        return (last.total - last.done) / rate if rate > 0 else None

    def _per_s(self, amount: int) -> float:
        elapsed_s = self._noted[-1][0] - self._noted[0][0]
        return amount / elapsed_s if elapsed_s > 0 else 0.0


def progress_line(progress: Progress, pace: Pace) -> str:
    """`embedding 42 %, 1,200 passages, 95 passages/s, 0:31 left, a.pdf`; unknown parts are left out."""
    parts = [f"{progress.step} {percent(progress)} %" if progress.total else progress.step]
    if progress.passages:
        parts.append(count(progress.passages, "passage"))
    if pace.passages_per_s:
        parts.append(f"{pace.passages_per_s:,.0f} passages/s")
    if pace.seconds_left is not None and progress.done < progress.total:
        parts.append(f"{_clock(pace.seconds_left)} left")
    if progress.source:
        parts.append(one_line(progress.source))
    return ", ".join(parts)


def percent(progress: Progress) -> int:
    """0 to 100, rounded down: 100 means done. 0 when there is nothing to do."""
    return 100 * progress.done // progress.total if progress.total else 0


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
