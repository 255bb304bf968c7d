"""The current index, shared by threads that read while it may be replaced as a whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quoth.store.embedded import EmbeddedStore


class SharedStore:
    """Opens the index at the first use, and the new one after `quoth build --all` has replaced it.

    A replaced index is closed when the last thread that reads it is done.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder
        self._model = model
        self._lock = threading.Lock()
        self._current: EmbeddedStore | None = None
        self._readers: dict[EmbeddedStore, int] = {}

    @contextmanager
    def reading(self) -> Iterator[EmbeddedStore]:
        """Raises what `EmbeddedStore.open` raises."""
        store = self._enter()
        try:
            yield store
        finally:
            self._leave(store)

    def close(self) -> None:
        """Let go of the index, at once or when its last reader is done. It can be read again; it then opens anew."""
        with self._lock:
            self._retire()

    def _enter(self) -> EmbeddedStore:
        with self._lock:
            if self._current is not None and not self._current.is_current():
                self._retire()
            if self._current is None:
                self._current = EmbeddedStore.open(self._folder, model=self._model)
                self._readers[self._current] = 0
            self._readers[self._current] += 1
            return self._current

    def _leave(self, store: EmbeddedStore) -> None:
        with self._lock:
            self._readers[store] -= 1
            if store is not self._current:
                self._close_unread(store)

    def _retire(self) -> None:
        store, self._current = self._current, None
        if store is not None:
            self._close_unread(store)

    def _close_unread(self, store: EmbeddedStore) -> None:
        if self._readers[store] == 0:
            del self._readers[store]
            store.close()
