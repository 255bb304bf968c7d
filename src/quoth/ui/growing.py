"""A quote made longer, by about a sentence at a time: pure."""

from __future__ import annotations

from typing import Literal

from quoth.records import Document, Passage, Span, blanked
from quoth.segment import find_blocks, split_sentences

Direction = Literal["before", "after"]
MOST_CHARACTERS = 4_000
"""Of a grown quote; who wants more reads the source."""
_LOOKED_AT = 1_200
_SHORTEST = 40
"""A step is at least this long where there is as much: "No." alone says little."""


def grow(document: Document, span: Span, direction: Direction) -> Span:
    """`span` with the sentence before or after it; `span` itself at the border of the document and at the limit."""
    text = document.text
    if direction == "before":
        window = Span(max(0, span.start - _LOOKED_AT), span.start)
        starts = [sentence.start for sentence in sentences_of(document, window)]
        if window.start and len(starts) > 1:
            del starts[0]  # perhaps the rest of a sentence
        far_enough = [start for start in starts if span.start - start >= _SHORTEST]
        grown = Span(far_enough[-1] if far_enough else min(starts, default=span.start), span.end)
    else:
        window = Span(span.end, min(len(text), span.end + _LOOKED_AT))
        ends = [sentence.end for sentence in sentences_of(document, window)]
        if window.end < len(text) and len(ends) > 1:
            del ends[-1]
        far_enough = [end for end in ends if end - span.end >= _SHORTEST]
        grown = Span(span.start, far_enough[0] if far_enough else max(ends, default=span.end))
    return grown if len(grown) <= MOST_CHARACTERS else span


def sentences_of(document: Document, span: Span) -> tuple[Span, ...]:
    text = span.of(document.text)
    furniture = document.furniture_in(span)
    blocks = find_blocks(blanked(text, furniture))
    groups = split_sentences(text, blocks, language=document.info.language, furniture=furniture)
    found = (sentence for _, sentences in groups for sentence in sentences)
    return tuple(Span(sentence.start + span.start, sentence.end + span.start) for sentence in found)


def passage_of(document: Document, span: Span) -> Passage:
    """Any stretch of a document as a passage, one that is not in the index."""
    return Passage("", document.info.id, span, sentences_of(document, span), span.of(document.text))
