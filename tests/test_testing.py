"""The stand-ins are worth what they stand in for."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from quoth.signs import unpack_signs
from quoth.testing import HashEmbedder


def test_texts_of_the_same_words_are_near_and_others_are_not() -> None:
    embedder = HashEmbedder(256)
    texts = ["the red fox sleeps", "The fox sleeps: red!", "quite other matters altogether"]
    one, same, other = (embedding.vector for embedding in embedder.embed_documents(texts))
    assert float(one @ same) == pytest.approx(1, abs=1e-5)
    assert abs(float(one @ other)) < 0.4


@pytest.mark.parametrize("text", ["", "   ", "a", "wörter 𝔉 1,5", "x " * 300])
def test_every_text_has_a_vector_of_unit_length_and_signs_for_each_word(text: str) -> None:
    embedder = HashEmbedder()
    (embedding,) = embedder.embed_documents([text])
    assert np.linalg.norm(embedding.vector) == pytest.approx(1, abs=1e-5)
    assert len(unpack_signs(embedding.token_signs, embedder.dimension)) == embedder.count_tokens(text)
    question = embedder.embed_question(text)
    assert len(question.tokens) == len(question.pieces) == embedder.count_tokens(text)
    assert np.array_equal(question.vector, embedding.vector)


def test_another_process_makes_the_same_vectors() -> None:
    code = "from quoth.testing import HashEmbedder; print(HashEmbedder().embed_question('the fox').vector[:4].tolist())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(HashEmbedder().embed_question("the fox").vector[:4].tolist())
