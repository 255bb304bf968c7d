"""The indexes of vectors and of words: made from SQLite, following its generation, remade whenever in doubt."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import numpy as np

from quoth.errors import IndexBusyError
from quoth.store.database import Database, read_generation
from quoth.store.lock import mending, writing
from quoth.vectors import DamagedVectorsError, FaissIndex
from quoth.words import DamagedWordsError, WordIndex

_logger = logging.getLogger(__name__)
_BATCH = 10_000


class _Index(Protocol):
    stamp: str

    def __len__(self) -> int: ...
    def save(self, path: Path, stamp: str) -> None: ...


IndexT = TypeVar("IndexT", bound=_Index)


class Maker(Protocol[IndexT]):
    """How one kind of index is loaded, begun and brought forward."""

    def load(self, path: Path) -> IndexT | None:
        """None when the file is missing or damaged."""
        ...

    def empty(self) -> IndexT: ...

    def advance(self, index: IndexT, connection: sqlite3.Connection, since: int) -> None:
        """Apply what was committed after generation `since`."""
        ...


class Follower(Generic[IndexT]):
    """One derived index that follows the database. Its files are written only by who holds the writers' lock."""

    def __init__(self, database: Database, path: Path, maker: Maker[IndexT]) -> None:
        self._database = database
        self._path = path
        self._maker = maker
        self._lock = threading.Lock()
        self._index: IndexT | None = None
        self._generation = 0
        self._saved_generation = -1

    def caught_up(self) -> IndexT:
        """The index, holding all that is committed."""
        with self._lock:
            if self._index is None:
                index = self._load()
                if self._saved_generation != self._generation:
                    # A reader leaves the files as they are while a build writes, or where nothing can be written.
                    with suppress(IndexBusyError, OSError), mending(self._path.parent.parent):
                        self._save()
                return index
            if self._generation != self._database.generation:
                try:
                    self._advance(self._index)
                except OSError:  # another process has put a newer snapshot in the place of the one that is open
                    return self._load()
            return self._index

    def save(self) -> None:
        """Write a snapshot if the one on disk lags. Raises IndexBusyError while another process writes."""
        self.caught_up()
        with self._lock, writing(self._path.parent.parent):
            self._save()

    def _load(self) -> IndexT:
        """From the file when it fits the database, else from the database alone."""
        index = self._maker.load(self._path)
        if index is not None and self._fits(index.stamp) and self._has_advanced(index):
            with self._database.reading() as connection:
                (passages,) = connection.execute("SELECT count(*) FROM passages").fetchone()
                if self._generation != read_generation(connection) or len(index) == passages:
                    return index
            _logger.warning("%s holds %d passages, not %d; it is remade", self._path, len(index), passages)
        self._generation, self._saved_generation = 0, -1
        index = self._maker.empty()
        self._advance(index)
        return index

    def _fits(self, stamp: str) -> bool:
        uid, _, generation = stamp.partition(" ")
        if uid != self._database.meta["uid"] or int(generation) > self._database.generation:
            _logger.warning("%s belongs to another state of the index; it is remade", self._path)
            return False
        self._generation = int(generation)
        return True

    def _has_advanced(self, index: IndexT) -> bool:
        """Whether a snapshot just loaded could be brought up to date; not so when it was replaced in between."""
        self._saved_generation = self._generation
        try:
            self._advance(index)
        except OSError as error:
            _logger.warning("%s was replaced while it was read (%s); it is remade", self._path, error)
            return False
        return True

    def _advance(self, index: IndexT) -> None:
        self._index = None  # should it fail half way, the next one begins anew
        with self._database.reading() as connection:
            generation = read_generation(connection)
            if generation != self._generation:
                self._maker.advance(index, connection, self._generation)
        self._generation = generation
        self._index = index

    def _save(self) -> None:
        # The folder is gone when a rebuild has replaced this index as a whole.
        if self._index is not None and self._saved_generation != self._generation and self._path.parent.is_dir():
            self._index.save(self._path, f"{self._database.meta['uid']} {self._generation}")
            self._saved_generation = self._generation


class VectorMaker:
    def __init__(self, dimension: int) -> None:
        self._dimension = dimension

    def load(self, path: Path) -> FaissIndex | None:
        try:
            index = FaissIndex.load(path)
        except DamagedVectorsError as error:
            _log_unloadable(path, error)
            return None
        return index if index.dimension == self._dimension else None

    def empty(self) -> FaissIndex:
        return FaissIndex.empty(self._dimension)

    def advance(self, index: FaissIndex, connection: sqlite3.Connection, since: int) -> None:
        index.remove(_deleted(connection, since))
        rows = connection.execute(
            """SELECT p."row", v.vector FROM passages p JOIN vectors v ON v."row" = p.vector WHERE p.generation > ?""",
            (since,),
        )
        while batch := rows.fetchmany(_BATCH):
            codes = np.frombuffer(b"".join(vector for _, vector in batch), "<f2")
            index.add([row for row, _ in batch], codes.reshape(len(batch), -1).astype(np.float32))


class WordMaker:
    def load(self, path: Path) -> WordIndex | None:
        try:
            return WordIndex.load(path)
        except DamagedWordsError as error:
            _log_unloadable(path, error)
            return None

    def empty(self) -> WordIndex:
        return WordIndex.empty()

    def advance(self, index: WordIndex, connection: sqlite3.Connection, since: int) -> None:
        index.update(_deleted(connection, since), _tokens(connection, since))


def _deleted(connection: sqlite3.Connection, since: int) -> Sequence[int]:
    return [row for (row,) in connection.execute('SELECT "row" FROM deletions WHERE generation > ?', (since,))]


def _tokens(connection: sqlite3.Connection, since: int) -> Iterator[tuple[int, str, Sequence[str]]]:
    query = 'SELECT "row", document_id, tokens FROM passages WHERE generation > ?'
    for row, document_id, tokens in connection.execute(query, (since,)):
        yield row, document_id, json.loads(tokens)


def _log_unloadable(path: Path, error: Exception) -> None:
    if path.exists():
        _logger.warning("%s; it is remade without embedding", error)
