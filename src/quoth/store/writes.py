"""What one transaction writes. Whoever calls begins and commits it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any, Literal

from quoth.protocols import Entry
from quoth.records import Document, DocumentInfo
from quoth.store.database import read_generation, write_generation
from quoth.store.rows import INFO_COLUMNS, PART_CHARACTERS, check_slices, dump_spans, dump_vector, read_document


class Transaction:
    """One commit in the making: its generation is written with all that comes and noted for all that goes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._generation = read_generation(connection) + 1
        self._freed: set[int] = set()

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        self.delete_passages("document_id", document_ids)
        self._connection.executemany("DELETE FROM documents WHERE id = ?", ((name,) for name in document_ids))

    def delete_passages(self, column: Literal["id", "document_id"], values: Sequence[str]) -> None:
        among = f"FROM passages WHERE {column} IN (SELECT value FROM json_each(?))"  # noqa: S608  # one of two columns of ours
        names = (json.dumps(list(values)),)
        freed = self._connection.execute(f"SELECT vector {among}", names)
        self._freed.update(vector for (vector,) in freed)
        self._connection.execute(
            f'INSERT INTO deletions SELECT "row", ? {among}',
            (self._generation, *names),
        )
        self._connection.execute(f"DELETE {among}", names)

    def update_info(self, info: DocumentInfo) -> None:
        """Raises KeyError when the document is not there."""
        assignments = ", ".join(f"{field.name} = ?" for field in fields(DocumentInfo))
        cursor = self._connection.execute(
            f"UPDATE documents SET {assignments} WHERE id = ?",  # noqa: S608  # names of our own columns
            (*astuple(info), info.id),
        )
        if not cursor.rowcount:
            raise KeyError(info.id)

    def add_document(self, document: Document, entries: Sequence[Entry]) -> None:
        """A new document with all its passages."""
        runs = [(run.start, *astuple(run.locator)) for run in document.runs]
        outline = [astuple(heading) for heading in document.outline]
        layout = (document.is_file_text, _as_json(runs), _as_json(outline), dump_spans(document.furniture))
        values = (*astuple(document.info), *layout)
        marks = ", ".join("?" * len(values))
        columns = f"{INFO_COLUMNS}, is_file_text, runs, outline, furniture"
        self._connection.execute(f"INSERT INTO documents ({columns}) VALUES ({marks})", values)  # noqa: S608  # our own names
        text, size = document.text, PART_CHARACTERS
        parts = ((document.info.id, start // size, text[start : start + size]) for start in range(0, len(text), size))
        self._connection.executemany("INSERT INTO texts VALUES (?, ?, ?)", parts)
        self.delete_passages("id", [entry.passage.id for entry in entries])
        self._add_entries(entries, keep_text=False)

    def upsert(self, entries: Sequence[Entry]) -> None:
        """Passages of documents that may or may not be there; of equal ids the last one counts."""
        unique = {entry.passage.id: entry for entry in entries}
        self.delete_passages("id", list(unique))
        by_document: dict[str, list[Entry]] = {}
        for entry in unique.values():
            by_document.setdefault(entry.passage.document_id, []).append(entry)
        for document_id, own in by_document.items():
            try:
                check_slices(read_document(self._connection, document_id), own)
                self._add_entries(own, keep_text=False)
            except KeyError:
                self._add_entries(own, keep_text=True)

    def finish(self) -> None:
        """Write the generation, and drop those vectors of passages that went which no other passage has."""
        write_generation(self._connection, self._generation)
        self._connection.execute(
            """DELETE FROM vectors WHERE "row" IN (SELECT value FROM json_each(?))
               AND NOT EXISTS (SELECT 1 FROM passages WHERE vector = vectors."row")""",
            (json.dumps(sorted(self._freed)),),
        )

    def _add_entries(self, entries: Sequence[Entry], *, keep_text: bool) -> None:
        vectors = ((entry.vector_key, dump_vector(entry.vector), entry.token_signs) for entry in entries)
        self._connection.executemany(
            "INSERT INTO vectors (key, vector, token_signs) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING", vectors
        )
        self._connection.executemany(
            """INSERT INTO passages (id, document_id, start, "end", sentences, tokens, text, vector, generation)
               VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT "row" FROM vectors WHERE key = ?), ?)""",
            (_entry_row(entry, self._generation, keep_text=keep_text) for entry in entries),
        )


def _entry_row(entry: Entry, generation: int, *, keep_text: bool) -> tuple[Any, ...]:
    passage = entry.passage
    return (
        passage.id,
        passage.document_id,
        passage.span.start,
        passage.span.end,
        dump_spans(passage.sentences),
        _as_json(entry.tokens),
        passage.text if keep_text else None,
        entry.vector_key,
        generation,
    )


def _as_json(value: Any) -> str:  # Any: what json.dumps takes
    return json.dumps(value, ensure_ascii=False)
