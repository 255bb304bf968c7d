from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from quoth.errors import SourceError
from quoth.parsing import is_ignored, scan
from quoth.records import Ignored

from .test_scan import paths

FILES = (
    "a.txt", "bar/baz/x.txt", "#notes.txt", "!notes.txt", "doc/frotz/a.txt", "a/doc/frotz/a.txt", "foo", "a/foo",
    "abc/x/y.txt", "a/x/b", "a/x/y/b", "a/b", "draft.txt", "draft.md", "letter1.txt", "letter2.txt", "lettera.txt",
    "end ", "ü.txt",
)  # fmt: skip


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def ignore(folder: Path, *lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".quothignore").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("lines", "left_out"),
    [
        (["# draft.md", "", "draft.md"], {"draft.md"}),
        ([r"\#notes.txt"], {"#notes.txt"}),
        ([r"\!notes.txt"], {"!notes.txt"}),
        (["end "], set()),
        ([r"end\ "], {"end "}),
        (["draft.*", "!draft.md"], {"draft.txt"}),
        (["bar/"], {"bar/baz/x.txt"}),
        (["foo/"], set()),
        (["foo"], {"foo", "a/foo"}),
        (["/foo"], {"foo"}),
        (["doc/frotz/"], {"doc/frotz/a.txt"}),
        (["frotz/"], {"doc/frotz/a.txt", "a/doc/frotz/a.txt"}),
        (["bar/*.txt"], set()),
        (["bar/*"], {"bar/baz/x.txt"}),
        (["letter?.txt"], {"letter1.txt", "letter2.txt", "lettera.txt"}),
        (["letter[0-9].txt"], {"letter1.txt", "letter2.txt"}),
        (["letter[!0-9].txt"], {"lettera.txt"}),
        (["**/foo"], {"foo", "a/foo"}),
        (["**/doc/frotz"], {"doc/frotz/a.txt", "a/doc/frotz/a.txt"}),
        (["abc/**"], {"abc/x/y.txt"}),
        (["a/**/b"], {"a/b", "a/x/b", "a/x/y/b"}),
        (["/*", "!/abc"], set(FILES) - {"abc/x/y.txt"}),
        (["a/", "!a/b"], {"a/doc/frotz/a.txt", "a/foo", "a/x/b", "a/x/y/b", "a/b"}),
        (["?.txt"], {"a.txt", "bar/baz/x.txt", "doc/frotz/a.txt", "a/doc/frotz/a.txt", "abc/x/y.txt", "ü.txt"}),
        (["["], set()),
        (["draft.txt\r"], {"draft.txt"}),
    ],
)
def test_patterns_mean_what_the_manual_of_gitignore_says(tmp_path: Path, lines: list[str], left_out: set[str]) -> None:
    fill(tmp_path, *FILES)
    ignore(tmp_path, *lines)
    assert set(paths(tmp_path)) == set(FILES) - left_out


def test_a_byte_order_mark_is_not_part_of_the_first_pattern(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "b.txt")
    (tmp_path / ".quothignore").write_bytes(b"\xef\xbb\xbfa.txt")
    assert paths(tmp_path) == ["b.txt"]


def test_the_rules_of_a_subfolder_hold_below_it_and_have_the_last_word(tmp_path: Path) -> None:
    fill(tmp_path, "a.log", "in/a.log", "in/b.log", "in/deep/a.log", "in/deep/c.txt", "out/c.txt")
    ignore(tmp_path, "*.log")
    ignore(tmp_path / "in", "!a.log", "/deep/c.txt")
    assert paths(tmp_path) == ["in/a.log", "in/deep/a.log", "out/c.txt"]


def test_names_that_are_no_text_are_matched(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).touch()
    (tmp_path / ".quothignore").write_bytes(b"caf\xe9.txt\n")
    assert paths(tmp_path) == ["b.txt"]


def test_what_is_left_out_is_counted_and_its_folders_are_not_walked(tmp_path: Path) -> None:
    fill(tmp_path, "a.log", "b.log", "kept.txt", "old/1.txt", "old/2.txt", "old/more/3.txt")
    ignore(tmp_path, "*.log", "old/", ".hidden")
    ignore(tmp_path / "old", "!*")
    (tmp_path / "old" / "link.txt").symlink_to("nowhere")
    found = scan(tmp_path)
    assert found.ignored == Ignored(files=2, folders=1)
    assert ([source.path for source in found.sources], found.skipped) == (["kept.txt"], ())


def test_rules_that_cannot_be_read_stop_the_scan_because_they_may_hide_what_nobody_should_read(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    (tmp_path / ".quothignore").mkdir()
    with pytest.raises(SourceError, match="nothing was read or removed"):
        scan(tmp_path)
    (tmp_path / ".quothignore").rmdir()
    os.mkfifo(tmp_path / ".quothignore")
    with pytest.raises(SourceError, match="nothing was read or removed"):
        scan(tmp_path)


def test_a_name_can_be_tried_before_there_is_a_file(tmp_path: Path) -> None:
    assert not is_ignored(tmp_path, "a.log")
    ignore(tmp_path, "*.log")
    assert is_ignored(tmp_path, "a.log")
    assert not is_ignored(tmp_path, "a.txt")


@pytest.mark.parametrize(
    "line", ["*a" * 4 + "b", "*a*a/*a*a/*a*b", "*a*a*a/*a*b", "!**/" + "x/**/" * 3 + "b", "[a]*a*a*a*/"]
)
def test_a_pattern_that_would_be_matched_for_ever_stops_the_scan(tmp_path: Path, line: str) -> None:
    fill(tmp_path, "a" * 200)
    ignore(tmp_path, "*.log", line)
    with pytest.raises(SourceError, match=r"holds too many \*; nothing was read or removed"):
        scan(tmp_path)


@pytest.mark.parametrize("line", ["*a*a*b", "*a*/*b*", "**/*a*/**/*b*", "*/*/*/*/*.c", r"*\*\*\*\*x"])
def test_patterns_with_some_stars_are_matched_soon(tmp_path: Path, line: str) -> None:
    ignore(tmp_path, line)
    started = time.perf_counter()
    assert not is_ignored(tmp_path, "a" * 250)
    assert time.perf_counter() - started < 2
