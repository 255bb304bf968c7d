"""What the files `.quothignore` of a folder leave out, by the rules of gitignore."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import gitmatch

from quoth.errors import SourceError

IGNORE_FILE = ".quothignore"
_MOST_BYTES = 1_000_000
_MOST_STARS: Final = 3
"""Of one part of a pattern; of its `**`; those beyond the first of each part are fewer. Time grows with their power."""
_SHOWN: Final = 80
_NO_STAR: Final = re.compile(r"\\.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rules:
    """Those that hold in one folder: of its own `.quothignore` and of those above it."""

    files: tuple[tuple[str, tuple[gitmatch.Pattern[str], ...]], ...] = ()
    """(path of the folder with a "/" behind it, patterns), outermost first."""

    def below(self, directory: str, path: str) -> Rules:
        """Those in `directory`, which lies below these at `path` ("" or "a/b/"). Raises SourceError."""
        patterns = _read(directory)
        return Rules((*self.files, (path, patterns))) if patterns else self

    def leave_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether a file or folder in this folder is left out: the last pattern that matches decides."""
        for base, patterns in reversed(self.files):
            name = path.removeprefix(base)
            for pattern in reversed(patterns):
                if pattern.match(name, is_dir=is_folder):
                    return not pattern.negative
        return False


def is_ignored(folder: Path, name: str) -> bool:
    """Whether a file of that name, directly in the folder, would be left out. Raises SourceError."""
    return Rules().below(os.fspath(folder), "").leave_out(name, is_folder=False)


def _read(directory: str) -> tuple[gitmatch.Pattern[str], ...]:
    """The patterns, in order; lines that are none are passed over, as git does."""
    path = os.path.join(directory, IGNORE_FILE)  # noqa: PTH118  as `scandir` gives them
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
            raise SourceError(f"{path} is no file, or too large for a list of patterns; nothing was read or removed")
        with open(path, "rb") as file:  # noqa: PTH123
            lines = os.fsdecode(file.read().removeprefix(b"\xef\xbb\xbf")).split("\n")
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:  # what it leaves out may be what nobody should read
        why = error.strerror or error
        raise SourceError(
            f"{path} cannot be read: {why}; nothing was read or removed. Check its permissions."
        ) from error
    patterns = tuple(gitmatch.compile(lines).patterns)
    for pattern in patterns:
        if _is_slow(pattern.pattern):
            raise SourceError(
                f"{path}: the pattern {pattern.pattern[:_SHOWN]!r} holds too many *; nothing was read or removed. "
                f"Keep to {_MOST_STARS} between two slashes, and write it as several lines."
            )
    return patterns


def _is_slow(pattern: str) -> bool:
    parts = _NO_STAR.sub("", pattern.removeprefix("!")).split("/")
    counts = [part.count("*") for part in parts if part != "**"]
    further = sum(count - 1 for count in counts if count)
    return max(counts, default=0) > _MOST_STARS or further >= _MOST_STARS or parts.count("**") > _MOST_STARS
