"""Quoth and its peers, asked in the same way."""

from __future__ import annotations

import glob
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from benchmarks.peers.worker import Worker
from benchmarks.quality import SHOWN, check_slices
from benchmarks.sets import Question, QuestionSet, read_texts
from quoth.embed import LazyEmbedder, find_model
from quoth.evaluate.scoring import Outcome, Place, places_of, score_answer, score_ranking
from quoth.library import Library
from quoth.protocols import Embedder
from quoth.records import Span
from quoth.settings import BUNDLED_MODEL, Settings

QUOTH = "Quoth"
WORKERS = {
    "LangChain": "langchain_faiss",
    "LangChain ensemble": "langchain_ensemble",
    "Haystack": "haystack_hybrid",
    "txtai": "txtai_hybrid",
    "txtai sentences": "txtai_sentences",
}
"""Peers by the name that stands in the table, with the module of `benchmarks.peers.workers`."""


@dataclass(frozen=True, slots=True)
class Indexed:
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What one question got."""

    outcome: Outcome
    lengths: tuple[int, ...]
    """Characters of each passage shown, best first."""
    seconds: float


class System(Protocol):
    """What is measured: its model is loaded already."""

    versions: str

    def index(self, questions: QuestionSet) -> Indexed:
        """Make a new index of the set's documents."""
        ...

    def ask(self, question: Question) -> Reply:
        """Raises ValueError for a passage that is not a slice of its file."""
        ...

    def close(self) -> None: ...


class Peer:
    """A system in a process of its own."""

    def __init__(self, worker: Worker) -> None:
        self.versions = worker.versions
        self._worker = worker
        self._texts: Mapping[str, str] = {}
        self._is_scoped = False

    def index(self, questions: QuestionSet) -> Indexed:
        """Raises WorkerError."""
        self._texts = read_texts(questions.documents)
        self._is_scoped = questions.is_scoped
        reply = self._worker.request(
            do="index", folder=str(questions.documents.resolve()), is_scoped=questions.is_scoped
        )
        return Indexed(reply["passages"], reply["seconds"])

    def ask(self, question: Question) -> Reply:
        """Raises WorkerError, and ValueError for a passage that is not a slice of its file."""
        source = question.sources[0] if self._is_scoped else None
        reply = self._worker.request(do="ask", question=question.text, source=source, k=SHOWN)
        places = [Place(name, Span(start, end)) for name, start, end, _ in reply["passages"]]
        check_slices(places, [text for *_, text in reply["passages"]], self._texts)
        return Reply(
            score_ranking(places, question.golds), tuple(len(place.span) for place in places), reply["seconds"]
        )

    def close(self) -> None:
        self._worker.close()


class Quoth:
    """Quoth with its default settings, in this process."""

    def __init__(self, scratch: Path, embedder: Embedder) -> None:
        """`scratch`: an empty folder for the indexes."""
        self.versions = f"quoth {version('quoth')}"
        self._scratch = scratch
        self._embedder = embedder
        self._library: Library | None = None
        self._texts: Mapping[str, str] = {}
        self._is_scoped = False

    def index(self, questions: QuestionSet) -> Indexed:
        self.close()
        self._texts = read_texts(questions.documents)
        self._is_scoped = questions.is_scoped
        self._library = Library(self._scratch / questions.name, Settings(), self._embedder)
        start = time.perf_counter()
        report = self._library.build(questions.documents)
        return Indexed(report.passages, time.perf_counter() - start)

    def ask(self, question: Question) -> Reply:
        assert self._library is not None, "index first"
        sources = [glob.escape(source) for source in question.sources] if self._is_scoped else []
        start = time.perf_counter()
        answer = self._library.ask(question.text, k=SHOWN, sources=sources)
        seconds = time.perf_counter() - start
        places = places_of(answer)
        check_slices(places, [hit.passage.text for hit in answer.hits], self._texts)
        return Reply(score_answer(answer, question.golds), tuple(len(place.span) for place in places), seconds)

    def close(self) -> None:
        """The index; another one can be made."""
        if self._library is not None:
            self._library.close()
            self._library = None


def open_quoth(scratch: Path) -> Quoth:
    embedder = LazyEmbedder(find_model(BUNDLED_MODEL), Settings().precision)
    embedder.load()
    return Quoth(scratch, embedder)


def open_peer(name: str, python: Path) -> Peer:
    """A peer, run with the Python of the peers' environment on the model files that Quoth uses. Raises WorkerError."""
    model = find_model(BUNDLED_MODEL).location
    return Peer(Worker([str(python), "-m", f"benchmarks.peers.workers.{WORKERS[name]}", model]))
