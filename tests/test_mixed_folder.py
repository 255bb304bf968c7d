"""A folder of all that people have: each format, each kind of bad file. What is reported adds up."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.mixed import check, furthest_off, longest_wait, write_mixed
from tests.parsing.bad_files import BAD_FILES
from tests.parsing.samples import SAMPLES
from tests.parsing.zip_writer import make_zip

from quoth.library import Library
from quoth.records import Progress, State
from quoth.settings import Settings
from quoth.testing import HashEmbedder

COPIES = 3
SLEEPER = """
import time
from quoth.records import Parsed

def parse(path):
    if path.read_text() == "sleep":
        time.sleep(60)
    return Parsed("sleepy", text="awake")
"""


def fill(folder: Path) -> tuple[set[str], dict[str, State]]:
    """What should be read, and what should be reported in which state."""
    good = {f"{number}/{sample.name}" for number in range(COPIES) for sample in SAMPLES}
    for number in range(COPIES):
        (folder / str(number)).mkdir(parents=True)
        for sample in SAMPLES:
            (folder / str(number) / sample.name).write_bytes(sample.content)
    bad = {f"bad/{file.name}": file.state for file in BAD_FILES}
    (folder / "bad").mkdir()
    for file in BAD_FILES:
        (folder / "bad" / file.name).write_bytes(file.content)
    (folder / "post.zip").write_bytes(make_zip({"in/a.txt": b"Anna wrote.", "b.zip": b"PK", "c.exe": b"MZ", ".d": b""}))
    good.add("post.zip/in/a.txt")
    bad |= {"post.zip/b.zip": State.UNSUPPORTED, "post.zip/c.exe": State.UNSUPPORTED}
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(200_000_001)
    os.mkfifo(folder / "pipe.txt")
    (folder / "link.txt").symlink_to("nowhere")
    (folder / "slow.sleepy").write_text("sleep")
    bad |= {"huge.txt": State.TOO_BIG, "pipe.txt": State.UNREADABLE, "link.txt": State.UNREADABLE}
    bad |= {"slow.sleepy": State.TIMED_OUT}
    (folder / "draft.txt").write_text("Not for the index.")
    (folder / ".quothignore").write_text("draft*\n")
    return good, bad


@pytest.fixture
def sleepy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that takes longer than is allowed."""
    (tmp_path / "sleepy.py").write_text(SLEEPER)
    information = tmp_path / "sleepy-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Name: sleepy\nVersion: 1\n")
    (information / "entry_points.txt").write_text("[quoth.parsers]\nsleepy = sleepy:parse\n")
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("sleepy")
def test_every_file_is_read_or_reported_and_the_numbers_add_up(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    good, bad = fill(folder)
    seen: list[Progress] = []
    with Library(tmp_path / "index", Settings(file_time_limit_s=20), HashEmbedder()) as library:
        report = library.build(folder, on_progress=seen.append)
        documents, status, again = library.documents(), library.status(), library.build(folder)
    assert {skip.source: skip.state for skip in report.skipped} == bad
    assert set(bad.values()) == set(State) - {State.READ}
    assert all(skip.reason for skip in report.skipped)
    no_files = {"pipe.txt", "link.txt", "bad/cut.zip", "post.zip/b.zip"}  # told by the scan, not by a parser
    assert set(report.added) == good | (bad.keys() - no_files)
    assert {info.source for info in documents} == good | bad.keys()
    states = Counter(info.state for info in documents)
    assert states == Counter(bad.values()) + Counter({State.READ: len(good)})
    assert status.documents == states[State.READ] + states[State.PARTLY_READ]
    assert report.passages == status.passages == sum(info.passages for info in documents)
    assert all((info.passages > 0) == info.state.has_text for info in documents)
    assert (report.ignored.files, report.ignored.folders) == (1, 0)
    assert (again.added, again.changed, again.removed, again.unchanged) == ((), (), (), len(documents))
    assert again.skipped == report.skipped == status.skipped
    check_progress(seen, report.added, sum(info.size for info in documents))


def check_progress(seen: list[Progress], added: tuple[str, ...], size: int) -> None:
    """It never goes back, ends at the whole, and names each file once as it is read."""
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert {progress.total for progress in seen[1:]} == {size}
    assert done[-1] == size
    assert tuple(progress.source for progress in seen if progress.step == "reading") == added


def test_the_folder_that_is_measured_adds_up(tmp_path: Path) -> None:
    expected = write_mixed(tmp_path / "documents", 120)
    with Library(tmp_path / "index", Settings(), HashEmbedder()) as library:
        report = library.build(tmp_path / "documents")
        check(report, library.documents(), expected)
        with pytest.raises(ValueError, match="files ended as"):
            check(report, library.documents()[1:], expected)
    assert expected.total() == 120
    assert 0 < len(report.skipped) < 20


def test_a_bar_is_off_by_the_largest_difference_between_bytes_and_time() -> None:
    seen = [(0.0, Progress("scanning")), (1.0, Progress("reading", 0, 10)), (2.0, Progress("reading", 8, 10))]
    seen.append((4.0, Progress("saving", 10, 10)))
    assert furthest_off(seen) == pytest.approx(0.3)
    assert longest_wait(seen) == 2.0
