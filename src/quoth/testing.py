"""Stand-ins for tests, yours too: an embedder and a reranker without a model, and a store without files."""

from __future__ import annotations

import hashlib
import math
import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from quoth.analyze import ANALYZER_VERSION, UNKNOWN
from quoth.errors import DocumentGoneError
from quoth.literal import find, find_within, in_sentences, touched
from quoth.protocols import (
    PART_MARK,
    PART_WEIGHT,
    Changes,
    Copies,
    Embedding,
    Entry,
    Filter,
    Match,
    Neighbours,
    Place,
    QuestionVectors,
    StoreInfo,
)
from quoth.records import Document, DocumentInfo
from quoth.signs import pack_signs
from quoth.store.rows import check_entries, check_slices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quoth.protocols import Matrix, Vector

_WORD = re.compile(r"\w+")


class HashEmbedder:
    """`Embedder` that counts words: texts of the same words have near vectors. A token is a word."""

    def __init__(self, dimension: int = 64, budget_tokens: int = 254) -> None:
        self._dimension = dimension
        self._budget_tokens = budget_tokens

    @property
    def fingerprint(self) -> str:
        return f"hash-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def languages(self) -> None:
        return None

    @property
    def budget_tokens(self) -> int:
        return self._budget_tokens

    def count_tokens(self, text: str) -> int:
        return len(_words(text))

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        words = [self._word_vectors(_words(text)) for text in texts]
        return [Embedding(_unit_rows(vectors.sum(axis=0)[None])[0], pack_signs(vectors)) for vectors in words]

    def embed_question(self, question: str) -> QuestionVectors:
        words = _words(question)
        vectors = self._word_vectors(words)
        return QuestionVectors(_unit_rows(vectors.sum(axis=0)[None])[0], vectors, words)

    def _word_vectors(self, words: Sequence[str]) -> Matrix:
        """(words, dimension), rows of unit length."""
        rows = np.array([self._signs(word) for word in words], np.float32)
        return _unit_rows(rows.reshape(-1, self._dimension))

    def _signs(self, word: str) -> Vector:
        digest = hashlib.shake_128(word.encode()).digest(-(-self._dimension // 8))
        bits = np.unpackbits(np.frombuffer(digest, np.uint8))[: self._dimension]
        return bits.astype(np.float32) * 2 - 1


class OverlapReranker:
    """`Reranker` that counts words: of the words of question and passage together, the share that stands in both."""

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        asked = set(_words(question))
        pairs = [(asked & words, asked | words) for words in (set(_words(passage)) for passage in passages)]
        return np.array([len(shared) / max(1, len(both)) for shared, both in pairs], np.float64)


class MemoryStore:
    """`IndexStore` in memory, by brute force: cosines of every vector, BM25 over every passage."""

    def __init__(self, *, model: str, dimension: int) -> None:
        self._model = model
        self._dimension = dimension
        self._documents: dict[str, Document] = {}
        self._entries: dict[str, Entry] = {}
        self._notes: dict[str, str] = {}
        self._generation = 0
        self._lock = threading.RLock()

    def documents(self) -> tuple[DocumentInfo, ...]:
        with self._lock:
            return tuple(sorted((d.info for d in self._documents.values()), key=lambda info: info.source))

    def document(self, document_id: str) -> Document:
        with self._lock:
            if document_id not in self._documents:
                raise DocumentGoneError(document_id)
            return self._documents[document_id]

    def embeddings(self, keys: Sequence[str]) -> dict[str, Embedding]:
        with self._lock:
            known = {e.vector_key: Embedding(e.vector, e.token_signs) for e in self._entries.values()}
        return {key: known[key] for key in keys if key in known}

    def remember(self, name: str, value: str) -> None:
        self._notes[name] = value

    def recall(self, name: str) -> str:
        return self._notes.get(name, "")

    def commit(self, changes: Changes) -> None:
        for document, entries in changes.added:
            check_entries(entries, self._dimension)
            check_slices(document, entries)
        with self._lock:
            documents = {name: d for name, d in self._documents.items() if name not in changes.removed}
            for info in changes.touched:
                documents[info.id] = replace(documents[info.id], info=info)
            documents.update({document.info.id: document for document, _ in changes.added})
            if len({document.info.source for document in documents.values()}) < len(documents):
                raise ValueError("two documents have the same source")
            self._remove_entries({*changes.removed, *(document.info.id for document, _ in changes.added)})
            self._documents = documents
            for _, entries in changes.added:
                self._entries.update({entry.passage.id: entry for entry in entries})
            self._generation += 1

    def upsert(self, entries: Sequence[Entry]) -> None:
        check_entries(entries, self._dimension)
        with self._lock:
            for entry in entries:
                if entry.passage.document_id in self._documents:
                    check_slices(self._documents[entry.passage.document_id], [entry])
            self._entries.update({entry.passage.id: entry for entry in entries})
            self._generation += 1

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        with self._lock:
            self._remove_entries(set(document_ids))
            self._documents = {name: d for name, d in self._documents.items() if name not in document_ids}
            self._generation += 1

    def refresh(self) -> None:
        pass

    def search(
        self,
        *,
        vector: Vector | None = None,
        tokens: Sequence[str] | None = None,
        k: int = 50,
        where: Filter | None = None,
    ) -> list[Match]:
        if (vector is None) == (tokens is None):
            raise ValueError("give a vector or tokens, one of them")
        if not 1 <= k <= 1000:
            raise ValueError(f"k is {k}, must be 1 to 1000")
        with self._lock:
            entries = dict(self._entries)
            names = self._names_within(where)
        scores = self._cosines(vector, entries) if vector is not None else bm25(tokens or (), entries)
        allowed = [Match(name, score) for name, score in scores.items() if name in names]
        return sorted(allowed, key=lambda match: (-match.score, match.passage_id))[:k]

    def get(self, passage_ids: Sequence[str]) -> dict[str, Entry]:
        with self._lock:
            return {name: self._entries[name] for name in passage_ids if name in self._entries}

    def neighbours(self, passage_ids: Sequence[str]) -> dict[str, Neighbours]:
        with self._lock:
            return {name: self._neighbours(name) for name in passage_ids}

    def copies(self, vector_keys: Sequence[str], *, limit: int, where: Filter | None = None) -> dict[str, Copies]:
        with self._lock:
            entries = [self._entries[name] for name in self._names_within(where)]
            sources = {name: document.info.source for name, document in self._documents.items()}
        entries.sort(key=lambda e: (sources.get(e.passage.document_id, ""), e.passage.span, e.passage.id))
        same = {key: tuple(e.passage for e in entries if e.vector_key == key) for key in vector_keys}
        return {key: Copies(passages[:limit], len(passages)) for key, passages in same.items()}

    def scan(self, *, after: str = "", limit: int = 1000, where: Filter | None = None) -> list[Entry]:
        with self._lock:
            names = sorted(name for name in self._names_within(where) if name > after)
            return [self._entries[name] for name in names[:limit]]

    def places(self, where: Filter) -> list[Place]:
        with self._lock:
            passages = [self._entries[name].passage for name in self._names_within(where)]
        places = [Place(passage.document_id, passage.span, passage.id) for passage in passages]
        return sorted(places, key=lambda place: (place.document_id, place.span, place.passage_id))

    @property
    def generation(self) -> int:
        return self.info().generation

    def info(self) -> StoreInfo:
        with self._lock:
            return StoreInfo(len(self._entries), self._dimension, self._model, ANALYZER_VERSION, self._generation)

    def _neighbours(self, name: str) -> Neighbours:
        if name not in self._entries:
            return Neighbours()
        passage = self._entries[name].passage
        others = sorted(
            (entry.passage.span.start, entry.token_signs)
            for entry in self._entries.values()
            if entry.passage.document_id == passage.document_id
        )
        before = [signs for start, signs in others if start < passage.span.start]
        after = [signs for start, signs in others if start > passage.span.start]
        return Neighbours(before[-1] if before else b"", after[0] if after else b"")

    def _names_within(self, where: Filter | None) -> set[str]:
        where = where or Filter()
        wanted = where.document_ids
        names = {n for n, e in self._entries.items() if wanted is None or e.passage.document_id in wanted}
        for phrase in where.phrases:
            names &= self._names_holding(phrase)
        for tokens in where.words:
            names = {name for name in names if not set(tokens).isdisjoint(self._entries[name].tokens)}
        return names.difference(*map(self._names_holding, where.excluded))

    def _names_holding(self, phrase: str) -> set[str]:
        passages = sorted((e.passage for e in self._entries.values()), key=lambda p: (p.document_id, p.span))
        names: set[str] = set()
        for document_id, group in groupby(passages, key=lambda passage: passage.document_id):
            own = list(group)
            document = self._documents.get(document_id)
            if document is None:
                names.update(p.id for p in own if find(phrase, p.text, UNKNOWN))
            else:
                matches = in_sentences(find_within(phrase, document), document.furniture)
                starts, ends = [p.span.start for p in own], [p.span.end for p in own]
                names.update(own[position].id for position in touched(starts, ends, matches))
        return names

    def _cosines(self, vector: Vector, entries: dict[str, Entry]) -> dict[str, float]:
        if np.shape(vector) != (self._dimension,) or not np.isfinite(vector).all():
            raise ValueError(f"the question's vector is not {self._dimension} finite numbers")
        return {name: float(entry.vector @ vector) for name, entry in entries.items()}

    def _remove_entries(self, document_ids: set[str]) -> None:
        entries = self._entries.items()
        self._entries = {name: e for name, e in entries if e.passage.document_id not in document_ids}


def bm25(tokens: Sequence[str], entries: dict[str, Entry]) -> dict[str, float]:
    """Scores above 0 by passage id. Robertson's BM25 with k1 = 1.2, b = 0.75, and the idf that is never negative."""
    counts = {name: Counter(entry.tokens) for name, entry in entries.items()}
    lengths = {name: len(entry.tokens) for name, entry in entries.items()}
    average = sum(lengths.values()) / len(lengths) if lengths else 0.0
    scores: dict[str, float] = {}
    for token in dict.fromkeys(tokens):
        holders = {name: count[token] for name, count in counts.items() if token in count}
        idf = math.log(1 + (len(entries) - len(holders) + 0.5) / (len(holders) + 0.5))
        for name, count in holders.items():
            part = PART_WEIGHT if token.startswith(PART_MARK) else 1.0
            weight = part * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * lengths[name] / average))
            scores[name] = scores.get(name, 0.0) + idf * weight
    return scores


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _unit_rows(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    # Words can cancel out; such a text lies on the first axis.
    rows = np.where(lengths > 0, rows, np.eye(1, rows.shape[1], dtype=np.float32))
    unit: Matrix = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit
