"""One writer at a time, over all processes and threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from quoth.errors import IndexBusyError

MENDING_S = 2.0
"""A writer waits at least this long, for a reader that saves what it had to remake: seconds at a million passages."""


def writing(folder: Path, *, wait_s: float = 0) -> AbstractContextManager[None]:
    """Hold the right to write to the index in `folder`. The same thread may enter again.

    Raises IndexBusyError when another process or thread still holds it after `wait_s` seconds, or after 2 seconds when
    that is longer. A killed process holds nothing: the lock is the kernel's.
    """
    return _holding(folder, max(wait_s, MENDING_S))


def mending(folder: Path) -> AbstractContextManager[None]:
    """The same for a moment, for a reader. Raises IndexBusyError at once when somebody writes."""
    return _holding(folder, 0)


@contextmanager
def _holding(folder: Path, wait_s: float) -> Iterator[None]:
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", is_singleton=True)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise IndexBusyError(_busy_message(folder)) from error
    try:
        if lock.lock_counter == 1:
            (folder / ".writer").write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        lock.release()


def _busy_message(folder: Path) -> str:
    process = ""
    with suppress(OSError, ValueError):
        process = f" (process {int((folder / '.writer').read_text(encoding='ascii'))})"
    return f"another build{process} is writing to {folder}; wait until it is done"
