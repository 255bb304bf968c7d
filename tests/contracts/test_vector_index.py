"""What every VectorIndex does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.protocols import VectorIndex
from quoth.vectors import FaissIndex

if TYPE_CHECKING:
    from quoth.protocols import Matrix, Vector

INDEXES: dict[str, Callable[[int], VectorIndex]] = {"faiss": FaissIndex.empty}


@pytest.fixture(params=INDEXES)
def make_index(request: pytest.FixtureRequest) -> Callable[[int], VectorIndex]:
    return INDEXES[request.param]


def unit_rows(count: int, dimension: int, seed: int = 0) -> Matrix:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def test_the_nearest_are_those_of_brute_force(make_index: Callable[[int], VectorIndex]) -> None:
    rows, questions, ids = unit_rows(2000, 32), unit_rows(20, 32, seed=1), list(range(5, 2005))
    index = make_index(32)
    index.add(ids, rows)
    assert len(index) == 2000
    for question in questions:
        found = index.search(question, 10)
        exact = rows @ question
        assert [score for _, score in found] == pytest.approx(sorted(exact, reverse=True)[:10], abs=1e-3)
        assert all(exact[number - 5] == pytest.approx(score, abs=1e-3) for number, score in found)


def test_a_vector_is_nearest_to_itself_at_cosine_1(make_index: Callable[[int], VectorIndex]) -> None:
    rows = unit_rows(50, 16)
    index = make_index(16)
    index.add(range(50), rows)
    for number in range(50):
        (nearest, cosine), *_ = index.search(rows[number], 1)
        assert nearest == number
        assert cosine == pytest.approx(1.0, abs=1e-3)


def test_only_allowed_ids_are_returned(make_index: Callable[[int], VectorIndex]) -> None:
    rows = unit_rows(300, 16)
    index = make_index(16)
    index.add(range(300), rows)
    allowed = list(range(0, 300, 7))
    found = index.search(rows[1], 1000, allowed)
    assert sorted(number for number, _ in found) == allowed
    exact = rows @ rows[1]
    assert [score for _, score in found] == pytest.approx(sorted(exact[allowed], reverse=True), abs=1e-3)
    assert {number for number, _ in index.search(rows[1], 3, [4, 9999])} == {4}
    assert index.search(rows[1], 3, []) == []
    assert index.search(rows[1], 3, [9999]) == []


def test_barred_ids_are_not_returned(make_index: Callable[[int], VectorIndex]) -> None:
    rows = unit_rows(100, 16)
    index = make_index(16)
    index.add(range(100), rows)
    assert sorted(number for number, _ in index.search(rows[1], 1000, None, [1, 7, 9999])) == sorted(
        {*range(100)} - {1, 7}
    )
    assert sorted(number for number, _ in index.search(rows[1], 1000, [1, 2, 3], [1, 7])) == [2, 3]
    best = index.search(rows[1], 2)
    assert index.search(rows[1], 1, None, [1]) == best[1:]


def test_fewer_vectors_than_asked_for_are_not_padded(make_index: Callable[[int], VectorIndex]) -> None:
    index = make_index(8)
    assert index.search(unit_rows(1, 8)[0], 5) == []
    index.add([7], unit_rows(1, 8))
    assert [number for number, _ in index.search(unit_rows(1, 8)[0], 5)] == [7]
    assert index.search(unit_rows(1, 8)[0], 0) == []


def test_ties_go_by_id(make_index: Callable[[int], VectorIndex]) -> None:
    row = unit_rows(1, 8)
    ids = [int(n) for n in np.random.default_rng(0).permutation(400)]
    index = make_index(8)
    index.add(ids, np.repeat(row, 400, axis=0))
    assert [number for number, _ in index.search(row[0], 5)] == [0, 1, 2, 3, 4]
    assert [number for number, _ in index.search(row[0], 400)] == list(range(400))
    assert [number for number, _ in index.search(row[0], 2, [399, 17, 250])] == [17, 250]


def test_removed_ids_are_gone_and_unknown_ones_do_not_matter(make_index: Callable[[int], VectorIndex]) -> None:
    rows = unit_rows(20, 8)
    index = make_index(8)
    index.add(range(20), rows)
    index.remove([3, 4, 999])
    index.remove([3])
    index.remove([])
    assert len(index) == 18
    assert {number for number, _ in index.search(rows[3], 20)} == set(range(20)) - {3, 4}


def test_an_id_that_is_added_again_is_replaced(make_index: Callable[[int], VectorIndex]) -> None:
    rows = unit_rows(3, 8)
    index = make_index(8)
    index.add([1, 2], rows[:2])
    index.add([1], rows[2:])
    assert len(index) == 2
    assert index.search(rows[2], 1)[0][0] == 1
    assert index.search(rows[2], 1)[0][1] == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_refused(make_index: Callable[[int], VectorIndex], bad: float) -> None:
    index = make_index(4)
    rows = unit_rows(2, 4)
    rows[1, 2] = bad
    with pytest.raises(ValueError, match="NaN"):
        index.add([1, 2], rows)
    with pytest.raises(ValueError, match="NaN"):
        index.search(rows[1], 1)
    assert len(index) == 0


def test_another_dimension_is_refused(make_index: Callable[[int], VectorIndex]) -> None:
    index = make_index(4)
    with pytest.raises(ValueError, match="dimension 4"):
        index.add([1], unit_rows(1, 5))
    with pytest.raises(ValueError, match="dimension 4"):
        index.search(unit_rows(1, 3)[0], 1)


def test_ids_and_vectors_must_pair_up(make_index: Callable[[int], VectorIndex]) -> None:
    index = make_index(4)
    with pytest.raises(ValueError, match="ids"):
        index.add([1, 2], unit_rows(3, 4))
    with pytest.raises(ValueError, match="ids"):
        index.add([1, 1], unit_rows(2, 4))


@settings(deadline=None, max_examples=60)
@given(
    changes=st.lists(
        st.one_of(
            st.tuples(st.just("add"), st.lists(st.integers(0, 15), min_size=1, max_size=6, unique=True)),
            st.tuples(st.just("remove"), st.lists(st.integers(0, 20), max_size=6)),
        ),
        max_size=12,
    ),
    allowed=st.none() | st.lists(st.integers(0, 20), max_size=8, unique=True),
    k=st.integers(1, 20),
    seed=st.integers(0, 1000),
)
def test_it_agrees_with_a_table_whatever_is_done(
    changes: list[tuple[str, list[int]]], allowed: list[int] | None, k: int, seed: int
) -> None:
    index = FaissIndex.empty(8)
    table: dict[int, Vector] = {}
    for step, (change, ids) in enumerate(changes):
        if change == "add":
            # Halves are exact in float16, so that ties are ties on both sides.
            rows = np.random.default_rng(seed + step).integers(-1, 2, (len(ids), 8)).astype(np.float32) * np.float32(
                0.5
            )
            index.add(ids, rows)
            table.update(zip(ids, rows, strict=True))
        else:
            index.remove(ids)
            table = {number: row for number, row in table.items() if number not in ids}
    question = np.random.default_rng(seed).integers(-1, 2, 8).astype(np.float32) * np.float32(0.5)
    expected = sorted(
        ((number, float(row @ question)) for number, row in table.items() if allowed is None or number in allowed),
        key=lambda match: (-match[1], match[0]),
    )
    assert index.search(question, k, allowed) == expected[:k]
    assert len(index) == len(table)
