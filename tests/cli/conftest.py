from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.letters import LETTER, Quoth

from quoth.cli import cli
from quoth.library import Library
from quoth.settings import Settings
from quoth.testing import HashEmbedder


@pytest.fixture
def quoth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Quoth:
    """The command line in a folder with two letters, on a model that counts words."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "weber.txt").write_text(LETTER)
    (tmp_path / "seeds" / "ships.md").write_text("# Ships\n\nTwelve ships lay in the harbour of Bergen all winter.\n")

    def open_library(settings: Settings) -> Library:
        return Library(Path(settings.embeddings), settings, HashEmbedder())

    def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=stdin, obj=open_library, prog_name="quoth")

    return run


@pytest.fixture
def built(quoth: Quoth) -> Quoth:
    assert quoth("build").exit_code == 0
    return quoth
