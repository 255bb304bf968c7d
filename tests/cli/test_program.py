from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from scripts.cli_docs import PAGE, reference
from tests.cli.letters import Quoth, start_quoth


def run_quoth(*arguments: str, code: str = "from quoth.cli import main; main()") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_help_loads_nothing_heavy() -> None:
    code = """
import sys
from quoth.cli import main
try:
    main()
except SystemExit:
    print(sorted({"faiss", "gradio", "lxml", "numpy", "rich", "tantivy", "torch"} & sys.modules.keys()))
"""
    result = run_quoth("--help", code=code)
    assert result.stdout.startswith("Usage: quoth [OPTIONS] COMMAND")
    assert result.stdout.splitlines()[-1] == "[]"


def test_version_is_that_of_the_package() -> None:
    assert run_quoth("--version").stdout == "quoth 0.1.0\n"


def test_a_reader_that_has_enough_is_no_error(built: Quoth, tmp_path: Path) -> None:
    process = start_quoth("status", "--documents")
    assert process.stdout is not None
    process.stdout.close()  # as `| head -0` does
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=60) == 1


@pytest.mark.parametrize("command", ["ask", "build", "serve", "status", "verify"])
def test_every_help_has_an_example_and_the_exit_codes(quoth: Quoth, command: str) -> None:
    shown = quoth(command, "--help").stdout
    assert f"\n  Example:\n    quoth {command}" in shown or f"\n    quoth {command}" in shown
    assert "\n  Exit codes:\n    0" in shown


def test_the_reference_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run `python scripts/cli_docs.py`"
