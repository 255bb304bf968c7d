"""Zip archives that are folders: what is in them, within limits, and one file of them at a time.

Nothing is unpacked but single files, into a file that the caller names; names in an archive are only names.
"""

from __future__ import annotations

import errno
import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from quoth.parsing.ignoring import Rules
from quoth.parsing.limits import MAX_FILE_BYTES
from quoth.parsing.names import DROPPINGS, show_name
from quoth.parsing.outcome import UnreadError
from quoth.parsing.sniff import document_kind
from quoth.records import Ignored, Skipped, Source, State

MOST_MEMBERS: Final = 5_000
MOST_NAME_BYTES: Final = 1_024
"""Of a path in an archive; those of a folder have limits of their own."""
MOST_UNPACKED_BYTES: Final = 2_000_000_000
"""All files of an archive together, as it declares them; none is ever unpacked beyond what it declares."""
_MOST_DIRECTORY_BYTES: Final = 5_000_000
"""The list of names at the end of an archive."""
_CHUNK_BYTES: Final = 1 << 20
_UTF_8: Final = 0x800
_ENCRYPTED: Final = 0x1
_PACKAGE_MARKS: Final = frozenset({
    "[Content_Types].xml", "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml",
    "mimetype", "META-INF/container.xml",
})  # fmt: skip
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others take as much memory as the archive wishes."""
_MEGABYTES: Final = MAX_FILE_BYTES // 1_000_000
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, ValueError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
_OUTSIDE: Final = (errno.EINVAL, errno.EOVERFLOW)
"""What the system says of places before the beginning or beyond what can be a place."""
_DAMAGED: Final = "the archive is damaged; get another copy, or unpack what can be unpacked into the folder"


def is_archive(name: str) -> bool:
    """By its name."""
    return name.lower().endswith(".zip")


def list_archive(path: Path, source: Source, rules: Rules, raw: str) -> Iterator[Source | Skipped | Ignored]:
    """The files in an archive, with the time of the archive; the archive itself where it is no folder but a document.

    `source` is the archive, `raw` its path in the terms of `rules`.
    """
    try:
        with open_folder(path) as archive:
            if _is_document(archive):
                yield source
                return
            members = read_members(archive, source.path)
    except _BROKEN:
        yield Skipped(source.path, State.DAMAGED, _DAMAGED)
        return
    except UnreadError as error:
        yield source if error.state is State.UNSUPPORTED else Skipped(source.path, error.state, error.reason)
        return
    twice = Counter(shown for shown, _ in members)
    for shown, member in dict(members).items():
        name = name_of(member)
        if not _is_long(name) and _is_left_out(name, rules, raw):
            yield Ignored(files=1)
        elif trouble := _trouble(member, name, is_twice=twice[shown] > 1):
            yield Skipped(shown, *trouble)
        else:
            yield Source(shown, member.file_size, source.mtime_ns)
    if not members:
        yield Skipped(source.path, State.EMPTY, "the archive holds no files; if it should, get another copy")


@contextmanager
def open_folder(path: Path) -> Iterator[zipfile.ZipFile]:
    """Raises UnreadError: UNSUPPORTED for what is no archive whatever its name says, else what is wrong with it."""
    with _open_file(path) as file, _open_archive(file) as archive:
        yield archive


@contextmanager
def open_listed(path: Path) -> Iterator[zipfile.ZipFile]:
    """As `open_folder`, for members that were read from it before: the list of all is not read again."""
    with _open_file(path) as file, _Listed(file) as archive:
        yield archive


def read_members(archive: zipfile.ZipFile, path: str) -> list[tuple[str, zipfile.ZipInfo]]:
    """(path as shown, member) of every file that is not hidden. Raises UnreadError when there are too many."""
    members = [
        (f"{path}/{_shown(name)}", member)
        for member in archive.infolist()
        if not member.is_dir() and not any(map(DROPPINGS.match, _visible(name := name_of(member))))
    ]
    if len(members) > MOST_MEMBERS:
        reason = f"the archive holds more than {MOST_MEMBERS:,} files; unpack it into the folder"
        raise UnreadError(State.TOO_BIG, reason)
    if sum(member.file_size for _, member in members) > MOST_UNPACKED_BYTES:
        gigabytes = MOST_UNPACKED_BYTES // 1_000_000_000
        raise UnreadError(
            State.TOO_BIG, f"unpacked, the archive is larger than {gigabytes} GB; unpack it into the folder"
        )
    return members


def unpacked_sizes(path: Path) -> list[int]:
    """Bytes of each file in an archive; none for what is no archive whatever its name says, or cannot be opened."""
    try:
        with open_folder(path) as archive:
            return [] if _is_document(archive) else [member.file_size for _, member in read_members(archive, "")]
    except (*_BROKEN, UnreadError):
        return []


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> str:
    """Write the member into a new file, as far as it can be read; why it could not be read whole, else ""."""
    with target.open("xb") as file:
        try:
            for chunk in _chunks(archive, member):
                file.write(chunk)
        except _BROKEN:
            return "it is damaged inside its archive; get another copy of the archive"
        return "" if file.tell() == member.file_size else "it is cut short inside its archive; get another copy"


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Its bytes. Raises one of `_BROKEN`, OSError where the disk fails."""
    try:
        with archive.open(member) as content:
            while chunk := content.read(_CHUNK_BYTES):
                yield chunk
    except OSError as error:
        if error.errno in _OUTSIDE:
            raise zipfile.BadZipFile(str(error)) from error
        raise


