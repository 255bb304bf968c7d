from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.models.conftest import MAX_TOKENS, copy_with_prompts

from quoth.embed import SentenceTransformerEmbedder, load_embedder
from quoth.highlight import rows_of_sentences
from quoth.models import find_model
from quoth.presets import Prompts
from quoth.signs import pack_signs, unpack_signs

E5 = {"query": "query: ", "passage": "passage: "}
SHIPS = "Ships left the harbour."
BREAD = "Bread is baked in an oven."


@pytest.fixture(scope="module")
def plain(plain_folder: Path) -> SentenceTransformerEmbedder:
    return load_embedder(find_model(str(plain_folder)), "float32")


@pytest.fixture(scope="module")
def prompted(plain_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformerEmbedder:
    folder = copy_with_prompts(plain_folder, tmp_path_factory.mktemp("models") / "mine", E5)
    return load_embedder(find_model(str(folder)), "float32")


def test_prompts_stand_before_what_the_model_reads(
    plain: SentenceTransformerEmbedder, prompted: SentenceTransformerEmbedder
) -> None:
    (spelled_out,) = plain.embed_documents([f"passage: {SHIPS}"])
    (passage,) = prompted.embed_documents([SHIPS])
    assert passage.vector == pytest.approx(spelled_out.vector, abs=1e-5)
    question = prompted.embed_question("Who left?")
    assert question.vector == pytest.approx(plain.embed_question("query: Who left?").vector, abs=1e-5)
    assert question.vector != pytest.approx(plain.embed_question("Who left?").vector, abs=1e-3)


def test_tokens_of_a_prompt_take_no_part_in_late_interaction(
    plain: SentenceTransformerEmbedder, prompted: SentenceTransformerEmbedder
) -> None:
    assert prompted.embed_question("Who left?").pieces == ("who", "left")
    (spelled_out,) = plain.embed_documents([f"passage: {SHIPS}"])
    (passage,) = prompted.embed_documents([SHIPS])
    assert np.array_equal(
        unpack_signs(passage.token_signs, 16), unpack_signs(spelled_out.token_signs, 16)[2:]
    )  # without "passage" and ":"


def test_each_sentence_keeps_the_rows_of_its_own_tokens(prompted: SentenceTransformerEmbedder) -> None:
    (passage,) = prompted.embed_documents([f"{SHIPS} {BREAD}"])
    rows = len(unpack_signs(passage.token_signs, 16))
    counts = [prompted.count_tokens(text) for text in (SHIPS, BREAD)]
    assert rows_of_sentences(counts, rows) == [slice(0, 5), slice(5, 12)]


def test_the_budget_leaves_room_for_the_prompt_of_passages(
    plain: SentenceTransformerEmbedder, prompted: SentenceTransformerEmbedder
) -> None:
    assert plain.budget_tokens == MAX_TOKENS - 2
    assert prompted.budget_tokens == MAX_TOKENS - 2 - 2
    full = "bread " * prompted.budget_tokens
    (passage,) = prompted.embed_documents([full])
    assert len(unpack_signs(passage.token_signs, 16)) == prompted.count_tokens(full)


def test_a_folder_of_a_known_name_gets_the_prompts_of_its_preset(plain_folder: Path, tmp_path: Path) -> None:
    empty = {"query": "", "document": ""}  # what the library writes for a model without prompts
    folder = copy_with_prompts(plain_folder, tmp_path / "multilingual-e5-small", empty)
    source = find_model(str(folder))
    assert source.prompts == Prompts("query: ", "passage: ")
    assert load_embedder(source).budget_tokens == MAX_TOKENS - 2 - 2


def test_the_own_prompts_of_a_folder_count_before_those_of_its_name(plain_folder: Path, tmp_path: Path) -> None:
    folder = copy_with_prompts(plain_folder, tmp_path / "multilingual-e5-small", {"query": "find: "})
    assert find_model(str(folder)).prompts == Prompts(question="find: ")


def test_a_model_read_with_other_prompts_counts_as_another_model(plain_folder: Path, tmp_path: Path) -> None:
    names = ("plain", "multilingual-e5-small", "bge-small-en-v1.5")
    folders = [copy_with_prompts(plain_folder, tmp_path / name, {}) for name in names]
    endings = {find_model(str(folder)).fingerprint.partition("@")[2] for folder in folders}
    assert len(endings) == 3
    assert len({ending.partition("+")[0] for ending in endings}) == 1  # the same files


def test_tokens_go_through_the_layer_that_makes_sentences_wider(widened_folder: Path) -> None:
    embedder = load_embedder(find_model(str(widened_folder)), "float32")
    question = embedder.embed_question("ships left lisbon")
    assert embedder.dimension == question.vector.size == 24
    assert question.tokens.shape == (3, 24)
    (passage,) = embedder.embed_documents(["ships left lisbon"])
    assert passage.token_signs == pack_signs(question.tokens)
