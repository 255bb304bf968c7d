from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.contracts.making import EMBEDDER, make_document

from quoth.cli import cli
from quoth.crossencode import LazyCrossEncoder
from quoth.errors import ModelError
from quoth.library import Library
from quoth.models import find_model
from quoth.protocols import Changes, Reranker
from quoth.search import prepare, rank, retrieve
from quoth.search.crossing import CROSS_SCORED, cross_rank
from quoth.settings import BUNDLED_MODEL, Settings
from quoth.testing import HashEmbedder, MemoryStore, OverlapReranker

QUESTION = "Who left the harbour of Lisbon?"
SHIPS = "Ships left the harbour of Lisbon."
BREAD = "Bread is baked in an oven."
CROWD = " ".join(f"The harbour of Lisbon is place {number}, left of many." for number in range(6))
PASSAGES = (SHIPS, BREAD, "Left.", "The harbour is in Lisbon.")


@pytest.fixture(scope="module", params=["tiny", "overlap"])
def reranker(request: pytest.FixtureRequest, cross_folder: Path) -> Reranker:
    return LazyCrossEncoder.find(str(cross_folder)) if request.param == "tiny" else OverlapReranker()


def test_every_passage_gets_a_score_between_0_and_1_whatever_its_neighbours(reranker: Reranker) -> None:
    scores = reranker.score(QUESTION, PASSAGES)
    assert scores.dtype == np.float64
    assert ((scores >= 0) & (scores <= 1)).all()
    assert len(set(scores)) == 4
    alone = [reranker.score(QUESTION, [passage])[0] for passage in PASSAGES]
    assert scores == pytest.approx(alone, abs=1e-6)


def test_the_score_belongs_to_the_pair(reranker: Reranker) -> None:
    assert reranker.score(QUESTION, [SHIPS]) != pytest.approx(reranker.score("bread ?", [SHIPS]), abs=1e-6)


def test_no_passages_get_no_scores(reranker: Reranker) -> None:
    assert reranker.score(QUESTION, []).shape == (0,)


def test_a_passage_longer_than_the_model_reads_is_cut_at_its_end(cross_folder: Path) -> None:
    model = LazyCrossEncoder.find(str(cross_folder))
    long = "bread is baked " * 30
    full, cut, other = model.score("who ?", [long, long + SHIPS, SHIPS + long])
    assert full == pytest.approx(cut, abs=1e-7)
    assert full != pytest.approx(other, abs=1e-6)


