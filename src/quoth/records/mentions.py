"""What each document says to a question, and every place where words stand."""

from __future__ import annotations

from dataclasses import dataclass

from quoth.records.answer import Answer
from quoth.records.citation import Citation
from quoth.records.document import DocumentInfo, Skipped
from quoth.records.reading import ReadingText, read_text
from quoth.records.text import Span


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """What one document says to a question."""

    document: DocumentInfo
    answer: Answer
    """As if only this document had been asked, for one passage."""


@dataclass(frozen=True, slots=True)
class EachAnswer:
    """One question asked of each document by itself."""

    question: str
    rows: tuple[DocumentAnswer, ...]
    """By path; at most as many as were asked for."""
    documents: int
    """Those with text among the documents asked, whether they have a row here or not."""
    offset: int = 0
    """Of the first row among them."""
    unread: tuple[Skipped, ...] = ()
    """Files among those asked that hold no searchable text, or only part of it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document in which the words stand."""

    citation: Citation
    document_id: str
    span: Span
    """A passage; a line where the words stand in none, as in a heading or at the head of a page."""
    highlights: tuple[Span, ...]
    """Where the words stand in it, in offsets of the document."""
    parted: tuple[int, ...] = ()
    """As `Hit.parted`."""
    furniture: tuple[Span, ...] = ()
    """As `Hit.furniture`."""

    @property
    def reading(self) -> ReadingText:
        """As `Hit.reading`."""
        return read_text(self.citation.quote, self.span.start, (self.span,), self.parted, self.furniture)


@dataclass(frozen=True, slots=True)
class DocumentMentions:
    """How often one document mentions the words."""

    document: DocumentInfo
    mentions: int
    """Stretches, each listed once."""
    occurrences: int
    """Of the phrases; 0 where only words were looked for."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every place where phrases or words stand, by path and position."""

    question: str
    mentions: tuple[Mention, ...]
    """From `offset` on; at most as many as were asked for."""
    by_document: tuple[DocumentMentions, ...]
    """Every document that has any, by path."""
    documents: int
    """Those with text that were looked through."""
    offset: int = 0
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    """Each word outside of the phrases, and the number of passages that hold it in some form."""
    unread: tuple[Skipped, ...] = ()

    @property
    def total(self) -> int:
        """Mentions in all documents."""
        return sum(document.mentions for document in self.by_document)

    @property
    def occurrences(self) -> int:
        """Of the phrases, in all documents."""
        return sum(document.occurrences for document in self.by_document)
