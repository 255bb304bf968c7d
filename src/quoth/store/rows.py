"""Documents and passages out of rows of SQLite, and the checks before any are written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from quoth.errors import DocumentGoneError
from quoth.protocols import Embedding, Entry, Neighbours, Place
from quoth.records import Document, DocumentInfo, Heading, Locator, Passage, Run, Span, State

if TYPE_CHECKING:
    from quoth.protocols import Vector

INFO_COLUMNS = ", ".join(field.name for field in fields(DocumentInfo))
PART_CHARACTERS = 8192
ENTRY_QUERY = """SELECT p.id, p.document_id, p.start, p."end", p.sentences, p.tokens, p.text,
    v.key, v.vector, v.token_signs
    FROM passages p JOIN vectors v ON v."row" = p.vector"""


NEIGHBOURS_QUERY = """SELECT p.id,
    (SELECT v.token_signs FROM passages n JOIN vectors v ON v."row" = n.vector
        WHERE n.document_id = p.document_id AND n.start < p.start ORDER BY n.start DESC LIMIT 1),
    (SELECT v.token_signs FROM passages n JOIN vectors v ON v."row" = n.vector
        WHERE n.document_id = p.document_id AND n.start > p.start ORDER BY n.start LIMIT 1)
    FROM passages p WHERE p.id IN (SELECT value FROM json_each(?))"""


def check_entries(entries: Sequence[Entry], dimension: int) -> None:
    """Raises ValueError for vectors that are not `dimension` finite numbers of unit length, and for lone surrogates."""
    for entry in entries:
        vector, name = np.asarray(entry.vector), entry.passage.id
        if vector.shape != (dimension,):
            raise ValueError(
                f"passage {name}: its vector has shape {vector.shape}, the index has dimension {dimension}"
            )
        if not np.isfinite(vector).all():
            raise ValueError(f"passage {name}: its vector holds NaN or infinity")
        # bfloat16 arithmetic leaves lengths up to 0.4 % off.
        if abs(float(np.linalg.norm(vector)) - 1) > 0.02:
            raise ValueError(f"passage {name}: its vector is not of unit length")
        check_text(entry.passage.text)


def check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"lone surrogate at {error.start}: replace it by U+FFFD before it is stored") from error


def check_slices(document: Document, entries: Sequence[Entry]) -> None:
    """Raises ValueError unless every passage is a slice of its document."""
    for entry in entries:
        passage = entry.passage
        if passage.document_id != document.info.id or passage.span.of(document.text) != passage.text:
            raise ValueError(f"passage {passage.id} is not a slice of document {document.info.id}")


def read_info(row: Sequence[Any]) -> DocumentInfo:
    return DocumentInfo(*(*row[:4], State(row[4]), *row[5:]))


def read_document(connection: sqlite3.Connection, document_id: str) -> Document:
    """Raises DocumentGoneError when it is not there."""
    row = connection.execute(
        f"SELECT {INFO_COLUMNS}, is_file_text, runs, outline, furniture FROM documents WHERE id = ?",  # noqa: S608  # our own columns
        (document_id,),
    ).fetchone()
    if row is None:
        raise DocumentGoneError(document_id)
    *info, is_file_text, runs, outline, furniture = row
    parts = connection.execute("SELECT text FROM texts WHERE document_id = ? ORDER BY part", (document_id,))
    return Document(
        info=read_info(info),
        text="".join(part for (part,) in parts),
        runs=tuple(Run(start, Locator(*locator)) for start, *locator in json.loads(runs)),
        outline=tuple(Heading(*heading) for heading in json.loads(outline)),
        is_file_text=bool(is_file_text),
        furniture=load_spans(furniture),
    )


def dump_spans(spans: Iterable[Span]) -> str:
    return json.dumps([offset for span in spans for offset in (span.start, span.end)])


def load_spans(text: str) -> tuple[Span, ...]:
    offsets = json.loads(text)
    return tuple(map(Span, offsets[::2], offsets[1::2]))


def read_rows_of(connection: sqlite3.Connection, document_ids: Iterable[str]) -> list[int]:
    query = 'SELECT "row" FROM passages WHERE document_id IN (SELECT value FROM json_each(?))'
    return [row for (row,) in connection.execute(query, (json.dumps(sorted(document_ids)),))]


def read_ids(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    """Passage ids by row; rows that are gone are left out."""
    query = 'SELECT "row", id FROM passages WHERE "row" IN (SELECT value FROM json_each(?))'
    return dict(connection.execute(query, (json.dumps(list(rows)),)))


def read_embeddings(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, Embedding]:
    query = "SELECT key, vector, token_signs FROM vectors WHERE key IN (SELECT value FROM json_each(?))"
    found = connection.execute(query, (json.dumps(list(keys)),))
    return {key: Embedding(load_vector(vector), signs) for key, vector, signs in found}


def read_entries(connection: sqlite3.Connection, rows: Iterable[Sequence[Any]]) -> list[Entry]:
    """Entries from rows of ENTRY_QUERY."""
    parts: dict[tuple[str, int], str] = {}
    entries = []
    for passage_id, document_id, start, end, sentences, tokens, text, key, vector, token_signs in rows:
        passage = Passage(
            id=passage_id,
            document_id=document_id,
            span=Span(start, end),
            sentences=load_spans(sentences),
            text=_slice(connection, parts, document_id, Span(start, end)) if text is None else text,
        )
        entries.append(Entry(passage, tuple(json.loads(tokens)), load_vector(vector), key, token_signs))
    return entries


def read_neighbours(connection: sqlite3.Connection, passage_ids: Sequence[str]) -> dict[str, Neighbours]:
    found = connection.execute(NEIGHBOURS_QUERY, (json.dumps(list(passage_ids)),))
    known = {passage_id: Neighbours(before or b"", after or b"") for passage_id, before, after in found}
    return {passage_id: known.get(passage_id, Neighbours()) for passage_id in passage_ids}


def read_places(
    connection: sqlite3.Connection,
    allowed: Sequence[int] | None,
    document_ids: Collection[str] | None,
    barred: Sequence[int],
) -> list[Place]:
    """By document id and span. `allowed` and `barred` are rows; None: all."""
    within, names = (None if values is None else json.dumps(list(values)) for values in (allowed, document_ids))
    query = """SELECT document_id, start, "end", id FROM passages
        WHERE (? IS NULL OR "row" IN (SELECT value FROM json_each(?)))
        AND (? IS NULL OR document_id IN (SELECT value FROM json_each(?)))
        AND "row" NOT IN (SELECT value FROM json_each(?)) ORDER BY document_id, start, "end", id"""
    found = connection.execute(query, (within, within, names, names, json.dumps(barred)))
    return [Place(document_id, Span(start, end), name) for document_id, start, end, name in found]


def dump_vector(vector: Vector) -> bytes:
    """float16: half the size, what FAISS searches in anyway; cosines move by less than 0.0001."""
    return np.asarray(vector, "<f2").tobytes()


def load_vector(blob: bytes) -> Vector:
    return np.frombuffer(blob, "<f2").astype(np.float32)


def _slice(connection: sqlite3.Connection, parts: dict[tuple[str, int], str], document_id: str, span: Span) -> str:
    first = span.start // PART_CHARACTERS
    text = ""
    for part in range(first, (max(span.end, 1) - 1) // PART_CHARACTERS + 1):
        if (document_id, part) not in parts:
            query = "SELECT text FROM texts WHERE document_id = ? AND part = ?"
            row = connection.execute(query, (document_id, part)).fetchone()
            parts[document_id, part] = row[0] if row else ""
        text += parts[document_id, part]
    return text[span.start - first * PART_CHARACTERS : span.end - first * PART_CHARACTERS]
