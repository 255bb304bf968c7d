"""One file to a document and its passages, not embedded yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quoth.analyze import analyze_passage
from quoth.chunk import Chunk, chunk, embedding_text
from quoth.documents import Reading, hash_of, passage_id
from quoth.parsing import without_mark
from quoth.protocols import Embedder, Embedding, Entry
from quoth.records import Document, Passage, Span, blanked, join_hyphens, without_furniture
from quoth.segment import split_sentences


@dataclass(frozen=True, slots=True)
class Draft:
    document: Document
    chunks: tuple[Chunk, ...]

    @property
    def texts(self) -> list[str]:
        """What is embedded, one for each chunk."""
        return [embedding_text(piece.path, searched_text(self.document, piece.span)) for piece in self.chunks]


def draft_of(reading: Reading, embedder: Embedder, characters: int) -> Draft:
    """Split what was read of a file into passages of about `characters`."""
    document = reading.document
    text = without_mark(document.text)
    sentences = split_sentences(text, reading.blocks, language=document.info.language, furniture=reading.furniture)
    shown = blanked(text, reading.furniture)
    chunks = chunk(
        shown,
        sentences,
        headings=reading.headings,
        count_tokens=embedder.count_tokens,
        budget_tokens=embedder.budget_tokens,
        target_characters=characters,
    )
    return Draft(replace(document, info=replace(document.info, passages=len(chunks))), chunks)


def searched_text(document: Document, span: Span) -> str:
    """A stretch of the document without page heads, times of subtitles and the like."""
    return without_furniture(span.of(document.text), document.furniture_in(span)).text


def entry_of(draft: Draft, piece: Chunk, key: str, embedding: Embedding, model: str) -> Entry:
    """A chunk with its embedding, ready for the store."""
    info, text = draft.document.info, piece.span.of(draft.document.text)
    return Entry(
        passage=Passage(passage_id(info.id, piece.span, text, model), info.id, piece.span, piece.sentences, text),
        tokens=analyze_passage(
            " ".join([*piece.path, join_hyphens(searched_text(draft.document, piece.span))]), info.language
        ),
        vector=embedding.vector,
        vector_key=key,
        token_signs=embedding.token_signs,
    )


def vector_key(text: str, model: str) -> str:
    """Equal for equal embedded texts and models."""
    return hash_of(text, model)
