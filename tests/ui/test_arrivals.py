from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from tests.parsing.zip_writer import make_zip

from quoth.library import Library
from quoth.parsing import unpacked_sizes
from quoth.settings import Settings
from quoth.testing import HashEmbedder
from quoth.ui import arrivals
from quoth.ui.arrivals import MOST_AT_ONCE, PREFIX, Folder, Limits, RefusedError, check_name


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "documents"
    (folder / "letters").mkdir(parents=True)
    (folder / "letters" / "a.txt").write_text("The ferry left at nine.", "utf-8")
    with Library(tmp_path / "index", Settings(folder=str(folder)), HashEmbedder()) as built:
        built.build()
        yield built


@pytest.fixture
def folder(library: Library) -> Folder:
    return Folder(library, Limits(file=1_000, total=3_000))


def nothing() -> None:
    pass


def add(
    folder: Folder,
    name: str,
    content: bytes,
    *,
    size: int | None = None,
    replace: bool = False,
    meanwhile: Callable[[], object] = nothing,
) -> None:
    with folder.arriving(name, len(content) if size is None else size, replace=replace) as arrival:
        arrival.write(content)
        meanwhile()
        arrival.keep()


def names(library: Library) -> list[str]:
    return sorted(path.relative_to(library.folder).as_posix() for path in library.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", ".", "..", "../a.txt", "/etc/a.txt", "letters/a.txt", "a\\b.txt", "C:a.txt", "a\0.txt", "a\n.txt"),
        *("a\u202etxt.exe.txt", " a.txt", "a.txt ", "x" * 300 + ".txt", "\ud800.txt"),
        *(".hidden.txt", "~$letter.docx", "letter.txt~", f"{PREFIX}a.txt"),
        *("a.exe", "a", "a.html.php"),
    ],
)
def test_names_that_are_paths_hidden_or_of_no_document_are_refused(name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check_name(name)
    assert refused.value.status in (400, 415)


@pytest.mark.parametrize(
    "name", ["a.txt", "post.zip", "Brief an Jürgen (2).PDF", "日本.md", "100 %41.docx", "a..txt", "$(rm).html"]
)
def test_names_of_documents_are_taken(name: str) -> None:
    check_name(name)


def test_a_file_arrives_whole_and_can_be_asked_after_a_build(library: Library, folder: Folder) -> None:
    add(folder, "b.txt", b"The bell was cast in Ghent.")
    assert (library.folder / "b.txt").read_bytes() == b"The bell was cast in Ghent."
    assert library.build().added == ("b.txt",)
    assert library.ask("Where was the bell cast?").hits[0].citation.source == "b.txt"


@pytest.mark.parametrize(("announced", "sent"), [(10, b"short"), (3, b"longer than announced")])
def test_what_does_not_arrive_whole_leaves_nothing(
    library: Library, folder: Folder, announced: int, sent: bytes
) -> None:
    with pytest.raises(RefusedError):
        add(folder, "b.txt", sent, size=announced)
    assert names(library) == ["letters/a.txt"]


def test_a_sender_that_goes_away_leaves_nothing(library: Library, folder: Folder) -> None:
    def leave() -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        add(folder, "b.txt", b"half of it", size=500, meanwhile=leave)
    assert names(library) == ["letters/a.txt"]
    add(folder, "b.txt", b"x" * 1_000)  # its room is free again


def test_a_file_that_no_build_would_read_is_refused(library: Library, folder: Folder) -> None:
    (library.folder / ".quothignore").write_text("draft*\n")
    with pytest.raises(RefusedError, match=r"\.quothignore in the folder leaves out files of this name"):
        add(folder, "draft 2.txt", b"not yet")


def test_a_file_is_replaced_only_when_that_is_said(library: Library, folder: Folder) -> None:
    add(folder, "b.txt", b"old")
    with pytest.raises(RefusedError, match=r"There is a file called b\.txt already"):
        add(folder, "b.txt", b"new")
    assert (library.folder / "b.txt").read_bytes() == b"old"
    add(folder, "b.txt", b"new", replace=True)
    assert (library.folder / "b.txt").read_bytes() == b"new"


def test_a_name_that_is_taken_while_a_file_arrives_stays_with_its_owner(library: Library, folder: Folder) -> None:
    target = library.folder / "b.txt"
    with pytest.raises(RefusedError):
        add(folder, "b.txt", b"new", meanwhile=lambda: target.write_bytes(b"first"))
    assert (library.folder / "b.txt").read_bytes() == b"first"


def test_a_link_is_never_written_through(library: Library, folder: Folder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", "utf-8")
    (library.folder / "b.txt").symlink_to(outside)
    for replace in (False, True):
        with pytest.raises(RefusedError):
            add(folder, "b.txt", b"new", replace=replace)
    assert outside.read_text("utf-8") == "mine"


def test_limits_hold_for_a_file_for_the_folder_and_for_files_on_their_way(library: Library, folder: Folder) -> None:
    with pytest.raises(RefusedError, match=r"larger than 1 kB") as refused:
        add(folder, "b.txt", b"x" * 1_001)
    assert refused.value.status == 413
    with folder.arriving("b.txt", 1_000, replace=False), folder.arriving("c.txt", 1_000, replace=False):
        with pytest.raises(RefusedError, match=r"would hold more than 3 kB"):
            add(folder, "d.txt", b"x" * 1_000)
        add(folder, "d.txt", b"x" * 900)
    assert names(library) == ["d.txt", "letters/a.txt"]


def test_an_archive_arrives_and_the_files_in_it_can_be_asked(library: Library, folder: Folder) -> None:
    add(folder, "post.zip", make_zip({"in/b.txt": b"The bell was cast in Ghent."}))
    assert library.build().added == ("post.zip/in/b.txt",)


def test_the_files_in_an_archive_count_as_if_they_had_been_sent_one_by_one(library: Library) -> None:
    folder = Folder(library, Limits(file=1_000, total=3_000, files=3))
    with pytest.raises(RefusedError, match="would hold more than 3 kB"):
        add(folder, "post.zip", make_zip({"a.txt": b"x" * 4_000}))
    with pytest.raises(RefusedError, match="would hold more than 3 files"):
        add(folder, "post.zip", make_zip(dict.fromkeys(("a.txt", "b.txt", "c.txt"), b"x")))
    assert names(library) == ["letters/a.txt"]
    add(folder, "post.zip", make_zip({"a.txt": b"x", "b.txt": b"x"}))


def test_two_archives_that_arrive_together_count_both(
    library: Library, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2)

    def look(arrived: Path) -> list[int]:
        with suppress(threading.BrokenBarrierError):
            both.wait(0.3)
        return unpacked_sizes(arrived)

    def send(name: str) -> int:
        try:
            add(folder, name, make_zip({f"{name}.txt": b"x" * 2_000}))
        except RefusedError as refused:
            return refused.status
        return 204

    monkeypatch.setattr(arrivals, "unpacked_sizes", look)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, ("a.zip", "b.zip"))) == [204, 413]
    assert len(names(library)) == 2


