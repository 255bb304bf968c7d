"""How long a build takes when nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.made_texts import write_files
from benchmarks.results import Row, Table
from benchmarks.timing import seconds_of
from benchmarks.workspace import Workspace, open_library

REBUILD = "Rebuild of unchanged files"

FILES = 1000
SENTENCES = 3
ROUNDS = 5


def measure_rebuild(workspace: Workspace) -> Iterator[Table]:
    """Seconds to open the index, build, and close it again, imports not counted."""
    documents, index = workspace.scratch / "made", workspace.scratch / "made-index"
    documents.mkdir()
    write_files(documents, FILES, SENTENCES)
    workspace.say(f"building the index of {FILES} made-up files, then {ROUNDS} times more")
    first = seconds_of(lambda: _build(index, documents, unchanged=0))
    times = [seconds_of(lambda: _build(index, documents, unchanged=FILES)) for _ in range(ROUNDS)]
    yield Table(
        REBUILD,
        f"Text files of {SENTENCES} sentences of made-up words. Seconds to open, build and close in a process that has "
        f"built before, median and range of {ROUNDS}.",
        (
            Row(
                f"{FILES:,} files",
                {
                    "first build s": first,
                    "rebuild s": median(times),
                    "range s": f"{min(times):.2f}-{max(times):.2f}",
                },
            ),
        ),
    )


def _build(index: Path, documents: Path, *, unchanged: int) -> None:
    with open_library(index) as library:
        report = library.build(documents)
    if report.unchanged != unchanged:
        raise ValueError(f"{report.unchanged} of {unchanged} files were taken as unchanged")
