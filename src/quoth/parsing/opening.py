"""The bytes of what `scan` found: a file of the folder itself, or a copy of one out of a zip archive."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import ZipInfo

from quoth.errors import SourceError
from quoth.parsing.outcome import UnreadError
from quoth.parsing.scan import locate, read_names
from quoth.parsing.zipped import is_archive, open_folder, open_listed, read_members, unpack
from quoth.records import Source, State

_MOST_COPIES = 8
_PREFIX = "quoth-"


@dataclass(frozen=True, slots=True)
class Opened:
    path: Path
    """To read from, until the context ends."""
    source: Source
    trouble: str = ""
    """Why `path` does not hold the whole file, if so."""


@contextmanager
def opened(folder: Path, source_path: str) -> Iterator[Opened]:
    """Raises FileNotFoundError when it is not there, UnreadError when it is no file, OSError and SourceError."""
    archive = archive_of(folder, source_path)
    if archive is None:
        path = locate(folder, source_path)
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would be read for ever
            raise UnreadError(State.UNREADABLE, "it is not a regular file; remove it")
        yield Opened(path, Source(source_path, found.st_size, found.st_mtime_ns))
        return
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as temporary:
        yield _copy(folder, archive, source_path, Path(temporary, "copy"))


def archive_of(folder: Path, source_path: str) -> str | None:
    """The path of the zip archive that the file is in; None for a file of the folder. Raises SourceError."""
    read_names(folder, source_path)
    parts = source_path.split("/")
    for end in range(1, len(parts)):
        prefix = "/".join(parts[:end])
        if is_archive(prefix):
            with suppress(OSError):
                if stat.S_ISREG(locate(folder, prefix).lstat().st_mode):
                    return prefix
    return None


def exists(folder: Path, source_path: str) -> bool:
    """Whether it is there now. Raises SourceError for a path that leads out of the folder."""
    archive = archive_of(folder, source_path)
    if archive is None:
        return locate(folder, source_path).exists()
    try:
        with open_folder(locate(folder, archive)) as opened_archive:
            return any(shown == source_path for shown, _ in read_members(opened_archive, archive))
    except UnreadError:
        return False


class Copies:
    """Copies of files out of archives, kept for whoever reads them later: the last few. Safe to share."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._kept: OrderedDict[tuple[str, int, int], Path] = OrderedDict()
        self._made = 0

    def path_of(self, folder: Path, source_path: str) -> Path:
        """As `opened`, also what is raised; raises SourceError where it cannot be unpacked whole."""
        archive = archive_of(folder, source_path)
        if archive is None:
            return locate(folder, source_path)
        found = locate(folder, archive).stat()
        key = (f"{folder}/{source_path}", found.st_size, found.st_mtime_ns)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._copy(folder, archive, source_path)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_COPIES:
                self._kept.popitem(last=False)[1].unlink()
            return self._kept[key]

    def close(self) -> None:
        with self._lock:
            self._kept.clear()
            if self._folder is not None:
                self._folder.cleanup()
            self._folder = None

    def _copy(self, folder: Path, archive: str, source_path: str) -> Path:
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix=_PREFIX)
        self._made += 1
        copy = _copy(folder, archive, source_path, Path(self._folder.name, str(self._made)))
        if copy.trouble:
            raise SourceError(f"{source_path}: {copy.trouble}")
        return copy.path


def _copy(folder: Path, archive_path: str, source_path: str, target: Path) -> Opened:
    path = locate(folder, archive_path)
    found = path.stat()
    member = _members(path, archive_path, found.st_size, found.st_mtime_ns).get(source_path)
    if member is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), source_path)
    with open_listed(path) as archive:
        trouble = unpack(archive, member, target)
    return Opened(target, Source(source_path, member.file_size, found.st_mtime_ns), trouble)


@lru_cache(maxsize=1)
def _members(path: Path, archive_path: str, _size: int, _mtime_ns: int) -> Mapping[str, ZipInfo]:
    """By their paths, of the archive that was asked for last: all its files are read one after the other."""
    with open_folder(path) as archive:
        members = read_members(archive, archive_path)
    twice = Counter(shown for shown, _ in members)
    return {shown: member for shown, member in members if twice[shown] == 1}  # two of one name are read by nobody
