"""How much memory Quoth takes, and how much room on disk."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from benchmarks.machine import peak_memory_bytes
from benchmarks.made_texts import write_files
from benchmarks.results import Cell, Row, Table
from benchmarks.sets import MissingDataError, load_set, sample
from benchmarks.workspace import Workspace, open_library

MEMORY = "Memory"
DISK = "Room on disk"

QUESTIONS = 50
TEXT_SET = "squad2_dev"
MADE_FILES, MADE_SENTENCES = 300, 20

P = ParamSpec("P")
T = TypeVar("T")


def measure_memory(workspace: Workspace) -> Iterator[Table]:
    """Peak of three fresh processes: one loads the model, one builds, one opens the index and asks."""
    name, documents, questions = corpus(workspace)
    index = workspace.scratch / "memory-index"
    workspace.say(f"measuring the memory of processes that build and ask {name}")
    idle = in_fresh_process(load_model_only)
    build, passages = in_fresh_process(build_index, index, documents)
    ask = in_fresh_process(ask_questions, index, questions)
    yield Table(
        MEMORY,
        f"Largest resident set of a fresh process on {name} ({passages:,} passages). While it builds, a second "
        "process parses; it is not counted here.",
        (
            Row("load the model and embed one question", {"peak MB": idle / 1e6}),
            Row("build the index", {"peak MB": build / 1e6}),
            Row(f"open the index and ask {len(questions)} questions", {"peak MB": ask / 1e6}),
        ),
    )
    yield Table(DISK, f"The embeddings folder of {name}.", tuple(disk_rows(index, passages)))


def in_fresh_process(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `work` in a process of its own, which ends with it."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(work, *args, **kwargs).result()


def load_model_only() -> int:
    """Bytes."""
    from quoth.embed import find_model, load_embedder
    from quoth.settings import Settings

    load_embedder(find_model(Settings().model)).embed_question("What is this?")
    return peak_memory_bytes()


def build_index(index: Path, documents: Path) -> tuple[int, int]:
    """Bytes, and the passages that were made."""
    with open_library(index) as library:
        report = library.build(documents)
    return peak_memory_bytes(), report.passages


def ask_questions(index: Path, questions: Sequence[str]) -> int:
    """Bytes."""
    with open_library(index) as library:
        for question in questions:
            library.ask(question)
    return peak_memory_bytes()


def disk_rows(index: Path, passages: int) -> Iterator[Row]:
    """Bytes of each part of the current index that is at least 1 % of all, biggest first, and of all together."""
    sizes: Counter[str] = Counter()
    for path in index.rglob("*"):
        if path.is_file():
            # An index is a folder of its own in the embeddings folder; its name says nothing.
            inside = path.relative_to(index).parts[1:] or (path.name,)
            sizes[inside[0] + ("/" if len(inside) > 1 else "")] += path.stat().st_size
    big = [(name, size) for name, size in sizes.most_common() if 100 * size >= sizes.total()]
    for name, size in (*big, ("all", sizes.total())):
        cells: dict[str, Cell] = {"bytes": size, "bytes per passage": size / passages}
        yield Row(name, cells)


def corpus(workspace: Workspace) -> tuple[str, Path, tuple[str, ...]]:
    """Name, folder and questions; made-up words when the set is not there."""
    try:
        questions = load_set(workspace.data, TEXT_SET)
    except MissingDataError as error:
        workspace.say(f"measuring on made-up words: {error}")
        documents = workspace.scratch / "made-for-memory"
        documents.mkdir()
        write_files(documents, MADE_FILES, MADE_SENTENCES)
        return "made-up texts", documents, ("What is this?",) * QUESTIONS
    return TEXT_SET, questions.documents, tuple(asked.text for asked in sample(questions.answerable, QUESTIONS))
