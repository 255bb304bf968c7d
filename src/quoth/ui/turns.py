"""Work that keeps others waiting, such as a file that is written while it is sent: little of it at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from quoth.errors import BusyError
from quoth.ui.client import stands_for_one


class Turns:
    """At most `most` clients at once, each of them once. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._clients: set[str] = set()

    @contextmanager
    def turn(self, client: str) -> Iterator[None]:
        """For as long as the block lasts. Raises BusyError when there is none to be had."""
        with self._lock:
            if client in self._clients or len(self._clients) >= self._most:
                raise BusyError("another file is being written just now; try again when it is done")
            self._clients.add(client)
        try:
            yield
        finally:
            with self._lock:
                self._clients.remove(client)


class Shares:
    """Pages that are drawn: at most `most` at once for each client. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._taken: Counter[str] = Counter()

    @contextmanager
    def share(self, client: str) -> Iterator[None]:
        """For as long as the block lasts. Raises BusyError when the client has as many already."""
        with self._lock:
            if stands_for_one(client) and self._taken[client] >= self._most:
                raise BusyError("too many pages are being drawn; try again in a moment")
            self._taken[client] += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken[client] -= 1
                if not self._taken[client]:
                    del self._taken[client]
