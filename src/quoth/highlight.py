"""Which sentence of a passage answers: arrays in, positions out."""

from __future__ import annotations

from collections.abc import Sequence

LATE_SHARE = 0.5
"""Weight of late interaction in a sentence's score, the rest being the share of the question's words it holds."""


STANDS_OUT_FROM = 0.3
"""Score of the best sentence below which none is highlighted: 99 in 100 sentences that answer lie above it."""
AS_GOOD = 0.05
"""A second sentence is highlighted too when its score is this near the best: docs/explanation/ranking.md."""


def answering_sentences(late_scores: Sequence[float], coverages: Sequence[float]) -> list[int]:
    """Positions of the sentence that answers, or of two that do about equally well; none when nothing stands out.

    Both arguments have one value per sentence: late interaction with that sentence's tokens and, discounted, with
    those of the one before it (about -1 to 1), and the share of the question's words that stand in it (0 to 1).
    """
    scores = [
        LATE_SHARE * late + (1 - LATE_SHARE) * coverage for late, coverage in zip(late_scores, coverages, strict=True)
    ]
    best = sorted(range(len(scores)), key=lambda position: (-scores[position], position))[:2]
    if not best or scores[best[0]] < STANDS_OUT_FROM:
        return []
    return sorted(position for position in best if scores[best[0]] - scores[position] < AS_GOOD)


def rows_of_sentences(token_counts: Sequence[int], rows: int) -> list[slice]:
    """Which of a passage's `rows` token vectors belong to each sentence.

    Counted from the end, because the heading path stands before the first sentence in what was embedded. A passage
    over the model's limit would lose rows at its end and shift every slice; the passage budget rules that out.
    """
    slices = []
    end = rows
    for count in reversed(token_counts):
        start = max(0, end - count)
        slices.append(slice(start, end))
        end = start
    return slices[::-1]
