"""The talk between a measuring process and a worker: one JSON object a line, a reply for each request.

Worker, when its model is loaded:  {"ready": true, "versions": "txtai 9.14.0"}
Request:  {"do": "index", "folder": "..."}
Reply:    {"seconds": 12.5, "passages": 1034}
Request:  {"do": "ask", "question": "...", "source": "a.txt" or null, "k": 20}
Reply:    {"seconds": 0.02, "passages": [["a.txt", 0, 931, "its text"], ...]}   best first
Instead of any reply:  {"error": "..."}

Starts and ends are code points of the file as it is, line ends untouched. A request to index forgets what was indexed
before. The worker ends when its input ends. Seconds are measured here: what JSON and pipes cost is nobody's fault.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, Protocol


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a file, and the text that the system holds for it."""

    source: str
    start: int
    end: int
    text: str


class Engine(Protocol):
    """One system, its model loaded."""

    def index(self, texts: dict[str, str], *, is_scoped: bool) -> int:
        """Make a new index of these files (name to text); returns how many passages it holds.

        When `is_scoped`, every question will name the one file that it is asked of.
        """
        ...

    def search(self, question: str, k: int, source: str | None) -> Sequence[Passage]:
        """At most k passages, best first; of one file when `source` is given."""
        ...


def serve(engine: Engine, packages: Sequence[str]) -> None:
    """Answer requests until the input ends. `packages` are those whose versions matter."""
    requests, replies = _own_the_pipes()
    _send(replies, {"ready": True, "versions": ", ".join(f"{name} {version(name)}" for name in packages)})
    for line in requests:
        try:
            reply = _reply(engine, json.loads(line))
        except Exception as error:  # noqa: BLE001  # whatever went wrong in a foreign system is told, and said there
            reply = {"error": f"{type(error).__name__}: {error}"}
        _send(replies, reply)


def read_texts(folder: Path) -> dict[str, str]:
    """File name to text, character for character."""
    texts = {}
    for path in sorted(folder.glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            texts[path.name] = file.read()
    return texts


def check_slices(passages: Sequence[Passage], texts: dict[str, str]) -> None:
    """Raise ValueError for a passage that is not what stands at its place."""
    for passage in passages:
        if not passage.start < passage.end or texts[passage.source][passage.start : passage.end] != passage.text:
            raise ValueError(f"{passage.source} {passage.start}-{passage.end} is not {passage.text!r}")


def _own_the_pipes() -> tuple[IO[str], IO[str]]:
    """The pipes of the talk. What a library prints, or a process it starts, goes to stderr from now on."""
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, replies


def _reply(engine: Engine, request: dict[str, Any]) -> dict[str, Any]:
    start = time.perf_counter()
    if request["do"] == "index":
        passages = engine.index(read_texts(Path(request["folder"])), is_scoped=request["is_scoped"])
        return {"seconds": time.perf_counter() - start, "passages": passages}
    found = engine.search(request["question"], request["k"], request["source"])
    return {"seconds": time.perf_counter() - start, "passages": [astuple(passage) for passage in found]}


def _send(replies: IO[str], message: dict[str, Any]) -> None:
    replies.write(json.dumps(message) + "\n")
    replies.flush()
