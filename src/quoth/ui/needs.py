"""What the page needs of a library. `quoth.library.Library` has it; tests bring their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from quoth.protocols import OnProgress
from quoth.records import (
    Answer,
    BuildReport,
    Citation,
    Document,
    DocumentInfo,
    EachAnswer,
    Mentions,
    Original,
    PageBox,
    Span,
)


class OriginalFiles(Protocol):
    """The files behind the documents, by the ids of these. See `quoth.originals`, also for what is raised."""

    def find(self, document_id: str) -> Original: ...

    def draw(self, document_id: str, number: int, width: int) -> bytes: ...

    def boxes(self, document_id: str, span: Span) -> Sequence[PageBox]: ...


class ReadingLibrary(Protocol):
    """Called from several threads at once. Any method may raise QuothError; its message is shown."""

    def ask(
        self,
        question: str,
        *,
        sources: Sequence[str] = (),
        history: Sequence[Answer | str] = (),
        drop: Sequence[str] = (),
    ) -> Answer: ...

    def first_stage(self) -> ReadingLibrary | None:
        """One that answers sooner, in an order that is not the last; None where answers take no longer than that."""
        ...

    def ask_each(
        self, question: str, *, sources: Sequence[str] = (), offset: int = 0, limit: int = 1_000
    ) -> EachAnswer: ...

    def mentions(self, text: str, *, sources: Sequence[str] = (), offset: int = 0, limit: int = 50) -> Mentions: ...

    def documents(self) -> Sequence[DocumentInfo]:
        """Sorted by source, unread files included."""
        ...

    def document(self, document_id: str) -> Document:
        """Raises KeyError when it is not there."""
        ...

    def cite(self, document_id: str, span: Span) -> Citation: ...

    def examples(self) -> Sequence[str]:
        """Questions or words to start from, best first."""
        ...

    @property
    def identity(self) -> str:
        """Of the index folder, whatever is built there: what a browser keeps for one belongs to no other."""
        ...

    @property
    def generation(self) -> int:
        """Another one after each change of the index; 0 without an index."""
        ...

    def foreign_languages(self) -> Sequence[str]:
        """Languages of the documents that the model was not trained on, when it matters."""
        ...

    @property
    def originals(self) -> OriginalFiles: ...


class KeepingLibrary(Protocol):
    """What the page needs to change the folder of the documents. `quoth.library.Library` has it."""

    @property
    def folder(self) -> Path: ...

    def documents(self) -> Sequence[DocumentInfo]: ...

    def build(self, folder: Path, *, on_progress: OnProgress | None = None) -> BuildReport: ...
