from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quoth.signs import pack_signs, unpack_signs


@given(st.integers(1, 40), st.integers(0, 9))
def test_unpacked_signs_are_those_that_were_packed(dimension: int, rows: int) -> None:
    generator = np.random.default_rng(rows * 100 + dimension)
    vectors = generator.standard_normal((rows, dimension)).astype(np.float32)
    unpacked = unpack_signs(pack_signs(vectors), dimension)
    assert unpacked.shape == (rows, dimension)
    assert np.array_equal(unpacked > 0, vectors > 0)


def test_a_token_costs_48_bytes_at_384_dimensions() -> None:
    assert len(pack_signs(np.ones((10, 384), dtype=np.float32))) == 480


def test_a_unit_vector_with_its_own_signs_gives_about_one() -> None:
    vectors = np.random.default_rng(0).standard_normal((200, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    products = (vectors * unpack_signs(pack_signs(vectors), 384)).sum(axis=1)
    assert np.allclose(products, 1.0, atol=0.1)
