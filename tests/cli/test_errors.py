from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from tests.cli.letters import Quoth


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask", "Why?"], "holds no index; run `quoth build`"),
        (["status"], "holds no index; run `quoth build`"),
        (["build", "nowhere"], "quoth: nowhere: No such file or directory; give the folder that holds the documents"),
        (["ask", " "], "quoth: the question is empty; type a question"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(quoth: Quoth, arguments: list[str], complaint: str) -> None:
    result = quoth(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith("quoth: ")
    assert complaint in result.stderr


def test_settings_come_from_a_file_and_arguments_win(built: Quoth, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text('embeddings = "elsewhere"\n')
    assert "elsewhere holds no index" in built("status", "--config", "my.toml").stderr
    assert built("status", "--config", "my.toml", "--embeddings", "embeddings").exit_code == 0
    (tmp_path / "quoth.toml").write_text("embedings = 1\n")
    assert built("status").stderr == "quoth: unknown setting 'embedings'; did you mean 'embeddings'?\n"


def test_a_file_of_settings_that_was_named_must_be_there(quoth: Quoth) -> None:
    assert quoth("status", "--config", "typo.toml").exit_code == 2


def test_arguments_that_are_not_text_are_refused(quoth: Quoth) -> None:
    result = quoth("ask", os.fsdecode(b"caf\xe9?"))
    assert result.exit_code == 2
    assert "the argument caf\\udce9? is not valid UTF-8" in result.stderr


def test_an_index_that_cannot_be_written_is_an_error_in_one_line(quoth: Quoth, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    result = quoth("build", "--embeddings", "taken")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_verbose_logs_to_stderr_and_leaves_logging_as_it_was(quoth: Quoth) -> None:
    before = (list(logging.getLogger("quoth").handlers), logging.getLogger("quoth").level)
    assert quoth("build", "-v").exit_code == 0
    assert (logging.getLogger("quoth").handlers, logging.getLogger("quoth").level) == before
