from __future__ import annotations

import errno
import os
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest

from quoth.documents import file_sha256, is_unchanged, read_document
from quoth.errors import SourceError
from quoth.parsing import Copies, exists, opened, opening, parse_file, scan, zipped
from quoth.parsing.zipped import open_folder, open_listed, unpack
from quoth.records import Ignored, State

from .docx_writer import make_docx, paragraph
from .pdf_writer import PdfPage, lines_of, make_pdf
from .test_ignoring import ignore
from .test_scan import paths
from .zip_writer import declaring, far_away, make_zip, misplaced, with_flags

LETTER = b"Anna wrote from Lisbon."


def put(folder: Path, content: bytes, name: str = "a.zip") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def skipped(folder: Path) -> list[tuple[str, State, str]]:
    return [(skip.source, skip.state, skip.reason) for skip in scan(folder).skipped]


def text_of(folder: Path, source: str) -> str:
    return read_document(folder, source, parse_file).document.text


def test_the_files_in_an_archive_are_found_in_its_place_and_read(tmp_path: Path) -> None:
    (tmp_path / "post").mkdir()
    archive = put(
        tmp_path / "post", make_zip({"in/letter.txt": LETTER, "b.pdf": make_pdf([PdfPage(lines_of("A pdf."))])})
    )
    os.utime(archive, ns=(7, 7_000_000_001))
    found = scan(tmp_path)
    assert [source.path for source in found.sources] == ["post/a.zip/b.pdf", "post/a.zip/in/letter.txt"]
    assert found.skipped == ()
    assert (found.sources[1].size, found.sources[1].mtime_ns) == (len(LETTER), 7_000_000_001)
    assert text_of(tmp_path, "post/a.zip/b.pdf") == "A pdf."
    document = read_document(tmp_path, "post/a.zip/in/letter.txt", parse_file).document
    assert document.text == LETTER.decode()
    (tmp_path / "copy.txt").write_bytes(LETTER)
    assert document.info.file_sha256 == file_sha256(tmp_path / "copy.txt")
    assert (document.info.size, document.info.mtime_ns, document.info.kind) == (len(LETTER), 7_000_000_001, "txt")


def test_a_file_in_an_archive_is_unchanged_while_its_own_bytes_are(tmp_path: Path) -> None:
    put(tmp_path, make_zip({"a.txt": LETTER, "b.txt": b"old"}))
    info = read_document(tmp_path, "a.zip/a.txt", parse_file).document.info
    put(tmp_path, make_zip({"b.txt": b"new", "a.txt": LETTER}))
    assert is_unchanged(tmp_path, info)
    put(tmp_path, make_zip({"a.txt": LETTER.upper()}))
    assert not is_unchanged(tmp_path, info)
    put(tmp_path, make_zip({"b.txt": b"new"}))
    assert not is_unchanged(tmp_path, info)


def test_nothing_is_left_behind_and_nothing_is_written_elsewhere(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    put(tmp_path, make_zip({"a.txt": LETTER, "../evil.txt": LETTER, "b.txt": LETTER}))
    with opened(tmp_path, "a.zip/a.txt") as file:
        assert file.path.is_relative_to(temporary)
        assert file.path.read_bytes() == LETTER
    assert list(temporary.iterdir()) == []
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "a/../../b.txt", "a//b.txt", "./a.txt"])
def test_names_that_lead_elsewhere_are_told_and_lead_nowhere(tmp_path: Path, name: str) -> None:
    put(tmp_path, make_zip({name: LETTER, "good.txt": LETTER}))
    assert paths(tmp_path) == ["a.zip/good.txt"]
    ((source, state, reason),) = skipped(tmp_path)
    assert (source, state) == ("a.zip/" + name.replace("/", "%2F"), State.UNREADABLE)
    assert "leads out of the archive" in reason
    for path in (source, "a.zip/../evil.txt"):
        with pytest.raises(SourceError), opened(tmp_path, path):
            pass


def test_names_are_shown_escaped_and_decoded_as_they_were_written(tmp_path: Path) -> None:
    content = make_zip({"two\nlines.txt": b"1", "100%25.txt": b"2", "tür.txt": b"3", "evil\u202etxt.exe": b"4"})
    put(tmp_path, content)
    shown = ["a.zip/100%2525.txt", "a.zip/evil%E2%80%AEtxt.exe", "a.zip/two%0Alines.txt", "a.zip/tür.txt"]
    assert paths(tmp_path) == shown
    assert text_of(tmp_path, "a.zip/two%0Alines.txt") == "1"
    unsaid = make_zip({"t__r.txt": b"3"}).replace(b"t__r.txt", "tür.txt".encode())  # as on macOS: UTF-8, not told
    put(tmp_path, unsaid)
    assert paths(tmp_path) == ["a.zip/tür.txt"]


def test_a_name_longer_than_a_disk_would_take_is_read(tmp_path: Path) -> None:
    name = "x" * 5_000 + ".txt"
    put(tmp_path, make_zip({name: LETTER}))
    assert text_of(tmp_path, f"a.zip/{name}") == LETTER.decode()


