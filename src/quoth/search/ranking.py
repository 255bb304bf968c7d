"""The candidates in order, and the signals that the best one answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quoth.protocols import Entry, Neighbours
from quoth.rank import best_matches_each, fuse, in_context, order, rerank, weighted_mean
from quoth.search.question import Question, word_share
from quoth.search.retrieval import Candidate, text_of
from quoth.signs import bytes_of_token, unpack_signs
from quoth.spelling import spelling_shares
from quoth.verdict import Signals

if TYPE_CHECKING:
    from quoth.rank import Scores

RERANKED = 30
"""Different texts that late interaction looks at; all of them were no better on any set."""
COPIES_RERANKED = 8
"""Of one text: the passages around them tell them apart."""

ADJOINING = 3
"""Characters of white space between passages that are taken for one place."""

NeighboursOf = Callable[[Sequence[str]], Mapping[str, Neighbours]]


def rank(question: Question, candidates: Sequence[Candidate], neighbours_of: NeighboursOf | None) -> list[Candidate]:
    """Candidates, best first. `neighbours_of`: the store's; None leaves late interaction out."""
    cosines = _scores(candidate.cosine for candidate in candidates)
    fused = _ordered(candidates, fuse(cosines, _word_scores(question, candidates), question.trust.dense))
    if neighbours_of is None:
        return fused
    best, others = _head(fused)
    neighbours = neighbours_of([candidate.entry.passage.id for candidate in best])
    around = [neighbours[candidate.entry.passage.id] for candidate in best]
    matches = _matches(
        question,
        [signs for c, n in zip(best, around, strict=True) for signs in (c.entry.token_signs, n.before, n.after)],
    )
    owns = [matches[candidate.entry.token_signs] for candidate in best]
    in_contexts = [
        in_context(own, matches[neighbour.before], matches[neighbour.after])
        for own, neighbour in zip(owns, around, strict=True)
    ]
    best = [
        replace(
            candidate,
            late_score=weighted_mean(own, question.weights),
            context_score=weighted_mean(surrounded, question.weights),
        )
        for candidate, own, surrounded in zip(best, owns, in_contexts, strict=True)
    ]
    late = _scores(candidate.context_score or 0.0 for candidate in best)
    scores = rerank(_scores(c.score for c in best), late, question.trust.late)
    # Fused scores are at most 1, reranked ones at least 0: less 1, no rest stands above a reranked one.
    return _ordered(best, scores) + [replace(rest, score=rest.score - 1.0) for rest in others]


def put_below(ranked: Sequence[Candidate], question: Question, found: Sequence[Candidate]) -> list[Candidate]:
    """`ranked`, and below it those of `found` that are not in it."""
    known = {candidate.entry.passage.id for candidate in ranked}
    others = rank(question, [candidate for candidate in found if candidate.entry.passage.id not in known], None)
    # Fused scores are at most 1.
    return [*ranked, *(replace(other, score=ranked[-1].score + other.score - 1.0) for other in others)]


def signals_of(question: Question, ranked: Sequence[Candidate], best: Candidate | None = None) -> Signals:
    """What speaks for the first candidate being an answer, for `verdict.probability_of_answer`.

    `best`: the one of `ranked` that a cross-encoder puts first. The margin stays one of `rank`, negative where that has
    others before it: what was fitted on these scores holds for these scores. Fused scores alone count as a part of
    them, so that without late interaction the margin is at most that part.
    """
    best = next((one for one in ranked if best and one.entry.passage.id == best.entry.passage.id), ranked[0])
    late = best.context_score
    if late is None:
        signs = best.entry.token_signs
        late = weighted_mean(_matches(question, [signs])[signs], question.weights)
    second = next((other for other in ranked if not _is_same_place(best.entry, other.entry)), None)
    return Signals(
        cosine=float(best.entry.vector @ question.vectors.vector),
        late=late,
        coverage=word_share(question, best.entry.tokens),
        margin=(best.score - second.score) / (1.0 + question.trust.late) if second else 0.0,
    )


def _word_scores(question: Question, candidates: Sequence[Candidate]) -> Scores:
    """Of whole words; where the model is no help with their other forms, their spelling counts as well."""
    scores = _scores(candidate.word_score for candidate in candidates)
    if not question.trust.spelling or not candidates:
        return scores
    shares = spelling_shares(question.words.values(), [candidate.entry.passage.text for candidate in candidates])
    return _to_one(scores) + question.trust.spelling * _to_one(shares)


def _to_one(scores: Scores) -> Scores:
    """The highest is 1, where it is not 0."""
    return scores / (scores.max() or 1.0)


def _head(fused: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Those that late interaction looks at, and the others, both in order."""
    copies: Counter[str] = Counter()
    head, others = [], []
    for candidate in fused:
        text = text_of(candidate.entry)
        is_in = text in copies or len(copies) < RERANKED
        if is_in and copies[text] < COPIES_RERANKED:
            head.append(candidate)
            copies[text] += 1
        else:
            others.append(candidate)
    return head, others


def _is_same_place(one: Entry, other: Entry) -> bool:
    """A copy, which says the same, or a neighbour: neither speaks against the best."""
    if one.tokens == other.tokens:
        return True
    first, second = sorted((one.passage, other.passage), key=lambda passage: passage.span)
    return first.document_id == second.document_id and second.span.start - first.span.end <= ADJOINING


def _matches(question: Question, passages: Sequence[bytes]) -> dict[bytes, Scores]:
    """Best matches of the question's tokens, by the token signs of the passage."""
    tokens = question.vectors.tokens
    dimension = tokens.shape[1]
    different = list(dict.fromkeys(passages))  # a neighbour is often a candidate itself
    lengths = [len(signs) // bytes_of_token(dimension) for signs in different]
    found = best_matches_each(tokens, unpack_signs(b"".join(different), dimension), lengths)
    return dict(zip(different, found, strict=True))


def _ordered(candidates: Sequence[Candidate], scores: Scores) -> list[Candidate]:
    ids = [candidate.entry.passage.id for candidate in candidates]
    return [replace(candidates[position], score=float(scores[position])) for position in order(scores, ids)]


def _scores(values: Iterable[float]) -> Scores:
    return np.fromiter(values, dtype=np.float64)
