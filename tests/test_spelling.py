from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.spelling import spelling_shares

words = st.lists(st.text(min_size=1, max_size=12), max_size=6)
texts = st.lists(st.text(max_size=80), max_size=6)


def test_forms_of_a_word_share_most_of_its_spelling_and_other_words_none() -> None:
    decision, other = spelling_shares(["decidieron"], ["Ayer decidió el tribunal.", "El puerto."])
    assert decision > 0
    assert other == 0


def test_case_and_accents_do_not_count() -> None:
    assert spelling_shares(["Decisión"], ["DECISION", "puerto"]).tolist() == [1.0, 0.0]


def test_a_part_of_a_compound_counts() -> None:
    compound, other = spelling_shares(["Hafen"], ["Der Hafenmeister kam.", "Der Meister kam."])
    assert compound > other


def test_what_is_rare_among_the_texts_counts_more_by_the_formula() -> None:
    rare, common, none = spelling_shares(["abc", "xyz"], ["abc", "xyz", "xyz abd"])
    weights = {"abc": math.log(4 / 1.5), "xyz": math.log(4 / 2.5)}  # " abc " and " xyz " are one n-gram each
    total = sum(weights.values())
    assert [rare, common, none] == pytest.approx(
        [weights["abc"] / total, weights["xyz"] / total, weights["xyz"] / total]
    )


@given(words, texts)
def test_shares_lie_between_0_and_1_one_for_each_text(words: list[str], texts: list[str]) -> None:
    shares = spelling_shares(words, texts)
    assert shares.shape == (len(texts),)
    assert ((shares >= 0) & (shares <= 1 + 1e-9)).all()


@given(words, texts)
def test_the_order_of_the_texts_does_not_matter(words: list[str], texts: list[str]) -> None:
    shares = spelling_shares(words, texts)
    assert spelling_shares(words, texts[::-1])[::-1] == pytest.approx(shares)
