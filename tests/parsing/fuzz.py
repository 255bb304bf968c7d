"""`python -m tests.parsing.fuzz [SECONDS]`: broken files of every format, in the process and the limits of a build.

A file that ends in no state, or in one that does not hold, is kept and named; the exit code is then 1.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

import click
from hypothesis import HealthCheck, Phase, given, settings
from tests.parsing.breaking import broken
from tests.parsing.checks import assert_sound
from tests.parsing.samples import SAMPLES, Sample

from quoth.parsing import ParsingWorker
from quoth.records import Parsed, State

DEFAULT_S = 600.0
EXAMPLES_AT_ONCE = 50

Parse = Callable[[Path, str], Parsed]
Counts = dict[str, Counter[State]]


def fuzz(samples: Sequence[Sample], parse: Parse, folder: Path, seconds: float) -> Counts:
    """How often files of each sample ended in each state; every sample is tried at least once.

    Raises what the first file raised that is not as it should be. That file stays in `folder`; others do not.
    """
    counts: Counts = {sample.name: Counter() for sample in samples}
    deadline = time.monotonic() + seconds
    for number, sample in enumerate(cycle(samples)):
        if number >= len(samples) and time.monotonic() >= deadline:
            return counts
        _try_some(sample, parse, folder, counts[sample.name])
    return counts


def _try_some(sample: Sample, parse: Parse, folder: Path, counts: Counter[State]) -> None:
    path = folder / sample.name

    # Nothing is remembered or made smaller: each run tries others, and the file that failed is kept as it was.
    @settings(
        max_examples=EXAMPLES_AT_ONCE,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(content=broken(sample.content))
    def try_one(content: bytes) -> None:
        path.write_bytes(content)
        parsed = parse(path, sample.name)
        assert_sound(parsed)
        counts[parsed.state] += 1

    try_one()
    path.unlink()


def describe(counts: Counts) -> list[str]:
    """A line for each sample."""
    return [
        f"{name:12} {found.total():7,}: {', '.join(f'{n:,} {state.label}' for state, n in found.most_common())}"
        for name, found in counts.items()
    ]


def main(seconds: float) -> int:
    folder = Path(tempfile.mkdtemp(prefix="quoth-fuzz-"))
    click.echo(f"trying broken files for {seconds:g} s")
    try:
        with ParsingWorker() as worker:
            counts = fuzz(SAMPLES, worker.parse, folder, seconds)
    except BaseException:
        click.echo(f"the file that failed is kept in {folder}", err=True)
        raise
    folder.rmdir()
    click.echo("\n".join(describe(counts)))
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_S))
