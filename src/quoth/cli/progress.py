"""Progress of a build on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO

import click

from quoth.protocols import OnProgress
from quoth.records import Progress
from quoth.render import Pace, percent, progress_line

LINE_EVERY_PERCENT = 10
LINE_EVERY_S = 10.0


def showing_progress() -> contextlib.AbstractContextManager[OnProgress]:
    """The callback that shows progress, while the context lasts."""
    return _bar(sys.stderr) if sys.stderr.isatty() else _lines()


@contextlib.contextmanager
def _bar(terminal: TextIO) -> Iterator[OnProgress]:
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=Console(file=terminal), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        pace = Pace()

        def show(progress: Progress) -> None:
            pace.note(progress, time.monotonic())
            bar.update(
                task,
                description=progress_line(progress, pace),
                completed=progress.done,
                total=progress.total or None,
            )

        yield show


@contextlib.contextmanager
def _lines() -> Iterator[OnProgress]:
    yield LinePrinter(lambda line: click.echo(line, err=True), time.monotonic)


class LinePrinter:
    """Prints the first progress of each step, then every 10 % or 10 s, whichever comes first."""

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._write = write
        self._clock = clock
        self._pace = Pace()
        self._shown_percent = -LINE_EVERY_PERCENT
        self._shown_s = 0.0

    def __call__(self, progress: Progress) -> None:
        now_s = self._clock()
        self._pace.note(progress, now_s)
        if percent(progress) >= self._shown_percent + LINE_EVERY_PERCENT or now_s >= self._shown_s + LINE_EVERY_S:
            self._write(progress_line(progress, self._pace))
            self._shown_percent = percent(progress)
            self._shown_s = now_s
