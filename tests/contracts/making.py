"""Documents and passages with vectors, for the contract suites."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from quoth.analyze import analyze
from quoth.protocols import Entry, IndexStore
from quoth.records import Document, DocumentInfo, Heading, Locator, Passage, Run, Span, State
from quoth.testing import HashEmbedder

if TYPE_CHECKING:
    from quoth.protocols import Vector

DIMENSION = 64
EMBEDDER = HashEmbedder(DIMENSION)


def make_document(source: str, *texts: str) -> tuple[Document, list[Entry]]:
    """A document of `texts`, one passage each."""
    whole = "\n".join(texts)
    digest = hashlib.sha256(f"{source}\0{whole}".encode()).hexdigest()
    info = DocumentInfo(
        id=digest[:32],
        source=source,
        title=source,
        kind="txt",
        state=State.READ,
        reason="",
        file_sha256=digest,
        size=len(whole.encode()),
        mtime_ns=1_700_000_000_123_456_789,
        characters=len(whole),
        passages=len(texts),
        language="en",
        parser_version=1,
    )
    runs = (Run(0, Locator(page=1, page_label="i")), Run(3, Locator(paragraph=2, anchor='a"b')))
    document = Document(info, whole, runs, (Heading(0, 1, "Ein Titel ✍"),), is_file_text=True)
    entries, start = [], 0
    for text in texts:
        entries.append(make_entry(document, Span(start, start + len(text))))
        start += len(text) + 1
    return document, entries


def make_entry(document: Document, span: Span) -> Entry:
    text = span.of(document.text)
    embedding = EMBEDDER.embed_documents([text])[0]
    middle = (span.start + span.end) // 2
    return Entry(
        passage=Passage(
            id=hash_of(f"{document.info.id} {span}"),
            document_id=document.info.id,
            span=span,
            sentences=(Span(span.start, middle), Span(middle, span.end)),
            text=text,
        ),
        tokens=analyze(text, "en"),
        vector=embedding.vector,
        vector_key=hash_of(text),
        token_signs=embedding.token_signs,
    )


def make_corpus(
    documents: int = 8, passages: int = 12, *, seed: int = 0, prefix: str = ""
) -> list[tuple[Document, list[Entry]]]:
    """Texts of random words, some words far more frequent than others; the same for the same seed."""
    random = np.random.default_rng(seed)
    words = [f"word{n}" for n in range(200)]
    weights = 1 / np.arange(1, 201)
    return [
        make_document(
            f"{prefix}{number:03}.txt",
            *(" ".join(random.choice(words, 15, p=weights / weights.sum())) for _ in range(passages)),
        )
        for number in range(documents)
    ]


def all_entries(store: IndexStore) -> list[Entry]:
    """What `scan` returns, page by page."""
    found: list[Entry] = []
    while page := store.scan(after=found[-1].passage.id if found else "", limit=7):
        found += page
    return found


def same(found: Entry, written: Entry) -> bool:
    """Equal but for the rounding of vectors."""
    return (
        (found.passage, found.tokens, found.vector_key, found.token_signs)
        == (written.passage, written.tokens, written.vector_key, written.token_signs)
    ) and bool(np.allclose(found.vector, written.vector, atol=1e-3))


def question_vector(text: str) -> Vector:
    return EMBEDDER.embed_question(text).vector


def ids(entries: Sequence[Entry]) -> list[str]:
    return [entry.passage.id for entry in entries]


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
