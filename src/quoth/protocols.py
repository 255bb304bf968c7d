"""The places where another implementation can be put. Stores share one contract suite, tests/contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from quoth.records import Document, DocumentInfo, Parsed, Passage, Progress, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]  # (dimension,), unit length
    Matrix = NDArray[np.float32]  # (n, dimension), rows of unit length


@dataclass(frozen=True, slots=True, eq=False)  # arrays cannot be compared with ==
class QuestionVectors:
    """One question, embedded once: `vector` for nearest passages, `tokens` (t, dimension) for late interaction."""

    vector: Vector
    tokens: Matrix
    """Rows of unit length; tokens that hold no letter or digit are left out."""
    pieces: tuple[str, ...]
    """The text of each token, lower case, without the tokenizer's own marks."""


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """What is kept of a passage's embedding."""

    vector: Vector
    token_signs: bytes
    """Sign bits of its token vectors, row by row: `signs.pack_signs`. What late interaction reads."""


class Embedder(Protocol):
    """Text to vectors. Safe to share between threads."""

    @property
    def fingerprint(self) -> str:
        """Name and content hash of the model; an index made with another one is refused."""
        ...

    @property
    def dimension(self) -> int: ...

    @property
    def languages(self) -> frozenset[str] | None:
        """ISO 639-1 codes of those it was trained on; None: not known, taken to be all."""
        ...

    @property
    def budget_tokens(self) -> int:
        """Most tokens of a passage, special tokens not counted; what is longer would be cut in silence."""
        ...

    def count_tokens(self, text: str) -> int:
        """Tokens of `text` without special tokens and without truncation."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        """One for each text, in the order given."""
        ...

    def embed_question(self, question: str) -> QuestionVectors: ...


class Reranker(Protocol):
    """Question and passage read together: slow, so only the best candidates are. Safe to share between threads."""

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """(n,) of 0 to 1, in the order of `passages`; higher answers better."""
        ...


class Parser(Protocol):
    """One file to exact text and locators. Runs in a worker process: a function that can be imported by name."""

    def __call__(self, path: Path) -> Parsed: ...


PART_MARK = "~"
"""A token that begins with it is a part of a word."""
PART_WEIGHT = 0.3
"""Of such a token in word search; 1 for the others. 0.2 and 0.5 were no better on eight sets."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A passage as a store keeps it."""

    passage: Passage
    tokens: tuple[str, ...]
    """From `analyze_passage`, words in order, then parts of words: what word search matches."""
    vector: Vector
    vector_key: str
    """32 hexadecimal digits: hash of the embedded text and the model. Equal keys mean equal vectors."""
    token_signs: bytes = b""
    """`Embedding.token_signs`, kept beside the vector under the same key. Empty: no late interaction."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Token signs of the passages before and after one in its document; empty where there is none."""

    before: bytes = b""
    after: bytes = b""


@dataclass(frozen=True, slots=True)
class Match:
    """One result of one kind of search. Sorted by (-score, passage_id)."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Which passages a search may find, all conditions together. Applied before retrieval, never after."""

    document_ids: frozenset[str] | None = None
    """None: of all documents."""
    phrases: tuple[str, ...] = ()
    """Each must stand in the passage, or across the border of it and its neighbours, as `literal.find` says."""
    excluded: tuple[str, ...] = ()
    """Words and phrases of which no part may stand in the passage, by the same rules."""
    words: tuple[tuple[str, ...], ...] = ()
    """Of each group, one token must stand in the passage."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands."""

    document_id: str
    span: Span
    passage_id: str


@dataclass(frozen=True, slots=True)
class StoreInfo:
    passages: int
    dimension: int
    model: str
    """`Embedder.fingerprint` of the model whose vectors these are."""
    analyzer: str
    """Version of the word analysis."""
    generation: int
    """Sequence number of the last commit."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Passages whose embedded text is the same."""

    passages: tuple[Passage, ...] = ()
    total: int = 0
    """Of all of them, also of those that are not among `passages`."""


