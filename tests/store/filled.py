"""A store on disk with known documents, and what a user finds in it."""

from __future__ import annotations

from pathlib import Path

from tests.contracts.making import DIMENSION, make_corpus, make_document, question_vector

from quoth.protocols import Changes, Match
from quoth.store import EmbeddedStore

MODEL = "hash-64"
CORPUS = make_corpus(documents=6, passages=20)
MORE = make_corpus(documents=3, passages=20, seed=1, prefix="more-")
FRESH = [make_document("fresh.txt", "word1 word5 word17 word99", "word150 word3 word3")]


def fill(folder: Path) -> Path:
    with EmbeddedStore.create(folder, model=MODEL, dimension=DIMENSION) as store:
        store.commit(Changes(added=CORPUS))
        store.publish()
    return folder


def answers(store: EmbeddedStore) -> list[list[Match]]:
    """Both searches for a few questions."""
    questions = ["word1 word5", "word17", "word3 word99 word150"]
    nearest = [store.search(vector=question_vector(question), k=15) for question in questions]
    return nearest + [store.search(tokens=question.split(), k=15) for question in questions]
