"""Shared by all tests: no hub is ever asked, and the real model is loaded once."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

os.environ["HF_HUB_OFFLINE"] = "1"

from quoth.embed import SentenceTransformerEmbedder, find_model, load_embedder
from quoth.settings import BUNDLED_MODEL

# How long an example takes says how busy the machine is, not whether the claim holds.
hypothesis.settings.register_profile("quoth", deadline=None)
hypothesis.settings.load_profile("quoth")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The documents that ship with the project."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def model() -> SentenceTransformerEmbedder:
    """The bundled model in float32, so that figures are the same on every machine."""
    return load_embedder(find_model(BUNDLED_MODEL), "float32")