def test_two_files_of_one_name_are_both_left_alone(tmp_path: Path) -> None:
    put(tmp_path, make_zip({"a.txt": LETTER, "b.txt": b"another"}).replace(b"b.txt", b"a.txt"))
    assert paths(tmp_path) == []
    ((source, state, reason),) = skipped(tmp_path)
    assert (source, state) == ("a.zip/a.txt", State.UNREADABLE)
    assert "several files of this name" in reason
    with pytest.raises(FileNotFoundError), opened(tmp_path, "a.zip/a.txt"):
        pass


def test_what_cannot_be_read_in_an_archive_is_told_file_by_file(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(put(tmp_path, b""), "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", make_zip({"a.txt": LETTER}))
        archive.writestr("rare.txt", LETTER, zipfile.ZIP_LZMA)
        archive.writestr("good.txt", LETTER)
    assert paths(tmp_path) == ["a.zip/good.txt"]
    assert [(source, state) for source, state, _ in skipped(tmp_path)] == [
        ("a.zip/inner.zip", State.UNSUPPORTED),
        ("a.zip/link.txt", State.UNREADABLE),
        ("a.zip/rare.txt", State.UNSUPPORTED),
    ]
    put(tmp_path, with_flags(make_zip({"secret.txt": LETTER}), 1))
    ((source, state, reason),) = skipped(tmp_path)
    assert (source, state, reason) == (
        "a.zip/secret.txt",
        State.ENCRYPTED,
        "it needs a password; unpack it into the folder",
    )


def test_hidden_files_and_those_that_rules_name_are_left_out(tmp_path: Path) -> None:
    names = ("a.txt", ".hidden", "__MACOSX/._a.txt", "in/~$b.docx", "drafts/b.txt", "in/c.log")
    put(tmp_path, make_zip(dict.fromkeys(names, LETTER)))
    assert paths(tmp_path) == ["a.zip/a.txt", "a.zip/drafts/b.txt", "a.zip/in/c.log"]
    ignore(tmp_path, "drafts/", "/a.zip/in/*.log")
    assert paths(tmp_path) == ["a.zip/a.txt"]
    assert scan(tmp_path).ignored == Ignored(files=2)
    ignore(tmp_path, "*.zip")
    assert (paths(tmp_path), scan(tmp_path).ignored) == ([], Ignored(files=1))


def test_a_size_that_is_a_lie_never_fills_the_disk_and_is_damage(tmp_path: Path) -> None:
    bomb = make_zip({"a.txt": b"0" * 10_000_000})
    assert len(bomb) < 20_000
    for size in (10, 20_000_000):
        put(tmp_path, declaring(bomb, size))
        with opened(tmp_path, "a.zip/a.txt") as file:
            assert file.path.stat().st_size <= max(size, 10_000_000)
            assert file.trouble
        info = read_document(tmp_path, "a.zip/a.txt", parse_file).document.info
        assert (info.state, info.size) == (State.DAMAGED, size)
        assert info.file_sha256  # so that it is not tried again before it changes


def test_an_archive_beyond_the_limits_is_too_big_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, make_zip({f"{number}.txt": b"x" * 100 for number in range(30)}))
    assert len(paths(tmp_path)) == 30
    limits = {"MOST_MEMBERS": 29, "MOST_UNPACKED_BYTES": 2_999, "_MOST_DIRECTORY_BYTES": 1_000}
    for name, limit in limits.items():
        with monkeypatch.context() as lowered:
            lowered.setattr(zipped, name, limit)
            assert paths(tmp_path) == []
            ((source, state, _),) = skipped(tmp_path)
            assert (source, state) == ("a.zip", State.TOO_BIG)
    put(tmp_path, declaring(make_zip({"a.txt": LETTER}), 200_000_001))
    ((source, state, reason),) = skipped(tmp_path)
    assert (source, state, reason) == ("a.zip/a.txt", State.TOO_BIG, "it is larger than 200 MB; split it")


def test_a_damaged_an_empty_and_an_unreadable_archive_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, make_zip({"a.txt": LETTER})[:-9], "cut.zip")
    put(tmp_path, make_zip({}), "empty.zip")
    assert [(source, state) for source, state, _ in skipped(tmp_path)] == [
        ("cut.zip", State.DAMAGED),
        ("empty.zip", State.EMPTY),
    ]
    for path in tmp_path.iterdir():
        path.unlink()
    put(tmp_path, make_zip({"a.txt": LETTER}))

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(zipped, "_ShortReads", refuse)
    ((source, state, reason),) = skipped(tmp_path)
    assert (source, state) == ("a.zip", State.UNREADABLE)
    assert "Permission denied; check its permissions" in reason


