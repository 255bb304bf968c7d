"""`IndexStore` in one folder: SQLite holds documents, passages and vectors; FAISS and tantivy find them."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from quoth.analyze import ANALYZER_VERSION
from quoth.errors import IndexBusyError, IndexMismatchError, StoreError
from quoth.protocols import Changes, Copies, Embedding, Entry, Filter, Match, Neighbours, Place, StoreInfo
from quoth.records import Document, DocumentInfo
from quoth.store import layout, rows
from quoth.store.compatible import check_meta
from quoth.store.copies import read_copies, read_places
from quoth.store.database import Database, read_generation
from quoth.store.lock import writing
from quoth.store.phrases import PhraseFinder
from quoth.store.recent import RecentDocuments
from quoth.store.writes import Transaction

if TYPE_CHECKING:
    from quoth.protocols import Vector
    from quoth.store.derived import Follower
    from quoth.vectors import FaissIndex
    from quoth.words import WordIndex

_MOST_RESULTS = 1000


class EmbeddedStore:
    """Safe to share between threads; any number of processes may read while one writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._followers: tuple[Follower[FaissIndex], Follower[WordIndex]] | None = None
        self._has_written = False
        self._phrases = PhraseFinder(database, self._word_index)
        self._recent = RecentDocuments()
        self._listed: tuple[int, tuple[DocumentInfo, ...]] = -1, ()  # generation, documents: read by every question

    @classmethod
    def open(cls, folder: Path | str, *, model: str, words_may_be_outdated: bool = False) -> EmbeddedStore:
        """The current index of `folder`.

        Raises NoIndexError, IndexMismatchError (made by another model, analysis or format) or IndexDamagedError. Who
        opens one whose words are outdated reads its files again, then calls `mark_words`.
        """
        database = Database(layout.current_index(Path(folder).resolve()) / "passages.sqlite")
        try:
            check_meta(database, model, words_may_be_outdated=words_may_be_outdated)
        except IndexMismatchError:
            database.close()
            raise
        return cls(database)

    @classmethod
    def create(cls, folder: Path | str, *, model: str, dimension: int) -> EmbeddedStore:
        """A new, empty index beside the current one; nobody else sees it before `publish`.

        What killed runs left unpublished is removed. Hold `writing(folder)` from here to `publish`.
        """
        folder = Path(folder).resolve()
        with writing(folder):
            layout.remove_others(folder)
            path = layout.make_index(folder) / "passages.sqlite"
            meta = {"model": model, "dimension": str(dimension), "analyzer": ANALYZER_VERSION}
            return cls(Database.create(path, meta))

    def publish(self) -> None:
        """Make this index the current one and remove the others. Those who have one of them open may go on reading."""
        self.refresh()
        with writing(self.path.parent):
            layout.make_current(self.path)

    @property
    def path(self) -> Path:
        """The folder of this index."""
        return self._database.path.parent

    def is_current(self) -> bool:
        """Whether `open` would still open this index."""
        try:
            return layout.current_index(self.path.parent) == self.path
        except StoreError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Save what was written and not refreshed, and let go of the files."""
        if self._has_written:
            self.refresh()
        self._followers = None
        self._database.close()

    def documents(self) -> tuple[DocumentInfo, ...]:
        known_at, known = self._listed
        with self._database.reading() as connection:
            generation = read_generation(connection)
            if generation == known_at:
                return known
            query = f"SELECT {rows.INFO_COLUMNS} FROM documents ORDER BY source"  # noqa: S608  # our own columns
            listed = tuple(map(rows.read_info, connection.execute(query)))
        self._listed = generation, listed
        return listed

    def document(self, document_id: str) -> Document:
        with self._database.reading() as connection:
            generation = read_generation(connection)
            document = self._recent.get(document_id, generation)
            if document is None:
                document = rows.read_document(connection, document_id)
                self._recent.put(document, generation)
            return document

    def embeddings(self, keys: Sequence[str]) -> dict[str, Embedding]:
        with self._database.reading() as connection:
            return rows.read_embeddings(connection, keys)

    def remember(self, name: str, value: str) -> None:
        if self.recall(name) != value:
            with writing(self.path.parent), self._database.writing() as connection:
                connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def mark_words(self) -> None:
        """Note that all tokens are of this version of the analysis."""
        if self._database.meta["analyzer"] == ANALYZER_VERSION:
            return
        with writing(self.path.parent), self._database.writing() as connection:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'analyzer'", (ANALYZER_VERSION,))

    def recall(self, name: str) -> str:
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def commit(self, changes: Changes) -> None:
        """One transaction. Raises ValueError or KeyError, before anything is written, for changes that cannot be.

        Raises IndexBusyError when another process or thread holds `writing`.
        """
        for document, entries in changes.added:
            rows.check_text(document.text)
            rows.check_entries(entries, self._dimension)
            rows.check_slices(document, entries)
        replaced = [*changes.removed, *(document.info.id for document, _ in changes.added)]

        def write(transaction: Transaction) -> None:
            transaction.delete_documents(replaced)
            for info in changes.touched:
                transaction.update_info(info)
            for document, entries in changes.added:
                transaction.add_document(document, entries)

        self._write(write)

    def upsert(self, entries: Sequence[Entry]) -> None:
        """Raises ValueError, before anything is written, for entries that cannot be."""
        rows.check_entries(entries, self._dimension)
        self._write(lambda transaction: transaction.upsert(entries))

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        self._write(lambda transaction: transaction.delete_documents(document_ids))

    def refresh(self) -> None:
        """Bring both indexes up to the last commit and write them to disk, if there was one through this store."""
        if not self._has_written:
            return
        for follower in self._derived():
            try:
                follower.save()
            except IndexBusyError:
                follower.caught_up()  # whoever writes now saves it
        self._has_written = False

    def search(
        self,
        *,
        vector: Vector | None = None,
        tokens: Sequence[str] | None = None,
        k: int = 50,
        where: Filter | None = None,
    ) -> list[Match]:
        """Raises ValueError unless exactly one of `vector` and `tokens` is given and k is 1 to 1000."""
        if (vector is None) == (tokens is None):
            raise ValueError("give a vector or tokens, one of them")
        if not 1 <= k <= _MOST_RESULTS:
            raise ValueError(f"k is {k}, must be 1 to {_MOST_RESULTS}")
        nearest, words = self._derived()
        where = where or Filter()
        allowed, barred = self._phrases.rows_within(where)
        if tokens is not None:
            word_index = words.caught_up()
            document_ids = None if where.document_ids is None else sorted(where.document_ids)
            return self._named(lambda n: word_index.search(tokens, n, document_ids, allowed, barred), k)
        assert vector is not None
        vector_index = nearest.caught_up()
        allowed = self._rows_within(where.document_ids, allowed)
        return self._named(lambda n: vector_index.search(vector, n, allowed, barred), k)

    def get(self, passage_ids: Sequence[str]) -> dict[str, Entry]:
        query = f"{rows.ENTRY_QUERY} WHERE p.id IN (SELECT value FROM json_each(?))"  # noqa: S608  # a constant of ours
        with self._database.reading() as connection:
            found = connection.execute(query, (json.dumps(list(passage_ids)),)).fetchall()
            entries = {entry.passage.id: entry for entry in rows.read_entries(connection, found)}
        return {passage_id: entries[passage_id] for passage_id in passage_ids if passage_id in entries}

    def neighbours(self, passage_ids: Sequence[str]) -> dict[str, Neighbours]:
        with self._database.reading() as connection:
            return rows.read_neighbours(connection, passage_ids)

    def copies(self, vector_keys: Sequence[str], *, limit: int, where: Filter | None = None) -> dict[str, Copies]:
        where = where or Filter()
        allowed, barred = self._phrases.rows_within(where)
        with self._database.reading() as connection:
            found = read_places(connection, vector_keys, where.document_ids, allowed, barred)
            return {key: read_copies(connection, places, limit) for key, places in found.items()}

    def scan(self, *, after: str = "", limit: int = 1000, where: Filter | None = None) -> list[Entry]:
        allowed, barred = self._phrases.rows_within(where or Filter())
        allowed = self._rows_within(where.document_ids if where else None, allowed)
        within = None if allowed is None else json.dumps(allowed)
        query = f"""{rows.ENTRY_QUERY} WHERE p.id > ? AND (? IS NULL OR p."row" IN (SELECT value FROM json_each(?)))
            AND p."row" NOT IN (SELECT value FROM json_each(?)) ORDER BY p.id LIMIT ?"""  # noqa: S608  # a constant of ours
        with self._database.reading() as connection:
            found = connection.execute(query, (after, within, within, json.dumps(barred), limit)).fetchall()
            return rows.read_entries(connection, found)

    def places(self, where: Filter) -> list[Place]:
        allowed, barred = self._phrases.rows_within(where)
        with self._database.reading() as connection:
            return rows.read_places(connection, allowed, where.document_ids, barred)

    def info(self) -> StoreInfo:
        meta = self._database.meta
        with self._database.reading() as connection:
            passages = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
            return StoreInfo(passages, self._dimension, meta["model"], meta["analyzer"], read_generation(connection))

    @property
    def generation(self) -> int:
        return self._database.generation

    @property
    def _dimension(self) -> int:
        return int(self._database.meta["dimension"])

    def _derived(self) -> tuple[Follower[FaissIndex], Follower[WordIndex]]:
        with self._lock:
            if self._followers is None:
                # Here, for it loads faiss and tantivy, which reading and a build without changes do not need.
                from quoth.store.derived import Follower, VectorMaker, WordMaker

                vectors = Follower(self._database, self.path / "vectors.faiss", VectorMaker(self._dimension))
                self._followers = vectors, Follower(self._database, self.path / "words", WordMaker())
            return self._followers

    def _word_index(self) -> WordIndex:
        return self._derived()[1].caught_up()

    def _write(self, write: Callable[[Transaction], None]) -> None:
        try:
            with writing(self.path.parent), self._database.writing() as connection:
                transaction = Transaction(connection)
                write(transaction)
                transaction.finish()
        except sqlite3.IntegrityError as error:
            raise ValueError(f"two documents or passages are the same: {error}") from error
        self._has_written = True

    def _rows_within(self, document_ids: frozenset[str] | None, among: list[int] | None) -> list[int] | None:
        """Those of `among` (None: of all) that belong to these documents (None: to any)."""
        if document_ids is None:
            return among
        with self._database.reading() as connection:
            own = rows.read_rows_of(connection, document_ids)
        return own if among is None else sorted(set(own) & set(among))

    def _named(self, search: Callable[[int], list[tuple[int, float]]], k: int) -> list[Match]:
        """Row numbers to passage ids. Passages that are gone by now are dropped; ties are cut by passage id."""
        wanted = k + 8
        while True:
            found = search(wanted)
            if len(found) < wanted or found[k - 1][1] > found[-1][1]:
                break
            wanted *= 4
        with self._database.reading() as connection:
            names = rows.read_ids(connection, [row for row, _ in found])
        matches = [Match(names[row], score) for row, score in found if row in names]
        return sorted(matches, key=lambda match: (-match.score, match.passage_id))[:k]
