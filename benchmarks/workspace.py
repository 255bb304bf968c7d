"""What the parts of a run share: the data, the indexes made of it, and how a library is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sets import QUALITY_SETS, QuestionSet
from quoth.library import Library
from quoth.protocols import Embedder
from quoth.records import BuildReport
from quoth.settings import Settings
from quoth.store import EmbeddedStore


@dataclass(frozen=True, slots=True)
class Workspace:
    data: Path
    """The folder of sets."""
    scratch: Path
    """An empty folder, thrown away after the run."""
    say: Callable[[str], None]
    """Told what is being done."""
    sets: tuple[str, ...] = QUALITY_SETS
    limit: int | None = None
    """At most this many questions of each kind; all when None."""
    pictures: Path | None = None
    """Where pictures are drawn; none when None."""
    embedder: Embedder | None = None
    """In the place of the one of the settings."""
    _reports: dict[Path, BuildReport] = field(default_factory=dict)

    def build(self, questions: QuestionSet, settings: Settings | None = None) -> tuple[Path, BuildReport]:
        """The index of the set's documents and how it was built: once in a run for each precision."""
        settings = settings or Settings()
        index = self.scratch / f"{questions.name}-{settings.precision}"
        if index not in self._reports:
            self.say(f"building the index of {questions.name}")
            with self.open(index, settings) as library:
                self._reports[index] = library.build(questions.documents)
        return index, self._reports[index]

    def open(self, index: Path, settings: Settings | None = None) -> Library:
        return Library(index, settings or Settings(), self.embedder) if self.embedder else open_library(index, settings)


def open_library(index: Path, settings: Settings | None = None) -> Library:
    """With the default settings, not those of a quoth.toml that happens to lie here."""
    return Library.open(index, settings=settings or Settings())


def read_passages(index: Path, embedder: Embedder) -> tuple[str, ...]:
    """The texts of all passages, by their ids, which follow no order of the documents."""
    texts: list[str] = []
    with EmbeddedStore.open(index, model=embedder.fingerprint) as store:
        last = ""
        while entries := store.scan(after=last):
            texts.extend(entry.passage.text for entry in entries)
            last = entries[-1].passage.id
    return tuple(texts)
