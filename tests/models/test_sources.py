from __future__ import annotations

import re
from pathlib import Path

import pytest

from quoth.embed import find_model, load_embedder
from quoth.errors import ModelError
from quoth.models import hub_answers
from quoth.presets import PRESETS, Prompts, find_preset
from quoth.settings import BUNDLED_MODEL


@pytest.mark.parametrize("name", ["intfloat/multilingual-e5-small", "multilingual-e5-small", "Multilingual-E5-small"])
def test_a_preset_is_found_by_its_name_long_or_short(name: str) -> None:
    source = find_model(name)
    assert source.prompts == Prompts("query: ", "passage: ")
    assert source.location.lower() == "intfloat/multilingual-e5-small"
    assert "+" in source.fingerprint


def test_the_bundled_model_has_a_preset_without_prompts() -> None:
    preset = find_preset(BUNDLED_MODEL)
    assert preset is not None
    assert (preset.prompts, preset.languages, preset.max_tokens) == (Prompts(), frozenset({"en"}), 256)
    assert "+" not in find_model(BUNDLED_MODEL).fingerprint


def test_a_name_that_nobody_wrote_down_keeps_the_prompts_of_its_own_configuration() -> None:
    source = find_model("owner/something-new")
    assert (source.prompts, source.fingerprint) == (None, "owner/something-new")


def test_one_preset_knows_the_languages_that_the_others_do_not() -> None:
    knowing = {code: [p.short_name for p in PRESETS if code in p.languages] for code in ("es", "de", "ru", "ar", "zh")}
    assert set(map(tuple, knowing.values())) == {("multilingual-e5-small",)}


@pytest.mark.parametrize("name", ["/no/such/model", "./model", "~/no-such-model", "models/of/mine", "models\\mine"])
def test_a_folder_that_is_not_there_is_said_to_be_missing_before_anything_loads(name: str) -> None:
    with pytest.raises(ModelError, match=r"is not there\. Set `model` to a folder that holds a model"):
        find_model(name)


def test_offline_no_hub_is_asked() -> None:
    assert not hub_answers("intfloat/multilingual-e5-small")


def test_a_name_without_a_network_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded: .* HF_HUB_OFFLINE=0 and a network"):
        load_embedder(find_model("intfloat/multilingual-e5-small"))


def test_a_hub_that_cannot_be_reached_costs_no_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")  # nothing listens on the discard port
    assert not hub_answers("intfloat/multilingual-e5-small")


def test_a_home_folder_is_found(plain_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(plain_folder.parent))
    assert find_model("~/plain").location == str(plain_folder)


def test_the_documented_table_is_that_of_the_presets() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "models.md").read_text(encoding="utf-8")
    for preset in PRESETS:
        rows = re.findall(rf"^\| `(?:\w+/)?{preset.short_name}` \| (.+) \|$", page, re.MULTILINE)
        (row,) = (row for row in rows if row.count(" | ") == 7)  # of the table of presets
        _, dimension, tokens, languages, question, passage, characters, _ = row.split(" | ")
        assert [int(dimension), int(tokens)] == [preset.dimension, preset.max_tokens]
        assert int(characters) == preset.passage_characters
        assert languages.startswith("English" if preset.languages == {"en"} else f"{len(preset.languages)},")
        assert (question, passage) == (_cell(preset.prompts.question), _cell(preset.prompts.passage))


def _cell(prompt: str) -> str:
    return f"`{prompt}`" if prompt else "nothing"
