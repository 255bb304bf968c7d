"""A folder to the files in it, and the name of a file back to the file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quoth.errors import SourceError
from quoth.parsing.ignoring import IGNORE_FILE, Rules
from quoth.parsing.names import DROPPINGS, read_name, show_name
from quoth.parsing.zipped import is_archive, list_archive
from quoth.records import Ignored, Skipped, Source, State, shorten

_NEVER_A_FILE = (errno.ELOOP, errno.ENAMETOOLONG)


@dataclass(frozen=True, slots=True)
class ScanResult:
    sources: tuple[Source, ...]
    """Every regular file, and every file in a zip archive in place of the archive, sorted by path."""
    skipped: tuple[Skipped, ...]
    """Links, devices, pipes and folders that cannot be listed, sorted by path. Hidden files are in neither."""
    ignored: Ignored


def scan(folder: Path) -> ScanResult:
    """Everything below `folder` that no `.quothignore` leaves out.

    Raises SourceError when it is missing, not a folder, or cannot be listed, or when a `.quothignore` cannot be read.
    """
    if "\0" in str(folder):
        raise SourceError(f"{str(folder)!r} is not the name of a folder")
    sources: list[Source] = []
    skipped: list[Skipped] = []
    files = folders = 0
    for found in _walk(folder):
        if isinstance(found, Source):
            sources.append(found)
        elif isinstance(found, Skipped):
            skipped.append(found)
        else:
            files, folders = files + found.files, folders + found.folders
    return ScanResult(
        tuple(sorted(sources, key=lambda source: source.path)),
        tuple(sorted(skipped, key=lambda skip: skip.source)),
        Ignored(files, folders),
    )


def locate(folder: Path, source_path: str) -> Path:
    """The file that `scan` called `source_path`, there or not; of a file in an archive, `opened` has a copy.

    Raises SourceError when that leads out of `folder` or round in a loop of links, and for names that are too long.
    """
    path = folder.joinpath(*read_names(folder, source_path))
    try:
        path.stat()  # before `resolve`, which has no one word for a loop in all versions of Python
    except OSError as error:
        if error.errno in _NEVER_A_FILE:
            raise SourceError(f"{shorten(source_path, 80)!r} is no document: {_why(error)}") from error
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SourceError(f"{source_path!r} leads out of the folder {folder}; put a copy of the file into it")
    return path


def read_names(folder: Path, source_path: str) -> list[str]:
    """The parts of a path that `scan` gave. Raises SourceError when one of them leads elsewhere."""
    names = [read_name(part) for part in source_path.split("/")]
    if any(name in {"", ".", ".."} or "/" in name or "\0" in name for name in names):
        raise SourceError(f"{source_path!r} is not the path of a document inside the folder {folder}")
    return names


def _walk(folder: Path) -> Iterator[Source | Skipped | Ignored]:
    root = len(os.path.join(folder, ""))  # noqa: PTH118  names that are no text stay whole
    pending = [(os.fspath(folder), "", Rules())]
    while pending:
        directory, prefix, rules = pending.pop()
        try:
            entries = _list(directory)
        except OSError as error:
            if not prefix:  # what has not been listed yet would count as removed
                raise SourceError(f"{folder}: {_why(error)}; give the folder that holds the documents") from error
            reason = f"this folder cannot be listed: {_why(error)}; check its rights"
            yield Skipped(prefix.rstrip("/"), State.UNREADABLE, reason)
            continue
        if entries.pop(IGNORE_FILE, None):
            rules = rules.below(directory, f"{directory[root:]}/" if prefix else "")
        for name, entry in entries.items():
            is_folder = entry.is_dir(follow_symlinks=False)
            path = prefix + show_name(name)
            if rules.leave_out(entry.path[root:], is_folder=is_folder):
                yield Ignored(folders=1) if is_folder else Ignored(files=1)
            elif is_folder:
                pending.append((entry.path, path + "/", rules))
            else:
                yield from _look_into(_examine(entry, path), entry, rules, entry.path[root:])


def _list(directory: str) -> dict[str, os.DirEntry[str]]:
    """What is in it but for droppings, by name. Raises OSError."""
    with os.scandir(directory) as entries:
        return {e.name: e for e in entries if e.name == IGNORE_FILE or not DROPPINGS.match(e.name)}


def _look_into(
    found: Source | Skipped, entry: os.DirEntry[str], rules: Rules, raw: str
) -> Iterator[Source | Skipped | Ignored]:
    if isinstance(found, Source) and is_archive(entry.name):
        yield from list_archive(Path(entry.path), found, rules, raw)
    else:
        yield found


def _examine(entry: os.DirEntry[str], path: str) -> Source | Skipped:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Skipped(path, State.UNREADABLE, f"the file cannot be examined: {_why(error)}; check its rights")
    if stat.S_ISREG(found.st_mode):
        return Source(path, found.st_size, found.st_mtime_ns)
    if stat.S_ISLNK(found.st_mode):
        reason = "links are not followed; put the file itself, or a copy, into the folder"
        return Skipped(path, State.UNREADABLE, reason if _exists(entry.path) else "the link leads nowhere; remove it")
    return Skipped(path, State.UNREADABLE, "not a file but a pipe, socket or device; remove it from the folder")


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # a loop of links
        return False


def _why(error: OSError) -> str:
    return error.strerror or str(error)
