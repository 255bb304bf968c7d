"""Word search: BM25 over tokens that `analyze` made. The only module that imports tantivy.

An index on disk is a snapshot that nobody changes: whoever has to change it works on a private copy and saves that as
the next snapshot. So readers in other processes never see a half-written one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from quoth.durable import sync
from quoth.protocols import PART_MARK, PART_WEIGHT

FORMAT = f"1, {tantivy.__version__}"
"""Ours and tantivy's; a snapshot of another format is remade."""

_MANIFEST = "manifest.json"
_WRITER_BYTES = 64_000_000


class DamagedWordsError(Exception):
    """There is no snapshot, or it is not what `WordIndex.save` wrote."""


class WordIndex:
    """Tokens under int64 ids that the store owns. Safe to share between threads."""

    def __init__(self, folder: Path, *, is_private: bool, stamp: str = "") -> None:
        """`folder` holds a tantivy index of our schema; a private one may be changed and is removed with this."""
        self._schema = _schema()
        self._lock = threading.Lock()
        self.stamp = stamp
        """What `save` was told the snapshot holds; "" for an index that was not loaded."""
        self._open(folder, is_private=is_private)

    @classmethod
    def empty(cls) -> WordIndex:
        return cls(_private_folder(), is_private=True)

    @classmethod
    def load(cls, folder: Path) -> WordIndex:
        """The newest snapshot under `folder`. Raises DamagedWordsError unless every byte is as written."""
        try:
            snapshot = max(folder.iterdir(), key=_sequence)
            manifest = json.loads((snapshot / _MANIFEST).read_bytes())
            if manifest["format"] != FORMAT:
                raise ValueError(f"format {manifest['format']}, not {FORMAT}")
            if manifest["files"] != _checksums(snapshot):
                raise ValueError("the checksums do not fit")
            # tantivy puts lock files beside what it reads.
            is_private = not os.access(snapshot, os.W_OK)
            folder_of_index = _private_copy(snapshot) if is_private else snapshot
            return cls(folder_of_index, is_private=is_private, stamp=str(manifest["stamp"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedWordsError(f"{folder}: {error}") from error

    def save(self, folder: Path, stamp: str = "") -> None:
        """Write a snapshot under `folder` and remove the older ones. The caller holds the writers' lock."""
        folder.mkdir(exist_ok=True)
        earlier = list(folder.iterdir())
        sequence = max((_sequence(path) for path in earlier), default=0) + 1
        temporary = folder / f"{sequence:08}.tmp"
        shutil.rmtree(temporary, ignore_errors=True)  # of a killed run
        with self._lock:
            shutil.copytree(self._folder, temporary, ignore=shutil.ignore_patterns(".tantivy-*.lock", _MANIFEST))
        manifest = {"format": FORMAT, "stamp": stamp, "files": _checksums(temporary)}
        (temporary / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        for path in (*temporary.iterdir(), temporary):
            sync(path)
        temporary.rename(folder / f"{sequence:08}")
        sync(folder)
        for path in earlier:
            shutil.rmtree(path, ignore_errors=True)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def update(self, removed: Iterable[int], added: Iterable[tuple[int, str, Sequence[str]]]) -> None:
        """Remove ids, then add (id, document id, tokens); an id that is there already is replaced."""
        with self._lock:
            if not self._is_private:
                self._open(_private_copy(self._folder), is_private=True)
            writer = self._index.writer(_WRITER_BYTES, 1)
            for number in removed:
                writer.delete_documents_by_term("row", number)
            for number, document_id, tokens in added:
                writer.delete_documents_by_term("row", number)
                writer.add_document(_as_document(number, document_id, tokens))
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(
        self,
        tokens: Sequence[str],
        k: int,
        document_ids: Sequence[str] | None = None,
        allowed: Sequence[int] | None = None,
        barred: Sequence[int] = (),
    ) -> list[tuple[int, float]]:
        """At most k (id, BM25), best first, ties by id, of passages that hold any of `tokens`, each counted once.

        Tokens that begin with PART_MARK count PART_WEIGHT.

        Only of these documents and only `allowed` ids when given, and no `barred` ones.
        """
        if k < 1 or not tokens or [] in (document_ids, allowed):
            return []
        query = self._query(tuple(dict.fromkeys(tokens)), document_ids, allowed, barred)
        searcher = self._searcher
        wanted = k + 8
        while True:
            hits = searcher.search(query, wanted, count=False).hits
            # More than k are fetched until the last one is worse than the k-th, so that ties are cut by id.
            if len(hits) < wanted or hits[k - 1][0] > hits[-1][0]:
                break
            wanted *= 4
        numbers = searcher.fast_field_values("row", [address for _, address in hits])
        found = [(int(number), float(score)) for number, (score, _) in zip(numbers, hits, strict=True)]
        return sorted(found, key=lambda match: (-match[1], match[0]))[:k]

    def frequency(self, token: str) -> int:
        """Passages that hold `token`, those included that were removed since the last merge."""
        return int(self._searcher.doc_freq("token", token))

    def holding(self, token: str) -> list[int]:
        """Ids of all passages that hold `token`."""
        searcher = self._searcher
        query = tantivy.Query.const_score_query(tantivy.Query.term_query(self._schema, "token", token, "basic"), 1.0)
        hits = searcher.search(query, max(1, int(searcher.doc_freq("token", token))), count=False).hits
        return [int(number) for number in searcher.fast_field_values("row", [address for _, address in hits])]

    def _query(
        self,
        tokens: tuple[str, ...],
        document_ids: Sequence[str] | None,
        allowed: Sequence[int] | None,
        barred: Sequence[int],
    ) -> tantivy.Query:
        query, schema, occur = tantivy.Query, self._schema, tantivy.Occur
        words = query.boolean_query(
            [
                (occur.Should, self._weighted(query.term_query(schema, "token", token, "freq"), token))
                for token in tokens
            ]
        )
        conditions = [(occur.Must, words)]
        for field, values in (("document", document_ids), ("row", allowed)):
            if values is not None:
                within = query.const_score_query(query.term_set_query(schema, field, list(values)), 0.0)
                conditions.append((occur.Must, within))
        if barred:
            conditions.append((occur.MustNot, query.term_set_query(schema, "row", list(barred))))
        return words if len(conditions) == 1 else query.boolean_query(conditions)

    @staticmethod
    def _weighted(query: tantivy.Query, token: str) -> tantivy.Query:
        return tantivy.Query.boost_query(query, PART_WEIGHT) if token.startswith(PART_MARK) else query

    def _open(self, folder: Path, *, is_private: bool) -> None:
        self._folder = folder
        self._is_private = is_private
        self._index = tantivy.Index(self._schema, path=str(folder))
        # Else a thread looks for changes twice a second, and dies with the process when the file it reads is cut short.
        self._index.config_reader("manual")
        self._searcher = self._index.searcher()
        if is_private:
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", indexed=True, fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("token", tokenizer_name="raw", index_option="freq")
    return builder.build()


def _as_document(number: int, document_id: str, tokens: Sequence[str]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("row", number)
    document.add_text("document", document_id)
    for token in tokens:
        document.add_text("token", token)
    return document


def _private_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="quoth-words-"))


def _private_copy(folder: Path) -> Path:
    copy = _private_folder()
    shutil.copytree(folder, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(_MANIFEST))
    return copy


def _sequence(path: Path) -> int:
    return int(path.name) if path.name.isdigit() else 0


def _checksums(folder: Path) -> dict[str, str]:
    """SHA-256 by file name. tantivy makes its lock files anew; they hold nothing."""
    paths = [path for path in folder.iterdir() if path.name != _MANIFEST and not path.name.endswith(".lock")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths)}
