from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.rank import best_matches, best_matches_each, fuse, in_context, normalise, order, rerank, weighted_mean
from quoth.records import Verdict
from quoth.verdict import BUNDLED, Signals, judge, probability_of_answer

scores = st.lists(st.floats(-10, 10, allow_nan=False), min_size=1, max_size=20)


@given(scores)
def test_normalised_scores_reach_from_0_to_1_and_keep_their_order(values: list[float]) -> None:
    normalised = normalise(np.array(values))
    assert normalised.min() == 0
    assert normalised.max() == (1 if max(values) > min(values) else 0)
    assert all(np.diff(normalised[np.argsort(values, kind="stable")]) >= 0)


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 30)), min_size=1, max_size=20))
def test_fusion_does_not_depend_on_which_search_comes_first(pairs: list[tuple[float, float]]) -> None:
    cosines, words = (np.array(side) for side in zip(*pairs, strict=True))
    assert np.allclose(fuse(cosines, words), fuse(words, cosines))


def test_fusion_is_the_mean_of_the_normalised_scores() -> None:
    assert fuse(np.array([0.2, 0.4, 0.6]), np.array([0.0, 8.0, 2.0])).tolist() == [0.0, 0.75, 0.625]


def test_rerank_adds_both_sides_on_one_scale() -> None:
    assert rerank(np.array([0.5, 1.0]), np.array([0.9, 0.1])).tolist() == [2.0, 1.0]


def test_late_interaction_is_the_weighted_mean_of_the_best_matches() -> None:
    question = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    passage = np.array([[0.5, 0.2], [0.1, 0.4]], dtype=np.float32)
    assert weighted_mean(best_matches(question, passage), np.array([1.0, 1.0])) == pytest.approx(0.45)
    assert weighted_mean(best_matches(question, passage), np.array([1.0, 0.0])) == pytest.approx(0.5)


def test_a_match_beside_the_passage_counts_a_little_less_and_after_it_less_than_before() -> None:
    matches = in_context(np.array([0.9, 0.2, 0.2]), np.array([0.9, 0.5, 0.0]), np.array([0.9, 0.0, 0.5]))
    assert matches.tolist() == pytest.approx([0.9, 0.46, 0.38])


def test_late_interaction_with_nothing_is_0() -> None:
    nothing = np.empty((0, 2), dtype=np.float32)
    something = np.ones((1, 2), dtype=np.float32)
    assert weighted_mean(best_matches(nothing, something), np.array([])) == 0.0
    assert weighted_mean(best_matches(something, nothing), np.array([1.0])) == 0.0


@given(st.lists(st.sampled_from([0.1, 0.2, 0.3]), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_the_candidates(values: list[float], random: object) -> None:
    ids = [f"{position:02}" for position in range(len(values))]
    shuffled = list(range(len(values)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis passes a random.Random
    ranked = [ids[position] for position in order(np.array(values), ids)]
    again = [
        shuffled[position] for position in order(np.array([values[i] for i in shuffled]), [ids[i] for i in shuffled])
    ]
    assert ranked == [ids[position] for position in again]


def test_a_strong_match_is_judged_an_answer_and_none_at_all_nothing() -> None:
    strong = probability_of_answer(Signals(cosine=0.8, late=0.8, coverage=1.0, margin=0.3))
    weak = probability_of_answer(Signals(cosine=0.0, late=0.1, coverage=0.0, margin=0.0))
    assert judge(strong) is Verdict.ANSWERS
    assert judge(weak) is Verdict.NOTHING


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5))
def test_more_evidence_never_lowers_the_probability(cosine: float, late: float, coverage: float, more: float) -> None:
    less = probability_of_answer(Signals(cosine, late, coverage, 0.1))
    assert probability_of_answer(Signals(cosine + more, late, coverage, 0.1)) >= less
    assert probability_of_answer(Signals(cosine, late + more, coverage, 0.1)) >= less
    assert probability_of_answer(Signals(cosine, late, coverage + more, 0.1)) >= less
    assert probability_of_answer(Signals(cosine, late, coverage, 0.1 + more)) >= less


@pytest.mark.parametrize(("bias", "chance"), [(1e6, 1.0), (-1e6, 0.0), (0.0, 0.5)])
def test_no_calibration_is_too_certain_to_be_computed(bias: float, chance: float) -> None:
    calibration = replace(BUNDLED, bias=bias, weights={})
    assert probability_of_answer(Signals(0.0, 0.0, 0.0, 0.0), calibration) == pytest.approx(chance, abs=1e-12)


@given(st.lists(st.integers(0, 4), max_size=6), st.integers(0, 2**32 - 1))
def test_many_passages_at_once_match_as_one_by_one(lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    question = random.standard_normal((3, 8)).astype(np.float32)
    passages = [random.standard_normal((length, 8)).astype(np.float32) for length in lengths]

    found = best_matches_each(question, np.concatenate([np.zeros((0, 8), np.float32), *passages]), lengths)

    assert len(found) == len(passages)
    for one, passage in zip(found, passages, strict=True):
        assert np.allclose(one, best_matches(question, passage), atol=1e-5)
