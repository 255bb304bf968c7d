"""How well a ranking answers, from places alone: no files, no library.

A place is a span of a document. The gold places of a question are those where its answer stands; each of them is one
way to be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quoth.evaluate.intervals import Interval, mean_interval
from quoth.records import Answer, Span

HIT_RANKS = (1, 3, 5, 10)
RECIPROCAL_RANKS = 10
CHARACTER_LIMITS = (500, 1000, 2000)
WHOLE_UP_TO = 80
"""Characters of a gold span that must be held whole; of a longer one half is enough."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the name of the file, and code points of its text."""

    source: str
    span: Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """The first passage that covers a gold place. Both are None when none of them does."""

    rank: int | None = None
    """From 1."""
    characters: int | None = None
    """Lengths of the passages up to this one, this one included, added up."""


def places_of(answer: Answer) -> tuple[Place, ...]:
    """Where the passages of an answer stand, in order."""
    return tuple(Place(hit.citation.source, hit.passage.span) for hit in answer.hits)


def covers(passage: Place, gold: Place) -> bool:
    """Whether who reads the passage has read the gold place.

    A short gold place must lie in the passage whole; of a longer one half must, or the passage at least 90 % in it.
    """
    if passage.source != gold.source or not len(passage.span):
        return False
    if len(gold.span) <= WHOLE_UP_TO:
        return passage.span.contains(gold.span)
    shared = min(passage.span.end, gold.span.end) - max(passage.span.start, gold.span.start)
    return 2 * shared >= len(gold.span) or 10 * shared >= 9 * len(passage.span)


def score_ranking(passages: Sequence[Place], golds: Sequence[Place]) -> Outcome:
    """The first of `passages`, best first, that covers one of `golds`."""
    characters = 0
    for rank, passage in enumerate(passages, start=1):
        characters += len(passage.span)
        if any(covers(passage, gold) for gold in golds):
            return Outcome(rank, characters)
    return Outcome()


def score_answer(answer: Answer, golds: Sequence[Place]) -> Outcome:
    """The first hit that covers one of `golds`, at its own place or at one where the same words stand too."""
    characters = 0
    for rank, hit in enumerate(answer.hits, start=1):
        characters += len(hit.passage.span)
        copies = [Place(cited.source, Span(cited.start, cited.end)) for cited in hit.also_in]
        places = [Place(hit.citation.source, hit.passage.span), *copies]
        if any(covers(place, gold) for place in places for gold in golds):
            return Outcome(rank, characters)
    return Outcome()


def highlights_answer(answer: Answer, outcome: Outcome, golds: Sequence[Place]) -> bool | None:
    """Whether a highlight of the first covering passage holds a short gold place that lies in it; None without any."""
    if outcome.rank is None:
        return None
    hit = answer.hits[outcome.rank - 1]
    inside = [
        gold.span
        for gold in golds
        if gold.source == hit.citation.source and len(gold.span) <= WHOLE_UP_TO and hit.passage.span.contains(gold.span)
    ]
    return any(mark.contains(span) for mark in hit.highlights for span in inside) if inside else None


def is_hit(outcome: Outcome, k: int) -> bool:
    """hit@k: one of the first k passages covers."""
    return outcome.rank is not None and outcome.rank <= k


def reciprocal_rank(outcome: Outcome, k: int = RECIPROCAL_RANKS) -> float:
    """RR@k: 1 / rank, 0 beyond rank k."""
    return 1 / outcome.rank if outcome.rank is not None and outcome.rank <= k else 0.0


def is_read_within(outcome: Outcome, characters: int) -> bool:
    """R@N: the passages up to the covering one, that one included, are together at most N characters long."""
    return outcome.characters is not None and outcome.characters <= characters


def values_of(outcomes: Sequence[Outcome]) -> dict[str, list[float]]:
    """Every measure by its name, one value for each question."""
    values: dict[str, list[float]] = {
        f"hit@{k}": [float(is_hit(outcome, k)) for outcome in outcomes] for k in HIT_RANKS
    }
    values[f"MRR@{RECIPROCAL_RANKS}"] = [reciprocal_rank(outcome) for outcome in outcomes]
    for limit in CHARACTER_LIMITS:
        values[f"R@{limit}"] = [float(is_read_within(outcome, limit)) for outcome in outcomes]
    return values


def measure(outcomes: Sequence[Outcome]) -> dict[str, Interval]:
    """Every measure by its name, averaged over the questions, with its 95 % interval."""
    return {name: mean_interval(numbers) for name, numbers in values_of(outcomes).items()}
