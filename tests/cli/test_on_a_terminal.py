from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest
from tests.cli.letters import PROGRAM, QUESTION, Quoth


def seen_on_a_terminal(*arguments: str, **environment: str) -> str:
    """Everything that the command sends to a terminal that is its stdout and stderr."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", PROGRAM, *arguments]
    variables = {"TERM": "xterm", **os.environ, "COLUMNS": "120", **environment}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=variables) as process:
        os.close(theirs)
        seen = b"".join(iter(lambda: _read(ours), b""))
        process.wait(timeout=60)
    os.close(ours)
    return seen.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux: the other side is closed
        return b""


def test_a_build_draws_a_bar_with_rate_and_clears_it(quoth: Quoth) -> None:
    seen = seen_on_a_terminal("build")
    assert "━" in seen
    assert "saving 100 %, 2 passages, " in seen
    assert " passages/s" in seen
    assert seen.rindex("\x1b[2K") < seen.index("added      2")  # the line is erased before the report


@pytest.mark.parametrize(("no_color", "shown"), [("", "\x1b[1;4mAnna Maria Weber"), ("1", "> Anna Maria Weber")])
def test_the_sentence_is_bold_unless_the_user_wants_no_styles(built: Quoth, no_color: str, shown: str) -> None:
    seen = seen_on_a_terminal("ask", QUESTION, NO_COLOR=no_color, TERM="xterm")
    assert shown in seen
    assert ("\x1b[" in seen) == (not no_color)
