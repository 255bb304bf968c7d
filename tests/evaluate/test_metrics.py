"""The figures of `quoth eval` and of benchmarks/results.md are computed as they are said to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render.examples import answer_of, hit_of

from quoth.evaluate.abstention import (
    RiskPoint,
    auroc,
    calibration_error,
    most_coverage,
    reliability,
    risk_coverage,
    verdict_shares,
)
from quoth.evaluate.intervals import Interval, auroc_interval, difference_interval, mean_interval
from quoth.evaluate.scoring import (
    Outcome,
    Place,
    covers,
    highlights_answer,
    is_hit,
    is_read_within,
    measure,
    places_of,
    reciprocal_rank,
    score_ranking,
)
from quoth.records import Answer, Citation, Coverage, Hit, Passage, Span, Verdict


def place(start: int, end: int, source: str = "a.txt") -> Place:
    return Place(source, Span(start, end))


def hit(start: int, end: int, source: str) -> Hit:
    quote = "x" * (end - start)
    return Hit(
        passage=Passage("1" * 32, "2" * 32, Span(start, end), (Span(start, end),), quote),
        citation=Citation("Title", source, quote, start, end, "0" * 64, "0" * 64),
        score=1.0,
        cosine=0.5,
        word_score=2.0,
        late_score=None,
        terms=(),
    )


class TestCovering:
    def test_a_short_answer_must_be_held_whole(self) -> None:
        assert covers(place(100, 300), place(100, 180))
        assert not covers(place(100, 300), place(99, 179))

    def test_of_a_long_answer_half_is_enough(self) -> None:
        assert covers(place(0, 150), place(100, 200))
        assert not covers(place(0, 149), place(100, 200))

    def test_eighty_characters_are_short_and_eighty_one_are_long(self) -> None:
        assert not covers(place(0, 79), place(0, 80))
        assert covers(place(0, 80), place(0, 81))

    def test_a_passage_that_lies_almost_wholly_in_a_long_answer_covers_it(self) -> None:
        assert covers(place(490, 590), place(500, 1500))
        assert not covers(place(489, 589), place(500, 1500))

    def test_the_same_offsets_in_another_document_cover_nothing(self) -> None:
        assert not covers(place(0, 100, "b.txt"), place(10, 20, "a.txt"))

    def test_an_empty_passage_covers_nothing(self) -> None:
        assert not covers(place(500, 500), place(100, 1000))

    @given(st.integers(0, 200), st.integers(1, 300), st.integers(0, 200), st.integers(1, 300))
    def test_covering_is_what_counting_characters_one_by_one_says(
        self, start: int, length: int, gold_start: int, gold_length: int
    ) -> None:
        shown = set(range(start, start + length))
        wanted = set(range(gold_start, gold_start + gold_length))
        half = len(shown & wanted) / len(wanted) >= 0.5 or len(shown & wanted) >= 0.9 * len(shown)
        expected = half if len(wanted) > 80 else wanted <= shown
        assert covers(place(start, start + length), place(gold_start, gold_start + gold_length)) == expected


class TestRanking:
    def test_the_first_passage_that_covers_any_answer_counts_with_all_before_it(self) -> None:
        passages = [place(0, 200), place(500, 750), place(900, 1000)]
        assert score_ranking(passages, [place(910, 920), place(600, 610)]) == Outcome(rank=2, characters=450)

    def test_no_covering_passage_is_no_outcome(self) -> None:
        assert score_ranking([place(0, 200)], [place(300, 310)]) == Outcome()
        assert score_ranking([], [place(300, 310)]) == Outcome()

    def test_hit_at_k_counts_rank_k_and_not_the_next(self) -> None:
        assert is_hit(Outcome(3, 600), 3)
        assert not is_hit(Outcome(4, 600), 3)
        assert not is_hit(Outcome(), 10)

    def test_the_reciprocal_rank_ends_with_rank_ten(self) -> None:
        assert [reciprocal_rank(Outcome(rank, 1)) for rank in (1, 4, 10, 11)] == [1.0, 0.25, 0.1, 0.0]
        assert reciprocal_rank(Outcome()) == 0.0

    def test_the_covering_passage_itself_must_fit_into_the_characters(self) -> None:
        assert is_read_within(Outcome(2, 500), 500)
        assert not is_read_within(Outcome(2, 501), 500)
        assert not is_read_within(Outcome(), 500)

    def test_measures_are_means_over_the_questions(self) -> None:
        outcomes = [Outcome(1, 230), Outcome(2, 800), Outcome(12, 1900), Outcome()]
        values = {name: interval.value for name, interval in measure(outcomes).items()}
        assert values == {
            "hit@1": 0.25,
            "hit@3": 0.5,
            "hit@5": 0.5,
            "hit@10": 0.5,
            "MRR@10": 0.375,
            "R@500": 0.25,
            "R@1000": 0.5,
            "R@2000": 0.75,
        }

    def test_places_come_from_an_answer_in_its_order(self) -> None:
        answer = Answer("q", Verdict.ANSWERS, 0.9, (hit(7, 9, "b.txt"), hit(0, 4, "a.txt")), Coverage(2, 2))
        assert places_of(answer) == (place(7, 9, "b.txt"), place(0, 4, "a.txt"))


class TestIntervals:
    def test_a_mean_of_equal_values_is_certain(self) -> None:
        assert mean_interval([1.0, 1.0, 1.0]) == Interval(1.0, 1.0, 1.0)

    def test_the_interval_is_that_of_the_binomial(self) -> None:
        interval = mean_interval([1.0] * 320 + [0.0] * 80)  # 0.8 +- 1.96 sqrt(0.8 * 0.2 / 400) = 0.8 +- 0.039
        assert interval.value == 0.8
        assert interval.low == pytest.approx(0.761, abs=0.004)
        assert interval.high == pytest.approx(0.839, abs=0.004)

    def test_the_interval_is_the_same_on_every_run(self) -> None:
        values = [0.0, 0.25, 1.0, 0.5]
        assert mean_interval(values) == mean_interval(values)

    def test_a_difference_of_the_same_questions_is_seen_where_two_ranges_overlap(self) -> None:
        before = [0.0] * 90 + [1.0] * 110
        after = [1.0] * 10 + before[10:]
        difference = difference_interval(before, after)
        assert difference.value == pytest.approx(0.05)
        assert difference.low == pytest.approx(0.02, abs=0.006)  # 0.05 +- 1.96 sqrt(0.05 * 0.95 / 200) = 0.05 +- 0.030
        assert difference.excludes_zero
        assert mean_interval(before).high > mean_interval(after).low

    def test_no_difference_is_not_told_apart(self) -> None:
        assert difference_interval([0.0, 1.0, 0.5], [0.0, 1.0, 0.5]) == Interval(0.0, 0.0, 0.0)
        assert not difference_interval([0.0, 1.0, 0.5], [0.0, 1.0, 0.5]).excludes_zero

    def test_the_interval_of_an_auroc_holds_it(self) -> None:
        interval = auroc_interval([0.9, 0.8, 0.7, 0.3] * 10, [0.1, 0.2, 0.4, 0.75] * 10)
        assert interval.value == 13 / 16  # pairs in the right order: 4 + 4 + 3 + 2
        assert 0.6 < interval.low < interval.value < interval.high < 0.95

    def test_the_auroc_of_groups_that_do_not_meet_is_certain(self) -> None:
        assert auroc_interval([0.9, 0.8], [0.1, 0.2]) == Interval(1.0, 1.0, 1.0)

    def test_no_values_have_no_mean(self) -> None:
        with pytest.raises(ValueError, match="no values"):
            mean_interval([])


class TestAbstention:
    def test_auroc_counts_pairs_in_the_right_order_and_half_of_the_ties(self) -> None:
        # 0.9 > 0.2, 0.9 > 0.5, 0.5 > 0.2, and 0.5 = 0.5
        assert auroc([0.9, 0.5], [0.2, 0.5]) == 3.5 / 4

    @given(st.lists(st.floats(0, 1), min_size=1), st.lists(st.floats(0, 1), min_size=1))
    def test_auroc_is_the_share_of_ordered_pairs(self, positives: list[float], negatives: list[float]) -> None:
        wins = sum((high > low) + 0.5 * (high == low) for high in positives for low in negatives)
        assert auroc(positives, negatives) == pytest.approx(wins / (len(positives) * len(negatives)))

    def test_auroc_of_one_group_is_refused(self) -> None:
        with pytest.raises(ValueError, match="empty"):
            auroc([0.5], [])

    def test_risk_is_the_share_of_wrong_answers_among_those_given(self) -> None:
        points = risk_coverage([0.2, 0.9, 0.6, 0.4], [False, True, False, True])
        assert points == (
            RiskPoint(0.9, 0.25, 0.0),
            RiskPoint(0.6, 0.5, 0.5),
            RiskPoint(0.4, 0.75, 1 / 3),
            RiskPoint(0.2, 1.0, 0.5),
        )

    def test_answers_of_equal_probability_are_given_together(self) -> None:
        assert risk_coverage([0.7, 0.7], [True, False]) == (RiskPoint(0.7, 1.0, 0.5),)

    def test_the_most_coverage_at_a_risk_may_lie_beyond_a_worse_point(self) -> None:
        points = risk_coverage([0.2, 0.9, 0.6, 0.4], [False, True, False, True])
        assert most_coverage(points, 0.4) == RiskPoint(0.4, 0.75, 1 / 3)
        assert most_coverage(points[1:], 0.1) is None

    def test_reliability_says_what_was_said_and_what_was_right_in_tenths(self) -> None:
        bins = reliability([0.05, 0.91, 0.95, 1.0, 0.99], [False, True, True, True, False])
        assert [(one.low, one.high, one.count, one.right) for one in bins] == [(0.0, 0.1, 1, 0.0), (0.9, 1.0, 4, 0.75)]
        assert [one.probability for one in bins] == pytest.approx([0.05, 0.9625])
        assert calibration_error(bins) == pytest.approx((0.05 + 4 * 0.2125) / 5)

    def test_nothing_said_has_no_error(self) -> None:
        assert calibration_error(reliability([], [])) == 0.0

    @given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
    def test_every_answer_is_in_the_one_bin_that_holds_its_probability(self, said: list[tuple[float, bool]]) -> None:
        bins = reliability([probability for probability, _ in said], [right for _, right in said])
        assert sum(one.count for one in bins) == len(said)
        assert sum(one.count * one.right for one in bins) == pytest.approx(sum(right for _, right in said))
        assert all(one.low - 1e-9 <= one.probability <= one.high + 1e-9 for one in bins)
        assert 0 <= calibration_error(bins) <= 1

    def test_verdicts_that_did_not_occur_have_a_share_of_zero(self) -> None:
        shares = verdict_shares([Verdict.ANSWERS, Verdict.ANSWERS, Verdict.CLOSEST, Verdict.ANSWERS])
        assert shares == {Verdict.ANSWERS: 0.75, Verdict.CLOSEST: 0.25, Verdict.NOTHING: 0.0}


@pytest.mark.parametrize(
    ("source", "start", "end", "is_marked"),
    [
        ("news.txt", 15, 20, True),
        ("news.txt", 3, 9, False),
        ("news.txt", 5, 20, False),
        ("news.txt", 11, 100, None),
        ("news.txt", 115, 130, None),
        ("other.txt", 15, 20, None),
    ],
)
def test_a_short_answer_in_the_passage_is_highlighted_or_not(
    source: str, start: int, end: int, is_marked: bool | None
) -> None:
    answer = answer_of(hit_of("It rained. The mayor resigned. " + "x" * 90, highlights=[Span(11, 30)]))
    assert highlights_answer(answer, Outcome(1, 121), [place(start, end, source)]) is is_marked
    assert highlights_answer(answer, Outcome(), [place(start, end, source)]) is None
