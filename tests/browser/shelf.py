"""A library for the page's tests: real records over texts given here, and a search that counts shared words."""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.contracts.making import EMBEDDER, make_entry

from quoth.catalogue import choose
from quoth.citing import cite
from quoth.errors import DocumentGoneError
from quoth.fold import fold
from quoth.followup import carry
from quoth.originals import Originals
from quoth.parsing import ParsingWorker
from quoth.protocols import Changes
from quoth.query import read_query
from quoth.records import (
    Answer,
    Citation,
    Coverage,
    Document,
    DocumentAnswer,
    DocumentInfo,
    EachAnswer,
    Hit,
    Locator,
    Mentions,
    Passage,
    Run,
    Skipped,
    Span,
    State,
    Verdict,
    find_parted,
)
from quoth.search import Part, find_mentions, show_mentions
from quoth.testing import MemoryStore

_SENTENCE = re.compile(r"\S[^.?!]*[.?!]?")
_WORD = re.compile(r"\w{4,}")


class Shelf:
    """Documents in memory. A passage is a sentence, or the whole text when "everything" is asked for."""

    def __init__(
        self,
        documents: Sequence[Document],
        *,
        unread: Sequence[Skipped] = (),
        examples: Sequence[str] = (),
        most: int = 3,
        interrupted: bool = False,
        folder: Path = Path("nowhere"),
    ) -> None:
        self.originals = Originals(self.document, lambda: folder, ParsingWorker)
        self._documents = {document.info.id: document for document in documents}
        self._unread = tuple(unread)
        self._examples = tuple(examples)
        self._most = most
        self._interrupted = interrupted

    def ask(
        self,
        question: str,
        *,
        sources: Sequence[str] = (),
        history: Sequence[Answer | str] = (),
        drop: Sequence[str] = (),
    ) -> Answer:
        """What the question takes over from `history` is decided as in a real library."""
        chosen = choose([document.info for document in self._documents.values()], sources)
        documents = [self._documents[info.id] for info in chosen]
        carried = carry(question, history, languages=("en",), drop=drop)
        words = set(map(str.lower, _WORD.findall(f"{question} {carried.text}")))
        found = [entry for document in documents for entry in _find(document, words)]
        ranked = sorted(found, key=lambda entry: -len(entry[2]))
        groups = fold([span.of(document.text) for document, span, _ in ranked])[: self._most]
        hits = tuple(
            replace(
                _hit(*ranked[group[0]], len(ranked[group[0]][2]) / len(words)),
                also_in=tuple(cite(*ranked[position][:2]) for position in group[1:]),
            )
            for group in groups
        )
        passages = sum(len(_SENTENCE.findall(document.text)) for document in documents)
        coverage = Coverage(len(documents), passages, self._unread, self._interrupted, 3, "shelf@1")
        probability = hits[0].score if hits else 0.0
        phrases = read_query(question).phrases  # told of, not looked for
        return Answer(question, _judge(hits), probability, hits, coverage, phrases=phrases, searched_for=carried.terms)

    def first_stage(self) -> Shelf | None:
        return None

    def ask_each(
        self, question: str, *, sources: Sequence[str] = (), offset: int = 0, limit: int = 1_000
    ) -> EachAnswer:
        chosen = choose([document.info for document in self._documents.values()], sources)
        infos = sorted(chosen, key=lambda info: info.source)
        part = infos[offset : offset + limit]
        answers = [self.ask(question, sources=[glob.escape(info.source)]) for info in part]
        rows = [
            DocumentAnswer(info, replace(answer, hits=answer.hits[:1]))
            for info, answer in zip(part, answers, strict=True)
        ]
        return EachAnswer(question, tuple(rows), len(infos), offset, self._unread)

    def mentions(self, text: str, *, sources: Sequence[str] = (), offset: int = 0, limit: int = 50) -> Mentions:
        """As in a real library, each document being one passage."""
        store = MemoryStore(model=EMBEDDER.fingerprint, dimension=EMBEDDER.dimension)
        for document in self._documents.values():
            whole = make_entry(document, Span(0, len(document.text)))
            store.commit(Changes(added=[(document, [whole])]))
        return show_mentions(find_mentions(text, store, sources), store, Part(offset, limit))

    def documents(self) -> tuple[DocumentInfo, ...]:
        unread = (make_document(file.source, "", state=file.state, reason=file.reason).info for file in self._unread)
        return tuple(
            sorted((*(document.info for document in self._documents.values()), *unread), key=lambda info: info.source)
        )

    def document(self, document_id: str) -> Document:
        if document_id not in self._documents:
            raise DocumentGoneError(document_id)
        return self._documents[document_id]

    def cite(self, document_id: str, span: Span) -> Citation:
        return cite(self.document(document_id), span)

    def examples(self) -> tuple[str, ...]:
        return self._examples

    @property
    def identity(self) -> str:
        return "shelf"

    @property
    def generation(self) -> int:
        return 3

    def foreign_languages(self) -> tuple[str, ...]:
        return ()


def make_document(
    source: str,
    text: str,
    *,
    title: str = "",
    pages: Sequence[int] = (),
    state: State = State.READ,
    reason: str = "",
) -> Document:
    """`pages`: where each page begins; without them the text is that of the file."""
    info = DocumentInfo(
        id=hashlib.sha256(f"{source}\n{text}".encode()).hexdigest()[:32],
        source=source,
        title=title or source,
        kind="pdf" if pages else "txt",
        state=state,
        reason=reason,
        file_sha256=hashlib.sha256(text.encode()).hexdigest(),
        size=len(text.encode()),
        mtime_ns=0,
        characters=len(text),
        passages=1,
        language="en",
        parser_version=1,
    )
    runs = tuple(Run(start, Locator(page=number)) for number, start in enumerate(pages, start=1))
    return Document(info, text, runs=runs, is_file_text=not pages)


def write_files(folder: Path, documents: Sequence[Document]) -> None:
    """As the index says that they were read."""
    for document in documents:
        path = folder / document.info.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.text.encode())


def _find(document: Document, words: set[str]) -> Iterator[tuple[Document, Span, tuple[str, ...]]]:
    if "everything" in words and document.text:
        yield document, Span(0, len(document.text)), ("everything",)
        return
    for match in _SENTENCE.finditer(document.text):
        shared = tuple(sorted(words & set(map(str.lower, _WORD.findall(match[0])))))
        if shared:
            yield document, Span(*match.span()), shared


def _hit(document: Document, span: Span, terms: tuple[str, ...], score: float) -> Hit:
    passage = Passage(
        hashlib.sha256(f"{document.info.id}{span}".encode()).hexdigest()[:32],
        document.info.id,
        span,
        (span,),
        span.of(document.text),
    )
    parted = find_parted(document, span)
    return Hit(passage, cite(document, span), score, score, score * 10, None, terms, (span,), parted=parted)


def _judge(hits: Sequence[Hit]) -> Verdict:
    if not hits:
        return Verdict.NOTHING
    return Verdict.ANSWERS if hits[0].score > 0.5 else Verdict.CLOSEST