def name_of(member: zipfile.ZipInfo) -> str:
    """Programs of macOS and Linux write UTF-8 without saying so."""
    if member.flag_bits & _UTF_8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


class _ShortReads(io.FileIO):
    """A file that is not read in large pieces: an archive's list of names is read at once, however long it is."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _MOST_DIRECTORY_BYTES:
            reason = f"the archive holds more than {MOST_MEMBERS:,} files, or is damaged; unpack it into the folder"
            raise UnreadError(State.TOO_BIG, reason)
        return super().read(size) or b""


class _Listed(zipfile.ZipFile):
    """Of 5,000 files in an archive, each would be read after the list of all of them: 60 ms for 1."""

    def _RealGetContents(self) -> None:  # noqa: N802  # zipfile's name; a Python that has another one reads the list
        pass


def _open_file(path: Path) -> _ShortReads:
    try:
        return _ShortReads(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadError(State.UNREADABLE, f"the archive cannot be opened: {why}; check its permissions") from error


def _open_archive(file: _ShortReads) -> zipfile.ZipFile:
    is_marked = file.read(2) == b"PK"
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        raise _unreadable(error) from error
    except _BROKEN as error:
        if is_marked:
            raise UnreadError(State.DAMAGED, _DAMAGED) from error
        raise UnreadError(State.UNSUPPORTED, "it is not a zip archive; give it its right name") from error


def _unreadable(error: OSError) -> UnreadError:
    if error.errno in _OUTSIDE:
        return UnreadError(State.DAMAGED, _DAMAGED)
    why = error.strerror or str(error)
    return UnreadError(State.UNREADABLE, f"the archive cannot be opened: {why}; check its disk")


def _is_document(archive: zipfile.ZipFile) -> bool:
    """Such as a docx that was given another ending."""
    marks = [member for member in archive.infolist() if member.filename in _PACKAGE_MARKS]
    try:
        return bool(marks) and all(mark.compress_type in _METHODS for mark in marks) and bool(document_kind(archive))
    except OSError as error:
        raise _unreadable(error) from error


def _visible(name: str) -> list[str]:
    """Parts of the name that could be those of hidden files; ".." leads elsewhere and is told."""
    return [part for part in name.split("/") if part not in {".", ".."}]


def _shown(name: str) -> str:
    """As in `Source.path`. A name that leads elsewhere is shown as one part, so that it leads nowhere."""
    if _is_plain(name):
        return "/".join(map(show_name, name.split("/")))
    shown = show_name(name).replace("/", "%2F")
    return shown.replace(".", "%2E") if shown in {".", ".."} else shown


def _is_plain(name: str) -> bool:
    return not any(part in {"", ".", ".."} for part in name.split("/"))


def _is_long(name: str) -> bool:
    """Then no pattern is tried on it."""
    return len(name.encode("utf-8", "replace")) > MOST_NAME_BYTES


def _is_left_out(name: str, rules: Rules, raw: str) -> bool:
    ends = [position for position, char in enumerate(name) if char == "/"]
    return any(rules.leave_out(f"{raw}/{name[:end]}", is_folder=True) for end in ends) or rules.leave_out(
        f"{raw}/{name}", is_folder=False
    )


def _trouble(member: zipfile.ZipInfo, name: str, *, is_twice: bool) -> tuple[State, str] | None:
    """Why a member is not read, if so."""
    mode = member.external_attr >> 16
    troubles = (
        (not _is_plain(name), State.UNREADABLE, "its name leads out of the archive; unpack it yourself"),
        (_is_long(name), State.UNREADABLE, "its name is too long; unpack it under a shorter one"),
        (is_twice, State.UNREADABLE, "the archive holds several files of this name; unpack the right one"),
        (stat.S_ISLNK(mode), State.UNREADABLE, "links are not followed; put the file itself into the folder"),
        (member.flag_bits & _ENCRYPTED, State.ENCRYPTED, "it needs a password; unpack it into the folder"),
        (is_archive(name), State.UNSUPPORTED, "archives in archives are not read; unpack it into the folder"),
        (member.file_size > MAX_FILE_BYTES, State.TOO_BIG, f"it is larger than {_MEGABYTES} MB; split it"),
        (member.compress_type not in _METHODS, State.UNSUPPORTED, "it is packed in a rare way; unpack it"),
    )  # fmt: skip
    return next(((state, reason) for is_so, state, reason in troubles if is_so), None)
