"""Where the question's phrases stand in a passage."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.literal import CONTEXT, find_within, in_sentences, most_characters
from quoth.records import Document, Passage, Span, widened
from quoth.search.question import Question


def with_phrases(
    question: Question, highlights: Sequence[Span], passage: Passage, document: Document
) -> tuple[Span, ...]:
    """The highlights, and every occurrence of a phrase outside of them; a question of phrases only has only these."""
    if not question.phrases:
        return tuple(highlights)
    kept = () if _asks_nothing_else(question) else tuple(highlights)
    spans = [*kept, *(span for phrase in question.phrases for span in _inside(phrase, passage.span, document))]
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _asks_nothing_else(question: Question) -> bool:
    rest = question.text
    for phrase in sorted(question.phrases, key=len, reverse=True):
        rest = rest.replace(phrase, " ")
    return not any(character.isalnum() for character in rest)


def _inside(phrase: str, place: Span, document: Document) -> list[Span]:
    """The occurrences, cut to what of them lies in `place`."""
    window = widened(place, most_characters(phrase) + CONTEXT, document.furniture)
    matches = in_sentences(find_within(phrase, document, window), document.furniture)
    spans = [(max(place.start, match.start), min(place.end, match.end)) for match in matches]
    return [Span(start, end) for start, end in spans if start < end]
