from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoth.highlight import answering_sentences, rows_of_sentences


def test_the_sentence_with_the_best_scores_is_chosen() -> None:
    assert answering_sentences([0.2, 0.6, 0.4], [0.0, 0.5, 0.5]) == [1]


def test_words_decide_between_sentences_that_mean_the_same() -> None:
    assert answering_sentences([0.5, 0.5], [0.1, 0.9]) == [1]


def test_two_sentences_that_are_about_as_good_are_both_chosen_in_their_order() -> None:
    assert answering_sentences([0.1, 0.5, 0.55], [0.1, 0.3, 0.3]) == [1, 2]


def test_never_more_than_two_are_chosen() -> None:
    assert answering_sentences([0.5] * 4, [0.5] * 4) == [0, 1]


def test_nothing_is_chosen_when_nothing_stands_out() -> None:
    assert answering_sentences([0.4, 0.3], [0.0, 0.1]) == []
    assert answering_sentences([], []) == []


def test_rows_are_counted_from_the_end_past_the_headings() -> None:
    assert rows_of_sentences([3, 4], rows=10) == [slice(3, 6), slice(6, 10)]


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 100))
def test_rows_never_overlap_and_never_leave_the_passage(counts: list[int], rows: int) -> None:
    slices = rows_of_sentences(counts, rows)
    assert len(slices) == len(counts)
    edges = [edge for part in slices for edge in (part.start, part.stop)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= rows for edge in edges)
