"""A build that is killed at any moment leaves an index that is whole and that the next build completes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quoth.library import Library
from quoth.settings import Settings
from quoth.testing import HashEmbedder

FILES = 40
KILLS = 12

BUILD = """
import sys
from pathlib import Path
import quoth.build.run
from quoth.library import Library
from quoth.settings import Settings
from quoth.testing import HashEmbedder

quoth.build.run.BATCH_DOCUMENTS = 3  # many commits: many kills fall into one
folder, embeddings, rebuild_all = sys.argv[1:]
print("started", flush=True)
with Library(Path(embeddings), Settings(), HashEmbedder()) as library:
    library.build(folder, rebuild_all=rebuild_all == "all", on_progress=lambda progress: None)
print("done", flush=True)
"""


def write_version(folder: Path, version: int) -> None:
    for number in range(FILES):
        sentences = [f"Entry {number} of year {version}: the harbour saw {place} ships." for place in range(20)]
        (folder / f"{number:03}.txt").write_text(" ".join(sentences))


def open_library(embeddings: Path) -> Library:
    return Library(embeddings, Settings(), HashEmbedder())


def start_build(folder: Path, embeddings: Path, mode: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILD, str(folder), str(embeddings), mode]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run_build(folder: Path, embeddings: Path, mode: str) -> float:
    """Seconds that a whole build takes from its first line to its last."""
    process = start_build(folder, embeddings, mode)
    assert process.stdout is not None
    process.stdout.readline()
    started = time.perf_counter()
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return time.perf_counter() - started


def kill_build(folder: Path, embeddings: Path, mode: str, after_s: float) -> None:
    process = start_build(folder, embeddings, mode)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)


def check_whole(embeddings: Path, versions: set[str]) -> None:
    """Every document is wholly of one version, has all its passages, and is found by both searches."""
    with open_library(embeddings) as library:
        documents = library.documents()
        assert len(documents) == FILES
        passages = 0
        for info in documents:
            text = library.document(info.id).text
            (version,) = {version for version in versions if version in text}
            assert text.count(version) == 20
            passages += info.passages
        assert library.status().passages == passages
        answer = library.ask("Entry 17 harbour ships", k=5)
        assert answer.hits[0].citation.source == "017.txt"
        for hit in answer.hits:
            assert hit.passage.text == hit.passage.span.of(library.document(hit.passage.document_id).text)


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Path]:
    folder, embeddings = tmp_path / "documents", tmp_path / "embeddings"
    folder.mkdir()
    write_version(folder, 1901)
    with open_library(embeddings) as library:
        library.build(folder)
    return folder, embeddings


@pytest.mark.parametrize("mode", ["changed", "all"])
def test_a_killed_build_leaves_a_whole_index(built: tuple[Path, Path], mode: str) -> None:
    folder, embeddings = built
    write_version(folder, 1902)
    measured = embeddings.with_name("measured")
    duration = run_build(folder, measured, mode)
    moments = random.Random(mode)
    for _ in range(KILLS // 2):
        kill_build(folder, embeddings, mode, moments.uniform(0, duration))
        check_whole(embeddings, {"1901", "1902"})
    with open_library(embeddings) as library:
        library.build(folder)
        assert not library.status().interrupted
    check_whole(embeddings, {"1902"})


def test_after_any_kill_the_next_build_ends_where_a_fresh_one_does(built: tuple[Path, Path]) -> None:
    folder, embeddings = built
    write_version(folder, 1903)
    kill_build(folder, embeddings, "changed", 0.3)
    fresh = embeddings.with_name("fresh")
    for place in (embeddings, fresh):
        with open_library(place) as library:
            library.build(folder)
    with open_library(embeddings) as mended, open_library(fresh) as new:
        assert [info.id for info in mended.documents()] == [info.id for info in new.documents()]
        for question in ("Entry 3", "harbour ships of year 1903", "Entry 42 saw 7 ships"):
            found = [[hit.passage.id for hit in library.ask(question, k=10).hits] for library in (mended, new)]
            assert found[0] == found[1]
