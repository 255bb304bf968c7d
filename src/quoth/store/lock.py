"""One writer at a time, over all processes and threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from quoth.errors import IndexBusyError


@contextmanager
def writing(folder: Path, *, wait_s: float = 0) -> Iterator[None]:
    """Hold the right to write to the index in `folder`. The same thread may enter again.

    Raises IndexBusyError when another process or thread still holds it after `wait_s` seconds. A killed process holds
    nothing: the lock is the kernel's.
    """
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
