"""One file to a document and its passages, not embedded yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quoth.analyze import analyze_passage
from quoth.chunk import Chunk, chunk, embedding_text
from quoth.documents import Reading, hash_of, passage_id
from quoth.parsing import without_mark
from quoth.protocols import Embedder, Embedding, Entry
from quoth.records import Document, Passage, Span, join_hyphens
from quoth.segment import split_sentences


@dataclass(frozen=True, slots=True)
class Draft:
    document: Document
    chunks: tuple[Chunk, ...]
    shown: str
    """The text, of the same length, with spaces for page heads and the times of subtitles: what is searched."""

    @property
    def texts(self) -> list[str]:
        """What is embedded, one for each chunk."""
        return [embedding_text(piece.path, piece.span.of(self.shown)) for piece in self.chunks]


def draft_of(reading: Reading, embedder: Embedder, characters: int) -> Draft:
    """Split what was read of a file into passages of about `characters`."""
    document = reading.document
    text = without_mark(document.text)
    sentences = split_sentences(text, reading.blocks, language=document.info.language, furniture=reading.furniture)
    shown = _without(text, reading.furniture)
    chunks = chunk(
        shown,
        sentences,
        headings=reading.headings,
        count_tokens=embedder.count_tokens,
        budget_tokens=embedder.budget_tokens,
        target_characters=characters,
    )
    return Draft(replace(document, info=replace(document.info, passages=len(chunks))), chunks, shown)


def _without(text: str, furniture: Sequence[Span]) -> str:
    """Spaces in the place of what is no part of a sentence."""
    kept, end = [], 0
    for span in sorted(furniture):
        start = max(span.start, end)
        kept += [text[end:start], " " * (span.end - start)]
        end = max(end, span.end)
    return "".join([*kept, text[end:]]) if kept else text


def entry_of(draft: Draft, piece: Chunk, key: str, embedding: Embedding, model: str) -> Entry:
    """A chunk with its embedding, ready for the store."""
    info, text = draft.document.info, piece.span.of(draft.document.text)
    return Entry(
        passage=Passage(passage_id(info.id, piece.span, text, model), info.id, piece.span, piece.sentences, text),
        tokens=analyze_passage(" ".join([*piece.path, join_hyphens(piece.span.of(draft.shown))]), info.language),
        vector=embedding.vector,
        vector_key=key,
        token_signs=embedding.token_signs,
    )


def vector_key(text: str, model: str) -> str:
    """Equal for equal embedded texts and models."""
    return hash_of(text, model)
