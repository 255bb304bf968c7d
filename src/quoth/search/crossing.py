"""The head of the ranking in the order of a cross-encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from quoth.chunk import embedding_text
from quoth.protocols import Reranker
from quoth.rank import order
from quoth.search.retrieval import Candidate, text_of

CROSS_SCORED = 20
"""Different texts that a cross-encoder reads; its time grows with their number."""


def cross_rank(question: str, ranked: Sequence[Candidate], reranker: Reranker) -> list[Candidate]:
    """The best `CROSS_SCORED` of the ranking in the order of their cross scores, then the others as they were.

    Copies have the score of their text and come with it.
    """
    texts: dict[str, str] = {}
    for one in ranked:
        if len(texts) < CROSS_SCORED:
            texts.setdefault(text_of(one.entry), embedding_text((), one.entry.passage.text))
    score_of = dict(zip(texts, reranker.score(question, list(texts.values())), strict=True))
    best = [one for one in ranked if text_of(one.entry) in score_of]
    rest = [one for one in ranked if text_of(one.entry) not in score_of]
    scores = np.array([score_of[text_of(one.entry)] for one in best])
    head = [
        replace(best[position], score=float(scores[position]), cross_score=float(scores[position]))
        for position in order(scores, [one.entry.passage.id for one in best])
    ]
    # Cross scores are at least 0; below them the others keep their order and their distances.
    return head + [replace(one, score=one.score - rest[0].score - 1.0) for one in rest]