def test_an_archive_leaves_the_room_that_was_given_to_a_file_on_its_way(library: Library, folder: Folder) -> None:
    with folder.arriving("b.txt", 1_000, replace=False), pytest.raises(RefusedError, match="would hold more than 3 kB"):
        add(folder, "post.zip", make_zip({"a.txt": b"x" * 2_500}))
    add(folder, "post.zip", make_zip({"a.txt": b"x" * 2_500}))


def test_a_broken_archive_is_taken_as_any_broken_file_for_the_build_to_tell(library: Library, folder: Folder) -> None:
    add(folder, "post.zip", b"PK\x03\x04 and no more")
    assert [skipped.source for skipped in library.build().skipped] == ["post.zip"]


def test_no_more_files_are_taken_than_the_folder_may_hold(library: Library) -> None:
    folder = Folder(library, Limits(file=1_000, total=3_000, files=3))
    with folder.arriving("b.txt", 1, replace=False):
        add(folder, "c.txt", b"x")
        with pytest.raises(RefusedError, match=r"would hold more than 3 files") as refused:
            add(folder, "d.txt", b"x")
    assert refused.value.status == 413
    add(folder, "d.txt", b"x")
    with pytest.raises(RefusedError):
        add(folder, "e.txt", b"x")
    add(folder, "d.txt", b"new", replace=True)
    assert names(library) == ["c.txt", "d.txt", "letters/a.txt"]