class PassageStore(Protocol):
    """Passages with their vectors and words. Embedded or distributed; ids come from the caller.

    Only what `refresh` promises may be relied on: after it returns, this client's earlier writes are durable and found.
    """

    def upsert(self, entries: Sequence[Entry]) -> None:
        """Write all of them or raise; an id that is there already is replaced."""
        ...

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """Idempotent; unknown ids are not an error."""
        ...

    def refresh(self) -> None: ...

    def search(
        self,
        *,
        vector: Vector | None = None,
        tokens: Sequence[str] | None = None,
        k: int = 50,
        where: Filter | None = None,
    ) -> list[Match]:
        """One kind of search a call: cosine for `vector`, BM25 for `tokens`. At most k (k <= 1000), best first.

        A token that is given twice counts once, one that begins with PART_MARK counts PART_WEIGHT.
        """
        ...

    def get(self, passage_ids: Sequence[str]) -> dict[str, Entry]:
        """Those that exist, by id."""
        ...

    def neighbours(self, passage_ids: Sequence[str]) -> dict[str, Neighbours]:
        """One for each id; those that do not exist have none on either side. Overlapping passages: by their starts."""
        ...

    def copies(self, vector_keys: Sequence[str], *, limit: int, where: Filter | None = None) -> dict[str, Copies]:
        """Passages by `Entry.vector_key`, one value for each key: the first `limit` by source and place."""
        ...

    def scan(self, *, after: str = "", limit: int = 1000, where: Filter | None = None) -> list[Entry]:
        """The next `limit` entries with id > after, by id: for export and for moving to another store."""
        ...

    def places(self, where: Filter) -> list[Place]:
        """Every passage within `where`, by document id and span."""
        ...

    def info(self) -> StoreInfo: ...


@dataclass(frozen=True, slots=True)
class Changes:
    """One commit: `removed` documents go, `added` ones come with their passages, all or nothing.

    A file that changed is its old document removed and its new one added in the same commit.
    """

    added: Sequence[tuple[Document, Sequence[Entry]]] = ()
    removed: Sequence[str] = ()
    """Document ids."""
    touched: Sequence[DocumentInfo] = ()
    """Documents whose file has a new mtime but the same content: only their record is replaced."""


class Catalog(Protocol):
    """The documents behind the passages, and the one place where a build commits."""

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Sorted by source, unread files included."""
        ...

    def document(self, document_id: str) -> Document:
        """Raises DocumentGoneError, which is a KeyError, when it is not there."""
        ...

    def embeddings(self, keys: Sequence[str]) -> dict[str, Embedding]:
        """What is already known under these `Entry.vector_key`s."""
        ...

    def remember(self, name: str, value: str) -> None:
        """A note of the library's own beside the documents, such as the folder that was built."""
        ...

    def recall(self, name: str) -> str:
        """What was remembered under `name`; "" when nothing was."""
        ...

    def commit(self, changes: Changes) -> None:
        """One transaction. When it returns, the changes survive a power cut and are found by searches."""
        ...


class IndexStore(PassageStore, Catalog, Protocol):
    """What a library needs: passages and the documents they come from."""

    @property
    def generation(self) -> int:
        """As in `info`, which counts the passages too."""
        ...


class VectorIndex(Protocol):
    """Nearest vectors by cosine, under int64 ids that the store owns."""

    def add(self, ids: Sequence[int], vectors: Matrix) -> None: ...

    def remove(self, ids: Sequence[int]) -> None: ...

    def search(
        self, vector: Vector, k: int, allowed: Sequence[int] | None = None, barred: Sequence[int] = ()
    ) -> list[tuple[int, float]]:
        """At most k (id, cosine), best first, ties by id; only `allowed` ids when given, and no `barred` ones."""
        ...

    def __len__(self) -> int: ...


OnProgress = Callable[[Progress], None]
