"""Results that were found lately: a page asks for the same again and again, part by part."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

Found = TypeVar("Found")


class Lately:
    """Safe to share between threads. Holds results of one state of the index; another one empties it."""

    def __init__(self, most: int = 32) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._state: object = None
        self._results: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, key: Hashable, state: object, find: Callable[[], Found]) -> Found:
        """What `find` gave for this key in this state, which is told by identity; else what it gives now.

        A key belongs to one type of results.
        """
        with self._lock:
            if state is self._state and key in self._results:
                self._results.move_to_end(key)
                return self._results[key]  # type: ignore[return-value]  # as stored under this key
        found = find()
        with self._lock:
            if state is not self._state:
                self._results.clear()
                self._state = state
            self._results[key] = found
            while len(self._results) > self._most:
                self._results.popitem(last=False)
        return found
