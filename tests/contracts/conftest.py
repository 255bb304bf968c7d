"""The stores that the contract suites run on. Another one needs a line in STORES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from quoth.protocols import IndexStore
from quoth.store import EmbeddedStore
from quoth.testing import MemoryStore

from .making import DIMENSION


@contextmanager
def _embedded(folder: Path) -> Iterator[IndexStore]:
    with EmbeddedStore.create(folder, model="hash-64", dimension=DIMENSION) as store:
        yield store


STORES: dict[str, Callable[[Path], AbstractContextManager[IndexStore]]] = {
    "memory": lambda _: nullcontext(MemoryStore(model="hash-64", dimension=DIMENSION)),
    "embedded": _embedded,
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[IndexStore]:
    with STORES[request.param](tmp_path / "embeddings") as opened:
        yield opened
