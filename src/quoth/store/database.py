"""The SQLite file: schema, connections, transactions.

Errors of SQLite leave here as ours; only IntegrityError passes, for it tells a writer that what it writes clashes.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue

from quoth.errors import IndexBusyError, IndexDamagedError, StoreError

FORMAT = 3

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# SQLITE_ERROR: our statements do not fit the schema, say a table is missing.
_DAMAGED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, source TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, file_sha256 TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    characters INTEGER NOT NULL, passages INTEGER NOT NULL, language TEXT NOT NULL, parser_version INTEGER NOT NULL,
    is_file_text INTEGER NOT NULL, runs TEXT NOT NULL, outline TEXT NOT NULL,
    author TEXT NOT NULL DEFAULT '', date TEXT NOT NULL DEFAULT '', furniture TEXT NOT NULL DEFAULT '[]'
);
-- The text of a document in parts of equal length, so that a passage is read without reading all of it.
CREATE TABLE texts (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, part INTEGER NOT NULL, text TEXT NOT NULL,
    UNIQUE (document_id, part)
);
CREATE TABLE vectors (
    "row" INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, vector BLOB NOT NULL, token_signs BLOB NOT NULL
);
-- AUTOINCREMENT: a row number is an id in the indexes of vectors and of words, and never means another passage.
CREATE TABLE passages (
    "row" INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, sentences TEXT NOT NULL, tokens TEXT NOT NULL,
    text TEXT, -- NULL: a slice of the document; set only for a passage whose document is not in this store
    vector INTEGER NOT NULL REFERENCES vectors ("row"), generation INTEGER NOT NULL
);
-- With the offsets, so that where passages lie is read without the passages.
CREATE INDEX passages_of_document ON passages (document_id, start, "end");
CREATE INDEX passages_with_vector ON passages (vector);
CREATE INDEX passages_since ON passages (generation);
CREATE TABLE deletions ("row" INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
CREATE INDEX deletions_since ON deletions (generation);
"""
_ADDED = {
    2: ("author TEXT NOT NULL DEFAULT ''", "date TEXT NOT NULL DEFAULT ''"),
    3: ("furniture TEXT NOT NULL DEFAULT '[]'",),
}
"""Columns of documents by the format that brought them."""


class Database:
    """Connections to one SQLite file, as many as there are threads at work at the same time."""

    def __init__(self, path: Path) -> None:
        """Raises IndexDamagedError when `path` is missing or no database of ours."""
        self.path = path
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._write_lock = threading.Lock()
        self._is_closed = False
        self._has_connected = False
        with self.reading() as connection:
            self.meta: Mapping[str, str] = dict(connection.execute("SELECT name, value FROM meta"))
        if not {"format", "uid", "model", "dimension", "analyzer", "generation"} <= self.meta.keys():
            raise _damaged(path, "its description is incomplete")

    @classmethod
    def create(cls, path: Path, meta: Mapping[str, str]) -> Database:
        """A new file. The database is whole or has no `meta` yet, whenever the power goes."""
        values = {"format": str(FORMAT), "uid": uuid.uuid4().hex, "generation": "0", **meta}
        with translated_errors(path):
            connection = sqlite3.connect(path, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
                connection.executescript(f"BEGIN;{_SCHEMA}")
                connection.executemany("INSERT INTO meta VALUES (?, ?)", values.items())
                connection.execute("COMMIT")
            finally:
                connection.close()
        return cls(path)

    @property
    def generation(self) -> int:
        """Sequence number of the last commit, whoever made it."""
        with self._borrowed() as connection:
            return read_generation(connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """All that is read inside belongs to one commit."""
        with self._borrowed() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all that is written inside, or nothing after an exception."""
        with self._write_lock, self._borrowed() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def upgrade(self) -> None:
        """Bring a file of an older format to the present one; nothing in it is lost."""
        columns = [column for form, added in _ADDED.items() if form > int(self.meta["format"]) > 0 for column in added]
        if columns:
            with self.writing() as connection:
                for column in columns:
                    connection.execute(f"ALTER TABLE documents ADD COLUMN {column}")
                connection.execute("UPDATE meta SET value = ? WHERE name = 'format'", (str(FORMAT),))
            self.meta = {**self.meta, "format": str(FORMAT)}

    def close(self) -> None:
        self._is_closed = True
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        with translated_errors(self.path):
            try:
                connection = self._idle.get_nowait()
            except Empty:
                connection = self._connect()
            try:
                yield connection
            finally:
                self._idle.put(connection)
                if self._is_closed:
                    self.close()

    def _connect(self) -> sqlite3.Connection:
        if self._is_closed:
            raise StoreError(f"the store of {self.path} is closed")
        try:
            connection = _connect(self.path)
        except sqlite3.OperationalError:
            if self.path.exists() or not self._has_connected:
                raise
        else:
            self._has_connected = True
            return connection
        # A rebuild has removed this index; those who have it open go on with the connections they have.
        try:
            return self._idle.get(timeout=10)
        except Empty as error:
            raise _damaged(self.path, "the file is gone") from error


def has_log(path: Path) -> bool:
    """Whether commits stand in the write-ahead log that are not in the file yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def write_generation(connection: sqlite3.Connection, generation: int) -> None:
    connection.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (str(generation),))


def read_generation(connection: sqlite3.Connection) -> int:
    (value,) = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
    return int(value)


def _connect(path: Path) -> sqlite3.Connection:
    # rw: a missing file is an error, not an empty database. Where nothing can be written, SQLite cannot lock either;
    # "immutable" then reads without locks, but not what is still in the log of a writer.
    mode = "mode=rw"
    if not os.access(path.parent, os.W_OK):
        mode = "mode=ro" if has_log(path) else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=30
    )
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        # Python's own errors, such as text that is no UTF-8, have no code; the low byte of a code is its kind.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _BUSY:
            raise IndexBusyError(f"{path} is locked by another process: {error}") from error
        if code in _DAMAGED:
            raise _damaged(path, str(error)) from error
        raise StoreError(f"{path}: {error}") from error


def _damaged(path: Path, reason: str) -> IndexDamagedError:
    return IndexDamagedError(f"{path} cannot be read: {reason}; run `quoth build --all`")
