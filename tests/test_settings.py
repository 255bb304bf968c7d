from __future__ import annotations

from pathlib import Path

import pytest

from quoth.errors import SettingsError
from quoth.settings import Settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "quoth.toml") == Settings()


def test_a_file_sets_options_and_arguments_win(tmp_path: Path) -> None:
    path = tmp_path / "quoth.toml"
    path.write_text('folder = "papers"\npassage_characters = 400\nexamples = ["Who?", "When?"]\n')
    settings = Settings.load(path, folder="letters", model=None)
    assert (settings.folder, settings.passage_characters, settings.examples) == ("letters", 400, ("Who?", "When?"))
    assert settings.model == Settings().model


def test_an_unknown_key_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    path = tmp_path / "quoth.toml"
    path.write_text('modell = "x"\n')
    with pytest.raises(SettingsError, match="unknown setting 'modell'; did you mean 'model'"):
        Settings.load(path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("passage_characters = 0", "use a whole number above 0"),
        ("passage_characters = 2.5", "use a whole number above 0"),
        ("passage_characters = true", "use a whole number above 0"),
        ("file_time_limit_s = -1", "use a number above 0"),
        ("file_time_limit_s = inf", "up to 1,000,000"),
        ("file_memory_limit_mb = 100000000000000", "up to 1,000,000"),
        ('rerank = "yes"', "use true or false"),
        ('precision = "half"', "use one of auto, float32, bfloat16"),
        ('model = ""', "use text"),
        ('examples = "one"', "use a list of texts"),
        ("examples = [1]", "use a list of texts"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "quoth.toml"
    path.write_text(line)
    with pytest.raises(SettingsError, match=message):
        Settings.load(path)


def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "quoth.toml"
    path.write_text("model: x")
    with pytest.raises(SettingsError, match=r"quoth\.toml cannot be read as TOML"):
        Settings.load(path)
