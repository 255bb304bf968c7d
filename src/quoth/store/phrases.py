"""Which passages hold a phrase: the index of words says where to look, the texts what stands there."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from quoth.analyze import UNKNOWN
from quoth.literal import (
    CONTEXT,
    certain_tokens,
    cuts_a_word,
    find,
    in_sentences,
    is_irregular,
    most_characters,
    touched,
)
from quoth.protocols import Filter
from quoth.records import Span, spans_within, widened
from quoth.store.database import Database, read_generation
from quoth.store.rows import PART_CHARACTERS, load_spans

if TYPE_CHECKING:
    from quoth.words import WordIndex

_MOST_KEPT = 64
"""Phrases whose passages are remembered: a question asks for each of them at least twice."""
_MOST_SHARE = 0.1
"""Of all passages. Where a word stands in more of them, reading every text is faster than picking them out."""


@dataclass(frozen=True, slots=True)
class _State:
    """What is worth knowing of one generation."""

    generation: int
    languages: dict[str, str]
    """Document id -> language."""
    irregular: frozenset[str]
    """Documents of which the tokens say nothing about phrases: `literal.is_irregular`, or a passage ends in a word."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a document's text in which a phrase is looked for."""

    document_id: str
    start: int
    text: str
    furniture: tuple[Span, ...]
    """In offsets of `text`."""
    ends_document: bool


class PhraseFinder:
    """Row numbers of the passages that hold a phrase. Safe to share between threads."""

    def __init__(self, database: Database, words: Callable[[], WordIndex]) -> None:
        """`words` gives the index of words, brought up to date."""
        self._database = database
        self._words = words
        self._lock = threading.Lock()
        self._state = _State(-1, {}, frozenset())
        self._found: dict[str, frozenset[int]] = {}

    def rows_within(self, where: Filter) -> tuple[list[int] | None, list[int]]:
        """Rows that hold its phrases and words (None: it names none), and rows that are barred."""
        barred = set[int]().union(*map(self.rows_holding, where.excluded))
        if not where.phrases and not where.words:
            return None, sorted(barred)
        words = self._words()
        of_words = [frozenset[int]().union(*map(words.holding, tokens)) for tokens in where.words]
        return sorted(frozenset.intersection(*map(self.rows_holding, where.phrases), *of_words) - barred), []

    def rows_holding(self, phrase: str) -> frozenset[int]:
        """Of every passage in which at least part of an occurrence stands."""
        words = self._words()
        with self._lock, self._database.reading() as connection:
            if self._state.generation != read_generation(connection):
                self._state, self._found = _read_state(connection), {}
            if phrase not in self._found:
                if len(self._found) == _MOST_KEPT:
                    self._found.clear()
                self._found[phrase] = frozenset(_rows_holding(phrase, connection, words, self._state))
            return self._found[phrase]


def _read_state(connection: sqlite3.Connection) -> _State:
    languages = dict(connection.execute("SELECT id, language FROM documents"))
    texts = _whole_texts(connection, languages)
    borders = _inner_borders(connection)
    irregular = frozenset(
        name
        for name, text, furniture in ((whole.document_id, whole.text, whole.furniture) for whole in texts)
        if is_irregular(text, furniture) or any(cuts_a_word(text, at) for at in borders.get(name, ()))
    )
    return _State(read_generation(connection), languages, irregular)


def _inner_borders(connection: sqlite3.Connection) -> dict[str, list[int]]:
    """Where a passage begins right at the end of another one, by document."""
    borders: dict[str, list[int]] = {}
    query = """SELECT p.document_id, p."end" FROM passages p
        JOIN passages n ON n.document_id = p.document_id AND n.start = p."end" """
    for name, at in connection.execute(query):
        borders.setdefault(name, []).append(at)
    return borders


def _rows_holding(phrase: str, connection: sqlite3.Connection, words: WordIndex, state: _State) -> set[int]:
    matches: dict[str, list[Span]] = {}
    for stretch in _stretches(phrase, connection, words, state):
        if found := _find_inside(phrase, stretch, state.languages[stretch.document_id]):
            matches.setdefault(stretch.document_id, []).extend(found)
    rows = _orphans_holding(phrase, connection, state)
    query = """SELECT document_id, "row", start, "end" FROM passages
        WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY document_id, start"""
    passages = connection.execute(query, (json.dumps(list(matches)),))
    for document_id, group in groupby(passages, key=lambda passage: passage[0]):
        _, own, starts, ends = zip(*group, strict=True)
        rows.update(own[position] for position in touched(starts, ends, matches[document_id]))
    return rows


