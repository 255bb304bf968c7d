"""Token vectors at one bit a dimension: the form in which they are kept for late interaction."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quoth.protocols import Matrix


def pack_signs(token_vectors: Matrix | NDArray[np.bool_]) -> bytes:
    """(t, dimension) to one bit each (above 0), rows padded to whole bytes: 48 bytes a token at 384 dimensions."""
    return np.packbits(token_vectors > 0, axis=1).tobytes()


def bytes_of_token(dimension: int) -> int:
    """How many bytes the signs of one token take."""
    return -(-dimension // 8)


def unpack_signs(token_signs: bytes, dimension: int) -> Matrix:
    """(t, dimension) float32 of +c and -c.

    c is chosen so that a token vector's product with its own signs is about 1: the absolute values of a unit vector in
    d dimensions sum to about sqrt(2 d / pi) when they are spread like a normal distribution.
    """
    rows = np.frombuffer(token_signs, dtype=np.uint8).reshape(-1, bytes_of_token(dimension))
    bits = np.unpackbits(rows, axis=1, count=dimension)
    return (bits.astype(np.float32) * 2 - 1) / np.float32(math.sqrt(2 * dimension / math.pi))
