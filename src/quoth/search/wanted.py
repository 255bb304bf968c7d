"""The words that must stand in a passage, as the tokens of one language: pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.analyze import analyze, analyze_question, analyze_spans
from quoth.records import Span


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word as typed, or a compound with hyphens."""

    typed: str
    groups: tuple[tuple[str, ...], ...]
    """Of each group, one token must stand in the passage: the compound as one, or each of its parts."""


def wanted_words(text: str, language: str) -> tuple[WantedWord, ...]:
    """The words of `text` that are looked up in documents of `language`, each once. Words that stand everywhere are
    left out.
    """
    wanted = set(analyze_question(text, [language]))
    found = sorted((span, token) for token, span in analyze_spans(text, language) if token in wanted)
    words = (_word(text, region, own) for region, own in _regions(found))
    return tuple(dict.fromkeys(words))


def hold_all(words: Sequence[WantedWord], text: str, language: str) -> bool:
    """Whether `text` holds all of them."""
    tokens = set(analyze(text, language))
    return all(not tokens.isdisjoint(group) for word in words for group in word.groups)


def _regions(found: Sequence[tuple[Span, str]]) -> Iterator[tuple[Span, list[tuple[Span, str]]]]:
    """Tokens whose stretches overlap belong to one word."""
    region, own = Span(0, 0), list[tuple[Span, str]]()
    for span, token in found:
        if own and span.start >= region.end:
            yield region, own
            own = []
        region = Span(region.start, max(region.end, span.end)) if own else span
        own.append((span, token))
    if own:
        yield region, own


def _word(text: str, region: Span, own: Sequence[tuple[Span, str]]) -> WantedWord:
    whole = tuple(token for span, token in own if span == region)
    parts = {span: tuple(token for other, token in own if other == span) for span, _ in own if span != region}
    groups = tuple((*whole, *tokens) for tokens in parts.values()) or (whole,)
    return WantedWord(region.of(text), groups)