def test_what_a_killed_server_left_behind_is_deleted_after_a_day_and_nothing_else(
    library: Library, folder: Folder
) -> None:
    now_s = 2_000_000_000.0
    for name, age_s in ((f"{PREFIX}old", 90_000), (f"{PREFIX}young", 80_000), ("old.txt", 90_000)):
        (library.folder / name).write_text("x")
        os.utime(library.folder / name, (now_s - age_s, now_s - age_s))
    (library.folder / f"{PREFIX}folder").mkdir()
    (library.folder / f"{PREFIX}link").symlink_to(library.folder / "old.txt")
    folder.sweep(now_s)
    assert sorted(path.name for path in library.folder.iterdir()) == [
        f"{PREFIX}folder",
        f"{PREFIX}link",
        f"{PREFIX}young",
        "letters",
        "old.txt",
    ]


def test_only_a_few_files_arrive_at_once(folder: Folder) -> None:
    rooms = [folder.arriving(f"{number}.txt", 1, replace=False) for number in range(MOST_AT_ONCE)]
    for room in rooms:
        room.__enter__()
    with pytest.raises(RefusedError) as refused:
        add(folder, "b.txt", b"x")
    assert refused.value.status == 429
    for room in rooms:
        room.__exit__(None, None, None)


def test_a_file_that_the_index_lists_can_be_removed_and_is_gone_after_a_build(library: Library, folder: Folder) -> None:
    add(folder, "b.txt", b"The bell was cast in Ghent.")
    library.build()
    folder.remove("b.txt")
    assert names(library) == ["letters/a.txt"]
    assert library.build().removed == ("b.txt",)


def test_a_file_that_is_gone_already_is_removed_as_was_wanted(library: Library, folder: Folder) -> None:
    folder.remove("letters/a.txt")
    folder.remove("letters/a.txt")
    (library.folder / "letters").rmdir()
    folder.remove("letters/a.txt")
    (library.folder / "letters").write_text("no folder any more", "utf-8")
    folder.remove("letters/a.txt")
    assert names(library) == ["letters"]


@pytest.mark.parametrize(
    "source", ["../outside.txt", "/etc/hostname", "letters", "unknown.txt", "", "letters/../letters/a.txt"]
)
def test_no_other_file_can_be_removed(library: Library, folder: Folder, tmp_path: Path, source: str) -> None:
    (tmp_path / "outside.txt").write_text("mine", "utf-8")
    (library.folder / "unknown.txt").write_text("Not read yet.", "utf-8")
    with pytest.raises(RefusedError):
        folder.remove(source)
    assert (tmp_path / "outside.txt").exists()
    assert names(library) == ["letters/a.txt", "unknown.txt"]


def test_a_folder_that_became_a_link_leads_nowhere(library: Library, folder: Folder, tmp_path: Path) -> None:
    (library.folder / "letters").rename(tmp_path / "elsewhere")
    (library.folder / "letters").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError):
        folder.remove("letters/a.txt")
    (library.folder / "letters").unlink()
    (tmp_path / "elsewhere").rename(library.folder / "papers")
    (library.folder / "letters").symlink_to("papers")
    with pytest.raises(RefusedError):
        folder.remove("letters/a.txt")
    assert (library.folder / "papers" / "a.txt").exists()
