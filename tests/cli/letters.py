"""Two letters to ask, and the command line as a program of its own, on a model that counts words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from click.testing import Result

LETTER = "Anna Maria Weber met the mayor in Lisbon in May.\nNobody asked why. She left on the next morning by ship.\n"
QUESTION = "Where did Anna Maria Weber met the mayor in Lisbon in May?"

Quoth = Callable[..., Result]

PROGRAM = """
import sys
from pathlib import Path
import quoth.build.run
from quoth.cli import cli
from quoth.library import Library
from quoth.testing import HashEmbedder

def open_library(settings):
    return Library(Path(settings.embeddings), settings, HashEmbedder())

quoth.build.run.BATCH_DOCUMENTS = 1  # many commits: there is one before any interruption
cli.main(sys.argv[1:], prog_name="quoth", obj=open_library)
"""


def start_quoth(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
