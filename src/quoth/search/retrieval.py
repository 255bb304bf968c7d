"""Candidates for an answer, from both searches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from quoth.protocols import Entry, Filter, Match, PassageStore
from quoth.search.question import Question

CANDIDATES = 50
"""Different texts from each of the two searches. More changed no figure in benchmarks/results.md."""
MOST_FETCHED = 1_000
"""Passages of one search, copies counted: what stands behind more copies of other texts is not found."""
CARRIED_WORDS = 3.0
"""Word scores of what is carried count its weight in the vector times this; see docs/explanation/follow-ups.md."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with the reasons that speak for it."""

    entry: Entry
    cosine: float
    word_score: float
    late_score: float | None = None
    context_score: float | None = None
    """Late interaction with the passages around it too."""
    cross_score: float | None = None
    score: float = 0.0


def conditions(question: Question, where: Filter | None) -> Filter | None:
    """Only passages that hold the question's phrases and nothing of what it excludes."""
    if not question.phrases and not question.excluded:
        return where
    return replace(where or Filter(), phrases=question.phrases, excluded=question.excluded)


def retrieve(question: Question, store: PassageStore, where: Filter | None, *, k: int = CANDIDATES) -> list[Candidate]:
    """The union of the k nearest passages and the k that word search finds best, each with both scores.

    Copies of a text count once, so that they leave room for others. A passage that is not among those of word search
    counts as having no word score. What a follow-up carries is a word search of its own, whose scores are added with
    its weight.
    """
    where = conditions(question, where)
    entries: dict[str, Entry] = {}

    def search(tokens: Sequence[str] | None) -> list[Match]:
        vector = question.search_vector if tokens is None else None
        return _different(lambda n: store.search(vector=vector, tokens=tokens, k=n, where=where), k, store, entries)

    word_scores: defaultdict[str, float] = defaultdict(float)
    carried_weight = CARRIED_WORDS * question.carried.weight
    found = {match.passage_id for match in search(None)}
    for tokens, weight in (((*question.words, *question.parts), 1.0), (question.carried_tokens, carried_weight)):
        for match in search(tokens) if tokens else []:
            word_scores[match.passage_id] += weight * match.score
    return [
        Candidate(entry, float(entry.vector @ question.search_vector), word_scores.get(passage_id, 0.0))
        for passage_id, entry in sorted(entries.items())
        if passage_id in found or passage_id in word_scores
    ]


def text_of(entry: Entry) -> str:
    """Equal for copies, whatever their line breaks and the headings above them."""
    return " ".join(entry.passage.text.split())


def _different(
    search: Callable[[int], list[Match]], k: int, store: PassageStore, entries: dict[str, Entry]
) -> list[Match]:
    """The best that hold `k` different texts; their entries are added to `entries`."""
    wanted, more = k, 0
    while True:
        matches = search(wanted)
        entries.update(store.get([match.passage_id for match in matches if match.passage_id not in entries]))
        texts = {text_of(entries[match.passage_id]) for match in matches if match.passage_id in entries}
        if len(texts) >= k or len(matches) < wanted or wanted >= MOST_FETCHED:
            return _up_to(k, matches, entries)
        more = 2 * (more or k - len(texts))
        wanted = min(MOST_FETCHED, k + more)


def _up_to(k: int, matches: Sequence[Match], entries: Mapping[str, Entry]) -> list[Match]:
    texts: set[str] = set()
    for position, match in enumerate(matches):
        if match.passage_id in entries:
            texts.add(text_of(entries[match.passage_id]))
        if len(texts) > k:
            return list(matches[:position])
    return list(matches)
