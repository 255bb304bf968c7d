"""Files into the folder and out of it, and what is refused. All blocking; no names of the web here."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from quoth.errors import SourceError
from quoth.parsing import DROPPINGS, archive_of, is_archive, is_ignored, locate, readable_endings, scan, unpacked_sizes
from quoth.ui.labels import say
from quoth.ui.needs import KeepingLibrary

MOST_AT_ONCE = 4
LEFT_FREE = 100_000_000
"""Bytes that stay free on the disk."""
PREFIX = ".quoth-upload-"
"""Of files that are still arriving: hidden ones, which no build reads."""
_LEFT_BEHIND_S = 24 * 3600  # another server may be writing to a younger one
_LONGEST_NAME = 200  # in bytes; file systems take 255
_UNSAYABLE = re.compile("[\0-\x1f\x7f-\x9f/\\\\:\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]")


class RefusedError(Exception):
    """`status` is that of HTTP; the message says why, in the reader's language."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Limits:
    file: int
    """Bytes."""
    total: int
    """Bytes of all files in the folder."""
    files: int = 10_000
    """In the folder."""


class Arrival:
    """A file on its way, under a name that no build reads."""

    def __init__(
        self, target: Path, size: int, check: Callable[[Path], None], lock: threading.Lock, *, replace: bool
    ) -> None:
        """`check` raises RefusedError for a file that must not be kept. It holds until the file has its name: under
        `lock`, for of two that pass it together both would be kept.
        """
        self._target, self._size, self._check, self._lock, self._replace = target, size, check, lock, replace
        self._written = 0
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=target.parent)
        self._file, self.path = os.fdopen(handle, "wb"), Path(name)

    def write(self, part: bytes) -> None:
        self._written += len(part)
        if self._written > self._size:
            raise RefusedError(413, say("More was sent than announced; nothing was kept."))
        self._file.write(part)

    def keep(self) -> None:
        """Give it its name. Raises RefusedError when it is incomplete, or when the name was taken meanwhile."""
        if self._written != self._size:
            raise RefusedError(400, say("The file did not arrive whole; nothing was kept."))
        self._file.flush()
        os.fsync(self._file.fileno())
        with self._lock:
            self._check(self.path)
            self._name()

    def end(self) -> None:
        """Nothing is left of what was not kept."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _name(self) -> None:
        mask = os.umask(0)
        os.umask(mask)
        self.path.chmod(0o666 & ~mask)
        if not self._replace:
            try:
                self._target.open("xb").close()
            except FileExistsError:
                raise _exists(self._target.name) from None
        self.path.replace(self._target)


class Folder:
    """The folder of a library, as far as the page may change it. Safe to share between threads."""

    def __init__(self, library: KeepingLibrary, limits: Limits) -> None:
        self.limits = limits
        self._library = library
        self._lock = threading.Lock()
        self._coming: list[int] = []

    @property
    def used(self) -> int:
        """Bytes of all its files, hidden and ignored ones left out; 0 where they cannot be listed."""
        with suppress(SourceError):
            return sum(source.size for source in scan(self._library.folder).sources)
        return 0

    def sweep(self, now_s: float) -> None:
        """Delete what a server left behind that was ended in the middle of an upload. At `now_s` since 1970."""
        with suppress(OSError):
            for path in self._library.folder.glob(f"{PREFIX}*"):
                found = path.lstat()
                if stat.S_ISREG(found.st_mode) and now_s - found.st_mtime > _LEFT_BEHIND_S:
                    path.unlink()

    @contextmanager
    def arriving(self, name: str, size: int, *, replace: bool) -> Iterator[Arrival]:
        """Room for a file of `size` bytes.

        Raises RefusedError, SourceError when the folder cannot be listed, OSError when it cannot be written to.
        """
        check_name(name)
        folder = self._library.folder
        if not folder.is_dir():
            raise RefusedError(409, say("The folder of the documents is not there."))
        if is_ignored(folder, name):
            raise RefusedError(409, say("The file .quothignore in the folder leaves out files of this name."))
        target = folder / name
        _check_target(target, replace=replace)
        self._reserve(target, size)
        try:
            check = self._check_unpacked if is_archive(name) else _keep_any
            arrival = Arrival(target, size, check, self._lock, replace=replace)
            try:
                yield arrival
            finally:
                arrival.end()
        finally:
            with self._lock:
                self._coming.remove(size)

    def remove(self, source: str) -> None:
        """Delete a file that the index lists; one that is gone already is no error.

        Raises RefusedError for any other, and for what is no file inside.
        """
        if all(info.source != source for info in self._library.documents()):
            raise RefusedError(404, say("The list of documents holds no such file."))
        folder = self._library.folder
        try:
            if archive_of(folder, source):
                raise RefusedError(400, say("The file lies in a zip archive, which this page does not change."))
            path = locate(folder, source)
            is_there = stat.S_ISREG(path.lstat().st_mode)
        except SourceError as error:
            raise RefusedError(400, str(error)) from error
        except (FileNotFoundError, NotADirectoryError):
            return  # as was wanted
        if not is_there or path.resolve() != folder.resolve() / path.relative_to(folder):
            raise RefusedError(400, say("Only files inside the folder can be removed."))
        path.unlink(missing_ok=True)

    def _reserve(self, target: Path, size: int) -> None:
        if size > self.limits.file:
            raise RefusedError(413, say("The file is larger than {size}.", size=say_size(self.limits.file)))
        with self._lock:
            if len(self._coming) >= MOST_AT_ONCE:
                raise RefusedError(429, say("Several files are arriving already; try again in a moment."))
            coming = sum(self._coming) + size
            self._check_room(len(self._coming) + (not target.exists()), coming)
            if shutil.disk_usage(target.parent).free - coming < LEFT_FREE:
                raise RefusedError(507, say("The disk of the server is full."))
            self._coming.append(size)

    def _check_unpacked(self, arrived: Path) -> None:
        """An archive is a folder: what it holds counts as if it had been sent file by file."""
        sizes = unpacked_sizes(arrived)
        others = sum(self._coming) - arrived.stat().st_size
        self._check_room(len(sizes) + len(self._coming) - 1, sum(sizes) + others)

    def _check_room(self, files: int, size: int) -> None:
        """For as many more files and bytes."""
        sizes = [source.size for source in scan(self._library.folder).sources]
        if len(sizes) + files > self.limits.files:
            raise RefusedError(413, say("The folder would hold more than {n} files.", n=self.limits.files))
        if sum(sizes) + size > self.limits.total:
            raise RefusedError(413, say("The folder would hold more than {size}.", size=say_size(self.limits.total)))


def accepted_endings() -> tuple[str, ...]:
    """Of files that may be added, as `readable_endings`; a zip archive is read as a folder."""
    return tuple(sorted({*readable_endings(), "zip"}))


def check_name(name: str) -> None:
    """Raises RefusedError for a name that is a path, is hidden, cannot be shown, or has an ending nobody reads."""
    if not name or _UNSAYABLE.search(name) or name != name.strip() or len(os.fsencode(name)) > _LONGEST_NAME:
        raise RefusedError(400, say("A file can't have this name."))
    if DROPPINGS.match(name):
        raise RefusedError(400, say("Hidden files are not read."))
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    endings = accepted_endings()
    if ending not in endings:
        raise RefusedError(415, say("Such a file cannot be read; these can: {endings}.", endings=", ".join(endings)))


def say_size(size: int) -> str:
    """In kilobytes, from a thousand on in megabytes, from a thousand of these on in gigabytes."""
    if size >= 1_000_000_000:
        return f"{size / 1e9:.3g} GB"
    return f"{size / 1e6:.3g} MB" if size >= 1_000_000 else f"{size / 1e3:.3g} kB"


def _keep_any(_arrived: Path) -> None:
    """What is no archive was checked before it arrived."""


def _check_target(target: Path, *, replace: bool) -> None:
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if not replace:
        raise _exists(target.name)
    if not stat.S_ISREG(mode):
        raise RefusedError(400, say("Something that is not a file has this name, so it cannot be replaced."))


def _exists(name: str) -> RefusedError:
    return RefusedError(409, say("There is a file called {name} already.", name=name))
