"""Which sentence of a passage answers: arrays in, a position out."""

from __future__ import annotations

from collections.abc import Sequence

LATE_SHARE = 0.5
"""Weight of late interaction in a sentence's score, the rest being the share of the question's words it holds."""


def best_sentence(late_scores: Sequence[float], coverages: Sequence[float]) -> int:
    """Position of the sentence that answers best; the earlier one of two equals.

    Both arguments have one value per sentence: late interaction with that sentence's tokens (about -1 to 1), and the
    share of the question's words that stand in it (0 to 1).
    """
    scores = [
        LATE_SHARE * late + (1 - LATE_SHARE) * coverage for late, coverage in zip(late_scores, coverages, strict=True)
    ]
    return max(range(len(scores)), key=lambda position: (scores[position], -position))


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
