"""What holds for the whole package: what it imports where, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import quoth

PACKAGE = Path(quoth.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("torch", "sentence_transformers", "transformers", "faiss", "tantivy", "gradio", "numpy", "lxml", "pypdfium2")

HOME: dict[str, str | tuple[str, ...]] = {
    "faiss": "vectors.py",
    "tantivy": "words.py",
    "sentence_transformers": ("embed.py", "crossencode.py"),
    "torch": ("embed.py", "crossencode.py"),
    "huggingface_hub": "models.py",
    "sqlite3": "store/",
    "gradio": "ui/",
    "click": "cli/",
    "pypdfium2": "parsing/",
    "lxml": "parsing/",
    "sentencex": "segment/",
    "Stemmer": "analyze/",
    "psutil": "parsing/",
    "charset_normalizer": "parsing/",
    "markdown_it": "parsing/",
    "filelock": "store/",
    "gitmatch": "parsing/ignoring.py",
    "rich": "cli/",
    "matplotlib": "evaluate/plots.py",
    "docx": "evidence/word.py",
    "openpyxl": "parsing/workbook",
}
"""The one place that imports a foreign library; torch has two kinds of model to load."""


@cache
def imports(path: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return frozenset(names)


@pytest.mark.parametrize("library", HOME)
def test_a_foreign_library_is_imported_in_one_place(library: str) -> None:
    importers = [path.relative_to(PACKAGE).as_posix() for path in SOURCES if library in imports(path)]
    assert importers
    assert all(importer.startswith(HOME[library]) for importer in importers)


def test_nothing_is_pickled() -> None:
    assert not [path for path in SOURCES if imports(path) & {"pickle", "shelve", "marshal", "joblib", "dill"}]
    # Connection.send and .recv pickle; send_bytes and recv_bytes do not.
    calls = {
        node.func.attr
        for path in (PACKAGE / "parsing").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert "send_bytes" in calls
    assert not calls & {"send", "recv"}


def test_a_file_stays_under_300_lines() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {name: length for name, length in lengths.items() if length >= 300}


def test_importing_the_package_loads_nothing_heavy_and_takes_under_a_fifth_of_a_second() -> None:
    code = (
        "import sys, time; started = time.process_time(); import quoth; seconds = time.process_time() - started; "
        f"print(seconds, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)]
    outputs = [run.stdout.split(" ", 1) for run in runs]
    assert {loaded.strip() for _, loaded in outputs} == {"[]"}
    assert min(float(seconds) for seconds, _ in outputs) < 0.2


def test_every_public_name_is_there() -> None:
    assert quoth.__all__ == sorted(quoth.__all__)
    assert all(hasattr(quoth, name) for name in quoth.__all__)
