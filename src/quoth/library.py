"""`Library`: build, ask, status, verify. The composition root: the only place that names concrete classes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from copy import copy
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from quoth.answering import Answering
from quoth.build import FOLDER, IN_PROGRESS, build, check_same_folder, compare, store_to_build
from quoth.calibration import load_calibration
from quoth.catalogue import foreign_languages, skipped_of, stale_paths
from quoth.citing import cite, sha256
from quoth.crossencode import LazyCrossEncoder
from quoth.documents import is_unchanged, read_document, reading_version
from quoth.embed import LazyEmbedder, find_model
from quoth.errors import NoIndexError, SourceError
from quoth.examples import find_examples
from quoth.originals import Originals
from quoth.parsing import OFF, Ocr, ParsingWorker, find_ocr, say_ocr, scan
from quoth.protocols import Embedder, OnProgress, Reranker
from quoth.records import (
    Answer,
    BuildReport,
    Citation,
    Document,
    DocumentInfo,
    EachAnswer,
    Ignored,
    Mentions,
    Progress,
    Span,
    State,
    Status,
    Verification,
)
from quoth.search import MOST_DOCUMENTS, Asked, Part
from quoth.settings import Settings
from quoth.store import SharedStore, bytes_below, writing
from quoth.verify import verify


class Library:
    """An index and the folder of documents it was made from. Safe to share between threads; close it, or use `with`."""

    def __init__(
        self, embeddings: Path, settings: Settings, embedder: Embedder, reranker: Reranker | None = None
    ) -> None:
        self.settings = settings
        self.calibration = load_calibration(settings.calibration, embedder.fingerprint)
        self._embeddings = embeddings.resolve()
        self._embedder = embedder
        self._reranker = reranker
        self._shared = SharedStore(self._embeddings, embedder.fingerprint)
        self.originals = Originals(self.document, lambda: self.folder, self._parser)
        """The files behind the documents, and images of their pages."""
        self._answering = Answering(self._shared, embedder, reranker, lambda: self.calibration, rerank=settings.rerank)

    @classmethod
    def open(cls, embeddings: str | os.PathLike[str] | None = None, *, settings: Settings | None = None) -> Library:
        """The library of an embeddings folder, which need not exist before the first `build`.

        Reads no model and no index yet. Raises ModelError when a model of the settings is not installed, and
        CalibrationError when their calibration cannot be used with it.
        """
        settings = settings or Settings.load()
        source = find_model(settings.model)
        embedder = LazyEmbedder(source, settings.precision)
        reranker = LazyCrossEncoder.find(settings.cross_encoder) if settings.cross_encoder else None
        return cls(Path(embeddings or settings.embeddings), settings, embedder, reranker)

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
        Raises SourceError for a folder that is missing or suddenly empty, or when the index is that of another folder
        that is still there; IndexBusyError when another build still runs after `wait_s` seconds; IndexMismatchError
        when the index was made with another model. After any of them the index is as it was.
        """
        say = on_progress or _ignore
        found = scan(Path(folder or self.settings.folder))
        folder = Path(folder or self.settings.folder).resolve()
        with (
            writing(self._embeddings, wait_s=wait_s),
            self._parser(ocr := self._find_ocr()) as parser,
            store_to_build(self._embeddings, folder, found, self._embedder, rebuild_all=rebuild_all) as store,
        ):
            if not rebuild_all:
                check_same_folder(self._embeddings, folder, store)
            say(Progress("scanning"))
            plan = compare(folder, found, store.documents(), ocr.fingerprint)
            store.remember(FOLDER, os.path.relpath(folder, self._embeddings))
            report = build(
                plan,
                store=store,
                embedder=self._embedder,
                parse=parser.parse,
                characters=self.settings.passage_characters,
                on_progress=say,
            )
            store.mark_words()
            if rebuild_all:
                store.publish()
        return report

    def ask(
        self,
        question: str,
        *,
        k: int = 5,
        sources: Sequence[str] = (),
        per_document: int | None = None,
        history: Sequence[Answer | str] = (),
        drop: Sequence[str] = (),
    ) -> Answer:
        """At most `k` passages that answer, best first, from documents whose path matches one of `sources`.

        `sources` are shell patterns ("*.pdf", "letters/*"); none means all. At most `per_document` passages of one
        document; None: as the settings say. `history`: earlier questions or answers, oldest first; `searched_for` of
        the answer says what was taken over, never what `drop` names. Raises QuestionError for an empty or over-long
        question, for numbers outside 1 to 1,000, and for patterns that match no document; NoIndexError before the first
        build; IndexMismatchError when the index was made with another model.
        """
        most = self.settings.passages_per_document if per_document is None else per_document
        return self._answering.ask(Asked(question, history, drop), k=k, per_document=most, sources=sources)

    def first_stage(self) -> Self | None:
        """Without the cross-encoder, which answers sooner; None where there is none. It shares all else: close one."""
        if self._reranker is None:
            return None
        other = copy(self)
        other._reranker = None
        other._answering = self._answering.without_reranker()
        return other

    def ask_each(
        self, question: str, *, sources: Sequence[str] = (), offset: int = 0, limit: int = MOST_DOCUMENTS
    ) -> EachAnswer:
        """What each document says by itself, by path: its best passage, or that nothing in it answers.

        At most `limit` documents, from `offset` on. Raises what `ask` raises.
        """
        return self._answering.ask_each(Asked(question), sources, Part(offset, limit))

    def mentions(self, text: str, *, sources: Sequence[str] = (), offset: int = 0, limit: int = 50) -> Mentions:
        """Every passage that holds the quoted phrases of `text`, and all of its other words in some form.

        Counts are of all of them; at most `limit` are given, from `offset` on, by path and position. Raises
        QuestionError when there is nothing to look up, else what `ask` raises.
        """
        return self._answering.mentions(Asked(text), sources, Part(offset, limit))

    def load(self) -> None:
        """Load the models and the index now, which the first question would do (seconds). Raises as `ask` does."""
        self._embedder.count_tokens("")
        if self._reranker is not None:
            self._reranker.score("", ())
        with self._shared.reading() as store:
            store.info()

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All files of the folder, by path, unread ones with their state and reason included."""
        with self._shared.reading() as store:
            return store.documents()

    def document(self, document_id: str) -> Document:
        """One document with its text. Raises DocumentGoneError when the index does not hold it (any more)."""
        with self._shared.reading() as store:
            return store.document(document_id)

    def cite(self, document_id: str, span: Span) -> Citation:
        """The citation of any stretch of a document. Raises DocumentGoneError, or ValueError outside its text."""
        return cite(self.document(document_id), span)

    def examples(self) -> tuple[str, ...]:
        """What to click on the first page: the questions of the settings, else headings or sentences of documents."""
        if self.settings.examples:
            return self.settings.examples
        with self._shared.reading() as store:
            return find_examples(store.documents(), store.document)

    def foreign_languages(self) -> tuple[str, ...]:
        """As in `Status`, without a look at the folder."""
        return foreign_languages(self.documents(), self._embedder.languages)

    def status(self) -> Status:
        """What the index holds, and what changed in the folder since it was built."""
        with self._shared.reading() as store:
            documents, info, interrupted = store.documents(), store.info(), bool(store.recall(IN_PROGRESS))
        languages = Counter(document.language for document in documents if document.state.has_text)
        folder = self.folder
        found = scan(folder) if folder.is_dir() else None
        ocr = self._find_ocr()
        version = partial(reading_version, ocr=ocr.fingerprint)
        has_pictures = any(document.state is State.NEEDS_OCR for document in documents)
        return Status(
            folder=str(folder),
            documents=sum(document.state.has_text for document in documents),
            passages=info.passages,
            model=info.model,
            generation=info.generation,
            languages=tuple(languages.most_common()),
            foreign_languages=foreign_languages(documents, self._embedder.languages),
            skipped=skipped_of(documents),
            stale=stale_paths(found.sources, documents, version) if found else (),
            bytes_on_disk=bytes_below(self._embeddings),
            interrupted=interrupted,
            folder_is_missing=found is None,
            is_calibrated=self.calibration.model == info.model,
            ignored=found.ignored if found else Ignored(),
            ocr=say_ocr(ocr) if self.settings.ocr or has_pictures else "",
        )

    def verify(self, citation: Citation) -> Verification:
        """Whether the quote stands in the file as it is now: exact, moved or changed.

        Raises SourceError when the folder of documents is not there: nothing can then be said of a quote.
        """
        folder, known = self.folder, self._known_documents()
        if not folder.is_dir():
            raise SourceError(f"{folder}, the folder of the documents, is not there; is its disk connected?")
        with self._parser(ocr := self._find_ocr()) as parser:
            read = partial(self._read_as_it_is, folder=folder, parser=parser, ocr=ocr.fingerprint)
            return verify(citation, folder=folder, read=read, known=known)

    @property
    def identity(self) -> str:
        """16 hexadecimal digits of the path of the embeddings folder."""
        return sha256(str(self._embeddings))[:16]

    @property
    def generation(self) -> int:
        """Another one after each change of the index; 0 without an index."""
        try:
            with self._shared.reading() as store:
                return store.generation
        except NoIndexError:
            return 0

    @property
    def folder(self) -> Path:
        """The folder that the index was built from, else that of the settings; relative if below the working folder."""
        try:
            with self._shared.reading() as store:
                noted = store.recall(FOLDER)
        except NoIndexError:
            noted = ""
        folder = Path(os.path.normpath(self._embeddings / noted)) if noted else Path(self.settings.folder)
        return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder

    def close(self) -> None:
        """Give back files and memory. The library can be used again; it then opens anew."""
        self.originals.close()
        self._shared.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _parser(self, ocr: Ocr = OFF) -> ParsingWorker:
        return ParsingWorker(self.settings.file_time_limit_s, self.settings.file_memory_limit_mb << 20, ocr)

    def _find_ocr(self) -> Ocr:
        settings = self.settings
        return find_ocr(settings.ocr_languages, settings.ocr_time_limit_s) if settings.ocr else OFF

    def _read_as_it_is(self, source: str, *, folder: Path, parser: ParsingWorker, ocr: int) -> Document:
        """A file of the folder now. One that is as it was built needs no parsing: equal bytes, equal text."""
        for info in self._known_documents():
            if info.source == source and is_unchanged(folder, info, ocr):
                return self.document(info.id)
        return read_document(folder, source, parser.parse, ocr).document

    def _known_documents(self) -> tuple[DocumentInfo, ...]:
        try:
            return self.documents()
        except NoIndexError:
            return ()


def _ignore(_: Progress) -> None:
    pass
