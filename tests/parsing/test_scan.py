from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.errors import SourceError
from quoth.parsing import locate, scan
from quoth.parsing.names import read_name, show_name
from quoth.records import State

LISTED = os.scandir


def paths(folder: Path) -> list[str]:
    return [source.path for source in scan(folder).sources]


def test_files_are_found_in_all_folders_and_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.md", "A.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert paths(tmp_path) == ["A.pdf", "a/b/c.md", "a/z.txt", "b.txt"]


def test_a_source_carries_size_and_time_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    os.utime(tmp_path / "a.txt", ns=(7, 7_000_000_001))
    (source,) = scan(tmp_path).sources
    assert (source.size, source.mtime_ns) == (5, 7_000_000_001)


def test_hidden_files_and_droppings_of_editors_are_left_out(tmp_path: Path) -> None:
    for name in (".hidden", "~$report.docx", "notes.txt~", "#notes.txt#", "Thumbs.db", ".git/config", "kept.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert paths(tmp_path) == ["kept.txt"]
    assert scan(tmp_path).skipped == ()


def test_a_missing_folder_and_a_file_are_errors(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "missing", tmp_path / "file"):
        with pytest.raises(SourceError, match="give the folder that holds the documents"):
            scan(path)


def test_pipes_and_links_are_reported_and_never_opened(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("secret")
    os.mkfifo(folder / "pipe.txt")
    (folder / "dangling.txt").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "up").symlink_to("..")
    (folder / "zero.txt").symlink_to("/dev/zero")
    result = scan(folder)
    assert result.sources == ()
    assert [skipped.source for skipped in result.skipped] == [
        "dangling.txt", "loop.txt", "out.txt", "pipe.txt", "up", "zero.txt",
    ]  # fmt: skip
    assert {skipped.state for skipped in result.skipped} == {State.UNREADABLE}
    assert "links are not followed" in result.skipped[2].reason
    assert "pipe" in result.skipped[3].reason


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path: Path) -> None:
    directory = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # longer together than any path may be
        os.mkdir("d" * 250, dir_fd=directory)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=directory)
        os.close(directory)
        directory = inner
    os.close(directory)
    (skipped,) = scan(tmp_path).skipped
    assert skipped.state is State.UNREADABLE
    assert "cannot be listed" in skipped.reason


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        *[(b"caf\xe9.txt", "caf%E9.txt")] * (sys.platform == "linux"),  # macOS refuses such names
        (b"two\nlines.txt", "two%0Alines.txt"),
        ("evil\u202etxt.exe".encode(), "evil%E2%80%AEtxt.exe"),
        (b"100%.txt", "100%.txt"),
        (b"100%25.txt", "100%2525.txt"),
    ],
)
def test_odd_names_are_shown_safely_and_lead_back_to_the_file(tmp_path: Path, name: bytes, shown: str) -> None:
    (tmp_path / os.fsdecode(name)).write_text("found")
    assert paths(tmp_path) == [shown]
    assert locate(tmp_path, shown).read_text() == "found"


@given(st.binary(min_size=1, max_size=40).filter(lambda name: not set(name) & {0, ord("/")}))
def test_every_name_can_be_stored_and_read_back(name: bytes) -> None:
    shown = show_name(os.fsdecode(name))
    shown.encode("utf-8")
    assert not any(ord(char) < 0xA0 and not char.isprintable() for char in shown)
    assert os.fsencode(read_name(shown)) == name


@pytest.mark.parametrize(
    "path", ["../a.txt", "/etc/passwd", "a/../../b", "", "a//b", ".", "%2E%2E/a", "a%2F..%2F..%2Fb", "%00", "\ud800"]
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(SourceError):
        locate(tmp_path, path)


def test_a_link_does_not_lead_out_of_the_folder_either(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "link").symlink_to(tmp_path)
    with pytest.raises(SourceError, match="leads out of the folder"):
        locate(tmp_path / "documents", "link/a.txt")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("loop", "'loop' is no document: Too many levels of symbolic links"),
        ("loop/x", "Too many levels of symbolic links"),
        ("x" * 300, "xx…' is no document: File name too long"),
        ("x/" * 3000 + "y", "File name too long"),
    ],
)
def test_a_path_that_no_file_can_have_is_an_error_that_says_so(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SourceError, match=reason):
        locate(tmp_path, path)


def test_a_missing_file_is_located(tmp_path: Path) -> None:
    assert locate(tmp_path, "a/b.txt") == tmp_path / "a" / "b.txt"


@contextmanager
def failing_list(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """The entries of a folder on a disk that fails after the first of them."""

    def entries() -> Iterator[os.DirEntry[str]]:
        with LISTED(folder) as found:
            yield next(found)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    yield entries()


def test_a_folder_that_fails_while_it_is_listed_is_an_error_and_not_half_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("words")
    monkeypatch.setattr(os, "scandir", failing_list)
    with pytest.raises(SourceError, match="Input/output error"):
        scan(tmp_path)
