"""Passages with the same embedded text, out of SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from quoth.protocols import Copies
from quoth.store.rows import ENTRY_QUERY, read_entries

_PLACES = """SELECT v.key, p."row" FROM vectors v JOIN passages p ON p.vector = v."row"
    LEFT JOIN documents d ON d.id = p.document_id
    WHERE v.key IN (SELECT value FROM json_each(?1))
    AND (?2 IS NULL OR p.document_id IN (SELECT value FROM json_each(?2)))
    AND (?3 IS NULL OR p."row" IN (SELECT value FROM json_each(?3)))
    AND p."row" NOT IN (SELECT value FROM json_each(?4))
    ORDER BY coalesce(d.source, ''), p.start, p."end", p.id"""
_LISTED = f"""{ENTRY_QUERY} JOIN json_each(?) listed ON listed.value = p."row" ORDER BY listed.key"""


def read_places(
    connection: sqlite3.Connection,
    vector_keys: Sequence[str],
    document_ids: Iterable[str] | None,
    allowed: Sequence[int] | None,
    barred: Sequence[int],
) -> dict[str, list[int]]:
    """Rows of the passages with these keys, by source and place. `document_ids`, `allowed`: None for all."""
    within = None if document_ids is None else json.dumps(sorted(document_ids))
    among = None if allowed is None else json.dumps(list(allowed))
    conditions = (json.dumps(list(vector_keys)), within, among, json.dumps(list(barred)))
    rows: dict[str, list[int]] = {key: [] for key in vector_keys}
    for key, row in connection.execute(_PLACES, conditions):
        rows[key].append(row)
    return rows


def read_copies(connection: sqlite3.Connection, rows: Sequence[int], limit: int) -> Copies:
    """The passages of the first `limit` rows, in the same order."""
    if not limit:
        return Copies(total=len(rows))
    found = connection.execute(_LISTED, (json.dumps(rows[:limit]),)).fetchall()
    return Copies(tuple(entry.passage for entry in read_entries(connection, found)), len(rows))