def _stretches(phrase: str, connection: sqlite3.Connection, words: WordIndex, state: _State) -> Iterator[_Stretch]:
    """All texts in which the phrase may stand."""
    whole, rows = set(state.irregular), set[int]()
    for language in set(state.languages.values()):
        token = min(certain_tokens(phrase, language), key=words.frequency, default=None)
        if token is None or words.frequency(token) > _MOST_SHARE * len(words):
            whole.update(name for name, own in state.languages.items() if own == language)
        else:
            rows.update(words.holding(token))
    yield from _whole_texts(connection, whole)
    yield from _texts_around(connection, rows, CONTEXT + most_characters(phrase), whole)


def _whole_texts(connection: sqlite3.Connection, document_ids: Iterable[str]) -> Iterator[_Stretch]:
    query = """SELECT document_id, text FROM texts WHERE document_id IN (SELECT value FROM json_each(?))
        ORDER BY document_id, part"""
    parts = connection.execute(query, (json.dumps(sorted(document_ids)),))
    for document_id, group in groupby(parts, key=lambda part: part[0]):
        text = "".join(part for _, part in group)
        yield _Stretch(document_id, 0, text, _furniture(connection, document_id), ends_document=True)


def _texts_around(
    connection: sqlite3.Connection, rows: Iterable[int], margin: int, without: set[str]
) -> Iterator[_Stretch]:
    """The passages of these rows with `margin` characters on both sides, those that touch joined."""
    query = """SELECT p.document_id, p.start, p."end", d.characters
        FROM passages p JOIN documents d ON d.id = p.document_id
        WHERE p."row" IN (SELECT value FROM json_each(?)) ORDER BY p.document_id, p.start"""
    found = connection.execute(query, (json.dumps(sorted(rows)),)).fetchall()
    for document_id, group in groupby(found, key=lambda row: row[0]):
        if document_id in without:
            continue
        own = list(group)
        characters = own[0][3]
        furniture = _furniture(connection, document_id)
        wide = [widened(Span(start, end), margin, furniture) for _, start, end, _ in own]
        spans = _joined([Span(span.start, min(characters, span.end)) for span in wide])
        parts = _parts(connection, document_id, spans)
        for span in spans:
            first = span.start // PART_CHARACTERS
            last = (max(span.end, 1) - 1) // PART_CHARACTERS
            text = "".join(parts.get(part, "") for part in range(first, last + 1))
            inside = text[span.start - first * PART_CHARACTERS : span.end - first * PART_CHARACTERS]
            yield _Stretch(
                document_id, span.start, inside, spans_within(furniture, span), ends_document=span.end == characters
            )


def _furniture(connection: sqlite3.Connection, document_id: str) -> tuple[Span, ...]:
    (furniture,) = connection.execute("SELECT furniture FROM documents WHERE id = ?", (document_id,)).fetchone()
    return load_spans(furniture)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Sorted spans, those made one that overlap or touch."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _parts(connection: sqlite3.Connection, document_id: str, spans: Sequence[Span]) -> dict[int, str]:
    numbers = {n for span in spans for n in range(span.start // PART_CHARACTERS, span.end // PART_CHARACTERS + 1)}
    query = "SELECT part, text FROM texts WHERE document_id = ? AND part IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (document_id, json.dumps(sorted(numbers)))))


def _find_inside(phrase: str, stretch: _Stretch, language: str) -> list[Span]:
    """In offsets of the document. What touches a cut edge may be half a word; what is whole lies further inside."""
    found = in_sentences(find(phrase, stretch.text, language, stretch.furniture), stretch.furniture)
    if not stretch.start and stretch.ends_document:
        return found
    first = CONTEXT if stretch.start else 0
    last = len(stretch.text) - (0 if stretch.ends_document else CONTEXT)
    return [
        Span(stretch.start + match.start, stretch.start + match.end)
        for match in found
        if first <= match.start and match.end <= last
    ]


def _orphans_holding(phrase: str, connection: sqlite3.Connection, state: _State) -> set[int]:
    """Of passages whose document is not in this store, each by itself."""
    known = connection.execute("SELECT DISTINCT document_id FROM passages")
    orphans = json.dumps([name for (name,) in known if name not in state.languages])
    query = 'SELECT "row", text FROM passages WHERE document_id IN (SELECT value FROM json_each(?)) AND text NOT NULL'
    return {row for row, text in connection.execute(query, (orphans,)) if find(phrase, text, UNKNOWN)}