def test_a_document_or_anything_else_of_that_name_is_read_as_what_it_is(tmp_path: Path) -> None:
    put(tmp_path, make_docx(paragraph("A letter.")), "letter.zip")
    put(tmp_path, make_pdf([PdfPage(lines_of("A pdf."))]), "paper.zip")
    put(tmp_path, b"just text", "text.zip")
    (tmp_path / "folder.zip").mkdir()
    put(tmp_path / "folder.zip", LETTER, "a.txt")
    assert paths(tmp_path) == ["folder.zip/a.txt", "letter.zip", "paper.zip", "text.zip"]
    assert text_of(tmp_path, "letter.zip") == "A letter."
    assert text_of(tmp_path, "paper.zip") == "A pdf."
    assert text_of(tmp_path, "folder.zip/a.txt") == LETTER.decode()
    assert read_document(tmp_path, "text.zip", parse_file).document.info.state is State.UNSUPPORTED


def test_whether_a_file_in_an_archive_is_there_can_be_asked(tmp_path: Path) -> None:
    put(tmp_path, make_zip({"in/a.txt": LETTER}))
    assert exists(tmp_path, "a.zip/in/a.txt")
    assert not exists(tmp_path, "a.zip/in/b.txt")
    put(tmp_path, b"PK, but no archive")
    assert not exists(tmp_path, "a.zip/in/a.txt")


def pointing_outside(files: dict[str, bytes]) -> list[bytes]:
    """Archives whose members are said to stand where nothing can."""
    archive = make_zip(files)
    return [misplaced(archive, 500), far_away(archive, 2**64 - 2), far_away(archive, 2**63 - 2)]


def test_an_archive_that_points_outside_of_itself_does_not_keep_the_folder_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(LETTER)
    for content in pointing_outside({"mimetype": b"application/epub+zip", "b.txt": LETTER}):
        put(tmp_path, content)
        assert "letter.txt" in paths(tmp_path)
        assert skipped(tmp_path) == [("a.zip", State.DAMAGED, zipped._DAMAGED)]


def test_a_member_that_stands_outside_of_its_archive_is_damaged(tmp_path: Path) -> None:
    copies = Copies()
    for content in pointing_outside({"a.txt": LETTER, "b.txt": LETTER}):
        put(tmp_path, content)
        info = read_document(tmp_path, "a.zip/a.txt", parse_file).document.info
        reason = "it is damaged inside its archive; get another copy of the archive"
        assert (info.state, info.reason) == (State.DAMAGED, reason)
        with pytest.raises(SourceError, match="it is damaged inside its archive"):
            copies.path_of(tmp_path, "a.zip/a.txt")
    copies.close()


def test_a_name_that_is_too_long_is_told_and_no_pattern_is_tried_on_it(tmp_path: Path) -> None:
    ignore(tmp_path, "*a*a*b")
    put(tmp_path, make_zip({"a" * 60_000: LETTER, "c.txt": LETTER}))
    assert [(state, reason) for _, state, reason in skipped(tmp_path)] == [
        (State.UNREADABLE, "its name is too long; unpack it under a shorter one")
    ]
    assert paths(tmp_path) == ["a.zip/c.txt"]


def test_the_list_of_an_archive_is_made_again_only_when_the_archive_changes(tmp_path: Path) -> None:
    put(tmp_path, make_zip({f"{number}.txt": LETTER for number in range(20)}))
    made = opening._members.cache_info().misses
    assert {text_of(tmp_path, f"a.zip/{number}.txt") for number in range(20)} == {LETTER.decode()}
    assert opening._members.cache_info().misses == made + 1
    put(tmp_path, make_zip({"new.txt": LETTER.upper()}))
    assert text_of(tmp_path, "a.zip/new.txt") == LETTER.decode().upper()
    assert opening._members.cache_info().misses == made + 2


def test_a_member_is_unpacked_without_the_list_of_all_of_them(tmp_path: Path) -> None:
    put(tmp_path, make_zip({"a.txt": LETTER, "b.txt": LETTER.upper()}))
    with open_folder(tmp_path / "a.zip") as archive:
        member = archive.getinfo("b.txt")
    with open_listed(tmp_path / "a.zip") as archive:
        assert archive.infolist() == []
        assert unpack(archive, member, tmp_path / "copy") == ""
    assert (tmp_path / "copy").read_bytes() == LETTER.upper()


def test_copies_are_kept_for_readers_and_deleted_in_the_end(tmp_path: Path) -> None:
    put(tmp_path, make_zip({f"{number}.txt": str(number).encode() for number in range(12)}))
    copies = Copies()
    first = copies.path_of(tmp_path, "a.zip/0.txt")
    assert copies.path_of(tmp_path, "a.zip/0.txt") == first
    made = [copies.path_of(tmp_path, f"a.zip/{number}.txt") for number in range(12)]
    assert [path.read_text() for path in made[4:]] == [str(number) for number in range(4, 12)]
    assert not made[0].exists()
    copies.close()
    assert not made[11].exists()
    assert copies.path_of(tmp_path, "a.zip/0.txt").read_text() == "0"
    copies.close()