def test_the_first_passages_are_those_that_the_cross_encoder_likes_best() -> None:
    store = MemoryStore(model=EMBEDDER.fingerprint, dimension=EMBEDDER.dimension)
    texts = [f"Ships left the harbour {'slowly ' * number}." for number in range(30)]
    store.commit(Changes(added=[make_document("a.txt", *texts)]))
    question = prepare("ships left the harbour slowly", EMBEDDER, ("en",))
    before = rank(question, retrieve(question, store, None), store.neighbours)
    after = cross_rank(question.text, before, OverlapReranker())
    head, rest = after[:CROSS_SCORED], after[CROSS_SCORED:]
    assert {one.entry.passage.id for one in head} == {one.entry.passage.id for one in before[:CROSS_SCORED]}
    assert [one.cross_score for one in head] == sorted((one.cross_score or 0 for one in head), reverse=True)
    assert [one.entry for one in rest] == [one.entry for one in before[CROSS_SCORED:]]
    assert {one.cross_score for one in rest} == {None}
    scores = [one.score for one in after]
    assert scores == sorted(scores, reverse=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in (("ships", SHIPS), ("bread", BREAD), ("crowd", CROWD)):
        (folder / f"{name}.txt").write_text(text)
    return folder


def test_hits_are_ordered_by_the_cross_encoder_and_say_its_score(folder: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "e", Settings(), HashEmbedder(256), OverlapReranker()) as library:
        library.build(folder)
        hits = library.ask(QUESTION).hits
    assert hits[0].passage.text == SHIPS
    assert hits[0].cross_score == pytest.approx(5 / 7)  # of seven words in both, five are shared
    assert [hit.cross_score for hit in hits] == [hit.score for hit in hits]


def test_the_first_stage_answers_as_a_library_without_a_cross_encoder(folder: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "e", Settings(), HashEmbedder(256)) as library:
        library.build(folder)
        plain = library.ask(QUESTION)
        assert library.first_stage() is None
    with Library(tmp_path / "e", Settings(), HashEmbedder(256), OverlapReranker()) as library:
        first = library.first_stage()
        assert first is not None
        assert first.ask(QUESTION) == plain
        assert library.ask(QUESTION).hits[0].cross_score is not None


def test_without_a_cross_encoder_hits_have_no_cross_score(folder: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "e", Settings(), HashEmbedder(256)) as library:
        library.build(folder)
        assert {hit.cross_score for hit in library.ask(QUESTION).hits} == {None}


def test_the_settings_name_a_folder_and_the_answer_shows_its_score(
    folder: Path, tmp_path: Path, plain_folder: Path, cross_folder: Path
) -> None:
    with Library.open(tmp_path / "e", settings=Settings(model=str(plain_folder))) as library:
        library.build(folder)
    config = tmp_path / "quoth.toml"
    config.write_text(f"model = '{plain_folder}'\nembeddings = '{tmp_path / 'e'}'\n")
    asked = ["ask", QUESTION, "--config", str(config), "--json"]
    plain = json.loads(CliRunner().invoke(cli, asked).stdout)
    crossed = json.loads(CliRunner().invoke(cli, [*asked, "--cross-encoder", str(cross_folder)]).stdout)
    assert {hit["cross_score"] for hit in plain["hits"]} == {None}
    scores = [hit["cross_score"] for hit in crossed["hits"]]
    assert len(scores) >= 3
    assert scores == sorted(scores, reverse=True)
    direct = LazyCrossEncoder.find(str(cross_folder)).score(QUESTION, [crossed["hits"][0]["citation"]["quote"]])
    assert scores[0] == pytest.approx(direct[0], abs=1e-6)


def test_a_missing_folder_is_refused_when_the_library_is_opened(tmp_path: Path) -> None:
    settings = Settings(cross_encoder=str(tmp_path / "gone"))
    with pytest.raises(ModelError, match=r"is not there\. Set `cross_encoder` to a folder"):
        Library.open(tmp_path / "e", settings=settings)


def test_a_folder_without_a_model_is_refused_when_the_library_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"holds no config\.json\. Set `cross_encoder`"):
        Library.open(tmp_path / "e", settings=Settings(cross_encoder=str(tmp_path)))


def test_loading_a_library_loads_its_cross_encoder(folder: Path, tmp_path: Path, plain_folder: Path) -> None:
    settings = Settings(model=str(plain_folder), cross_encoder="nobody/no-such-model")
    with Library.open(tmp_path / "e", settings=settings) as library:
        library.build(folder)
        with pytest.raises(ModelError, match=r"'nobody/no-such-model' cannot be loaded: .* HF_HUB_OFFLINE=0"):
            library.load()


def test_a_model_that_was_not_trained_for_ranking_is_refused(classifier_folder: Path) -> None:
    with pytest.raises(ModelError, match="gives 3 figures for a pair, not one"):
        LazyCrossEncoder.find(str(classifier_folder)).score(QUESTION, [SHIPS])


@pytest.mark.parametrize("kind", ["ours", "bundled"])
def test_an_embedding_model_is_refused_rather_than_given_random_weights(kind: str, plain_folder: Path) -> None:
    folder = str(plain_folder) if kind == "ours" else find_model(BUNDLED_MODEL).location
    with pytest.raises(ModelError, match="without weights for scoring"):
        LazyCrossEncoder.find(folder).score(QUESTION, [SHIPS])
