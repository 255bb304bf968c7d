"""The folder of embeddings: CURRENT names the index that is asked; another one can be built beside it.

CURRENT              name of the index folder
index-1a2b3c4d/      passages.sqlite, vectors.faiss, words/
.lock, .writer       held by whoever writes, and its process id
"""

from __future__ import annotations

import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from quoth.durable import sync
from quoth.errors import IndexDamagedError, NoIndexError

_CURRENT = "CURRENT"
_NAME = re.compile(r"index-[0-9a-f]{8}")


def current_index(folder: Path) -> Path:
    """Raises NoIndexError when nothing was built, IndexDamagedError when CURRENT names no index."""
    try:
        name = (folder / _CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoIndexError(f"{folder} holds no index; run `quoth build`") from error
    if not _NAME.fullmatch(name) or not (folder / name).is_dir():
        raise IndexDamagedError(f"{folder / _CURRENT} names {name!r}, which is not there; run `quoth build --all`")
    return folder / name


def make_index(folder: Path) -> Path:
    """A new, empty index folder that is not current."""
    index = folder / f"index-{secrets.token_hex(4)}"
    index.mkdir(parents=True)
    return index


def make_current(index: Path) -> None:
    """Switch to `index` in one step that survives a power cut, then remove the others."""
    folder = index.parent
    sync(index)
    temporary = folder / f"{_CURRENT}.tmp"
    temporary.write_text(f"{index.name}\n", encoding="utf-8")
    sync(temporary)
    temporary.replace(folder / _CURRENT)
    sync(folder)
    remove_others(folder)


def remove_others(folder: Path) -> None:
    """Remove indexes that are not current: older ones, and those that a killed run left unfinished."""
    try:
        kept = current_index(folder).name
    except NoIndexError:
        kept = ""
    except IndexDamagedError:
        return  # which one was meant cannot be told; none is thrown away
    for path in folder.iterdir() if folder.is_dir() else ():
        if _NAME.fullmatch(path.name) and path.name != kept:
            shutil.rmtree(path, ignore_errors=True)


def bytes_below(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a build replaces files meanwhile
            total += path.stat().st_size
    return total
