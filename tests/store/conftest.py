from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quoth.store import EmbeddedStore

from .filled import MODEL, fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("filled") / "embeddings")


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """An embeddings folder with a published index, for one test to do with as it likes."""
    return shutil.copytree(filled, tmp_path / "embeddings")


@pytest.fixture
def index(folder: Path) -> Path:
    with EmbeddedStore.open(folder, model=MODEL) as store:
        return store.path
