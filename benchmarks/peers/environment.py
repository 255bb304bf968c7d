"""The peers' virtual environment: made once, and again when what it is made from has changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.peers.worker import CHECKOUT

FOLDER = CHECKOUT / ".venv-peers"
REQUIREMENTS = Path(__file__).parent / "requirements.txt"
CONSTRAINTS = CHECKOUT / "constraints.txt"
SHARED = ("faiss-cpu", "numpy", "sentence-transformers", "tokenizers", "torch", "transformers")
"""What computes the vectors: the releases that Quoth runs with. All of constraints.txt would be too much, for a peer
may need a newer release of something else."""
STAMP = "made-from"


def make_environment(say: Callable[[str], None]) -> Path:
    """Python of the environment, made beforehand if need be (minutes). Raises CalledProcessError."""
    python = FOLDER / "bin" / "python"
    made_from = fingerprint()
    stamp = FOLDER / STAMP
    if python.exists() and stamp.exists() and stamp.read_text() == made_from:
        return python
    say(f"making {FOLDER.name} from {REQUIREMENTS.relative_to(CHECKOUT)}")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
    shared = FOLDER / "constraints.txt"
    shared.write_text(shared_constraints(CONSTRAINTS.read_text()))
    install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*install, "--constraint", str(shared), "--requirement", str(REQUIREMENTS)], check=True)
    stamp.write_text(made_from)
    return python


def fingerprint() -> str:
    """Of what the environment is made from."""
    parts = (sys.version, REQUIREMENTS.read_text(), shared_constraints(CONSTRAINTS.read_text()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def shared_constraints(constraints: str) -> str:
    """The lines of a constraints file that name a package of SHARED."""
    lines = [line for line in constraints.splitlines() if line.partition("==")[0] in SHARED]
    return "\n".join(lines) + "\n"
