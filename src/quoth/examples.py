"""What to click on the first page, out of the documents themselves: pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quoth.records import Document, DocumentInfo
from quoth.segment import find_blocks, split_sentences

SHORTEST, LONGEST = 25, 120
"""Characters of a sentence to click: "Dear Ottilie!" says nothing, and none is cut."""
_LOOKED_THROUGH = 2_000
_FIRST = 5


def find_examples(
    documents: Sequence[DocumentInfo], read: Callable[[str], Document], *, limit: int = 4, looked_at: int = 20
) -> tuple[str, ...]:
    """Up to `limit` first headings of the first `looked_at` documents with text, each once.

    Where none of them has a heading, one of the first sentences of each, as it stands.
    """
    headings: dict[str, None] = {}
    sentences: dict[str, None] = {}
    for info in [info for info in documents if info.state.has_text][:looked_at]:
        document = read(info.id)
        headings.update(dict.fromkeys(_first_headings(document)))
        if len(headings) >= limit:
            break
        if not headings and len(sentences) < limit:
            sentences.update(dict.fromkeys(_first_sentences(document)[:1]))
    return tuple(headings or sentences)[:limit]


def _first_headings(document: Document) -> list[str]:
    """Without names of sheets and columns, which ask nothing."""
    return [heading.title for heading in document.outline if heading.is_in_text][:2]


def _first_sentences(document: Document) -> list[str]:
    """Those of the first that can be clicked."""
    text = document.text[:_LOOKED_THROUGH]
    groups = split_sentences(text, find_blocks(text), language=document.info.language)
    prose = [span for block, spans in groups if block.kind == "paragraph" for span in spans]
    if len(text) < len(document.text):
        del prose[-1:]  # perhaps cut off
    return [span.of(text) for span in prose[:_FIRST] if SHORTEST <= len(span) <= LONGEST]
