"""`Library`: build, ask, status, verify. The composition root: the only place that names concrete classes."""

from __future__ import annotations

import fnmatch
import logging
import os
import threading
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from quoth.build import IN_PROGRESS, build
from quoth.citing import cite
from quoth.documents import is_unchanged, read_document
from quoth.embed import LazyEmbedder, find_model
from quoth.errors import IndexDamagedError, NoIndexError, QuestionError, SourceError
from quoth.parsing import ParsingWorker, scan
from quoth.protocols import Embedder, Filter, OnProgress
from quoth.records import (
    Answer,
    BuildReport,
    Citation,
    Coverage,
    Document,
    DocumentInfo,
    Progress,
    Skipped,
    Span,
    State,
    Status,
    Verification,
)
from quoth.search import Options, answer, prepare
from quoth.settings import Settings
from quoth.store import EmbeddedStore, writing
from quoth.verify import verify

LONGEST_QUESTION = 2_000
"""Characters. The model reads about 1,000 of them; word search reads all."""
MOST_PASSAGES = 1_000
FOLDER = "folder"
"""Name of the note that says which folder the index was built from, relative to the embeddings folder."""
READ_AGAIN = 3
"""Times that a question is asked again when a build takes away, in the middle of it, what was found."""

_logger = logging.getLogger(__name__)


class Library:
    """An index and the folder of documents it was made from. Safe to share between threads; close it, or use `with`."""

    def __init__(self, embeddings: Path, settings: Settings, embedder: Embedder) -> None:
        self.settings = settings
        self._embeddings = embeddings
        self._embedder = embedder
        self._lock = threading.RLock()
        self._opened: EmbeddedStore | None = None

    @classmethod
    def open(cls, embeddings: str | os.PathLike[str] | None = None, *, settings: Settings | None = None) -> Library:
        """The library of an embeddings folder, which need not exist before the first `build`.

        Reads no model and no index yet. Raises ModelError when the model of the settings is not installed.
        """
        settings = settings or Settings.load()
        source = find_model(settings.model)
        return cls(Path(embeddings or settings.embeddings), settings, LazyEmbedder(source, settings.precision))

    def build(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        on_progress: OnProgress | None = None,
        rebuild_all: bool = False,
        wait_s: float = 0.0,
    ) -> BuildReport:
        """Bring the index up to date with the folder (default: that of the settings).

        With `rebuild_all`, everything is read and embedded anew, beside the old index, which answers until the end.
        Raises SourceError for a folder that is missing or suddenly empty, IndexBusyError when another build still
        runs after `wait_s` seconds, IndexMismatchError when the index was made with another model.
        """
        folder = Path(folder or self.settings.folder)
        scan(folder)  # says that a folder is missing before anything is written
        with (
            writing(self._embeddings, wait_s=wait_s),
            self._parser() as parser,
            self._store_to_build(rebuild_all) as store,
        ):
            store.remember(FOLDER, os.path.relpath(folder.resolve(), self._embeddings.resolve()))
            report = build(
                folder,
                store=store,
                embedder=self._embedder,
                parse=parser.parse,
                characters=self.settings.passage_characters,
                on_progress=on_progress or _ignore,
            )
            if rebuild_all:
                store.publish()
        return report

    def ask(self, question: str, *, k: int = 5, sources: Sequence[str] = ()) -> Answer:
        """At most `k` passages that answer, best first, from documents whose path matches one of `sources`.

        `sources` are shell patterns ("*.pdf", "letters/*"); none means all documents. Raises QuestionError for an
        empty or over-long question, for k outside 1 to 1,000, and for patterns that match no document; NoIndexError
        before the first build; IndexMismatchError when the index was made with another model.
        """
        _check_question(question, k)
        for _ in range(READ_AGAIN):
            try:
                return self._answer(question, k, sources)
            except (KeyError, IndexDamagedError) as error:
                _logger.info("asking again, a build has replaced what was being read: %r", error)
        return self._answer(question, k, sources)

    def load(self) -> None:
        """Load the model and the index now, which the first question would do (seconds). Raises as `ask` does."""
        self._embedder.count_tokens("")
        self._store().info()

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All files of the folder, by path, unread ones with their state and reason included."""
        return self._store().documents()

    def document(self, document_id: str) -> Document:
        """One document with its text. Raises KeyError when the index does not hold it (any more)."""
        return self._store().document(document_id)

    def cite(self, document_id: str, span: Span) -> Citation:
        """The citation of any stretch of a document. Raises KeyError, and ValueError for a span outside the text."""
        return cite(self.document(document_id), span)

    def examples(self) -> tuple[str, ...]:
        """What to click on the first page: the questions of the settings, else headings of the documents."""
        return self.settings.examples or _headings(self._store())

    def status(self) -> Status:
        """What the index holds, and what changed in the folder since it was built."""
        store = self._store()
        documents = store.documents()
        languages = Counter(info.language for info in documents if info.state.has_text)
        return Status(
            folder=str(self.folder),
            documents=sum(info.state.has_text for info in documents),
            passages=store.info().passages,
            model=store.info().model,
            generation=store.info().generation,
            languages=tuple(languages.most_common()),
            skipped=_skipped(documents),
            stale=_stale(self.folder, documents),
            bytes_on_disk=sum(path.stat().st_size for path in self._embeddings.rglob("*") if path.is_file()),
            interrupted=bool(store.recall(IN_PROGRESS)),
        )

    def verify(self, citation: Citation) -> Verification:
        """Whether the quote stands in the file as it is now: exact, moved or changed."""
        with self._parser() as parser:
            read = partial(self._read_as_it_is, folder=self.folder, parser=parser)
            return verify(citation, folder=self.folder, read=read, known=self._known_documents())

    @property
    def folder(self) -> Path:
        """The folder that the index was built from; before the first build, that of the settings."""
        try:
            noted = self._store().recall(FOLDER)
        except NoIndexError:
            noted = ""
        return Path(os.path.normpath(self._embeddings / noted)) if noted else Path(self.settings.folder)

    def close(self) -> None:
        """Give back files and memory. The library can be used again; it then opens anew."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, question: str, k: int, sources: Sequence[str]) -> Answer:
        """Raises KeyError or IndexDamagedError, too, when a build takes away what was just found."""
        store = self._store()
        documents = store.documents()
        chosen = _choose(documents, sources)
        where = Filter(frozenset(info.id for info in chosen)) if sources else None
        prepared = prepare(question, self._embedder, tuple(dict.fromkeys(info.language for info in documents)))
        options = Options(k, where, self.settings.rerank)
        return answer(prepared, store, self._embedder, coverage=self._coverage(chosen, store), options=options)

    def _store(self) -> EmbeddedStore:
        """The current index, opened once and again after it was replaced as a whole."""
        with self._lock:
            if self._opened is not None and not self._opened.is_current():
                self.close()
            if self._opened is None:
                self._opened = EmbeddedStore.open(self._embeddings, model=self._embedder.fingerprint)
            return self._opened

    def _store_to_build(self, rebuild_all: bool) -> EmbeddedStore:
        model = self._embedder.fingerprint
        if not rebuild_all:
            try:
                return EmbeddedStore.open(self._embeddings, model=model)
            except NoIndexError:
                pass
        store = EmbeddedStore.create(self._embeddings, model=model, dimension=self._embedder.dimension)
        if not rebuild_all:
            store.publish()  # a first build that is stopped goes on where it was
        return store

    def _parser(self) -> ParsingWorker:
        return ParsingWorker(
            time_limit_s=self.settings.file_time_limit_s, memory_limit_bytes=self.settings.file_memory_limit_mb << 20
        )

    def _read_as_it_is(self, source: str, *, folder: Path, parser: ParsingWorker) -> Document:
        """A file of the folder now. One that is as it was built needs no parsing: equal bytes, equal text."""
        for info in self._known_documents():
            if info.source == source and is_unchanged(folder, info):
                return self.document(info.id)
        return read_document(folder, source, parser.parse).document

    def _known_documents(self) -> tuple[DocumentInfo, ...]:
        try:
            return self.documents()
        except NoIndexError:
            return ()

    def _coverage(self, chosen: Sequence[DocumentInfo], store: EmbeddedStore) -> Coverage:
        return Coverage(
            documents=sum(info.state.has_text for info in chosen),
            passages=sum(info.passages for info in chosen),
            unread=_skipped(chosen),
            interrupted=bool(store.recall(IN_PROGRESS)),
        )


def _check_question(question: str, k: int) -> None:
    if not question.strip():
        raise QuestionError("the question is empty; type a question")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(f"the question has {len(question)} characters; ask with at most {LONGEST_QUESTION}")
    if not 1 <= k <= MOST_PASSAGES:
        raise QuestionError(f"k is {k}; ask for 1 to {MOST_PASSAGES} passages")


def _choose(documents: Sequence[DocumentInfo], patterns: Sequence[str]) -> list[DocumentInfo]:
    if isinstance(patterns, str):
        raise QuestionError(f"sources is the text {patterns!r}; give a list of patterns, such as [{patterns!r}]")
    chosen = [info for info in documents if not patterns or any(fnmatch.fnmatchcase(info.source, p) for p in patterns)]
    if patterns and not chosen:
        raise QuestionError(f"no document matches {', '.join(map(repr, patterns))}; `quoth status` lists them all")
    return chosen


def _skipped(documents: Sequence[DocumentInfo]) -> tuple[Skipped, ...]:
    return tuple(Skipped(d.source, d.state, d.reason) for d in documents if d.state is not State.READ)


def _stale(folder: Path, documents: Sequence[DocumentInfo]) -> tuple[str, ...]:
    try:
        found = {source.path: (source.size, source.mtime_ns) for source in scan(folder).sources}
    except SourceError:
        return ()
    known = {info.source: (info.size, info.mtime_ns) for info in documents if info.file_sha256}
    return tuple(sorted(path for path in found.keys() | known.keys() if found.get(path) != known.get(path)))


def _headings(store: EmbeddedStore, limit: int = 4) -> tuple[str, ...]:
    """First headings of the first documents, each once."""
    titles: dict[str, None] = {}
    for info in [info for info in store.documents() if info.state.has_text][:20]:
        outline = store.document(info.id).outline
        titles.update(dict.fromkeys(heading.title for heading in outline[:2]) or {info.title: None})
    return tuple(titles)[:limit]


def _ignore(_: Progress) -> None:
    pass
