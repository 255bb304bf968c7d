"""One question asked of each document by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quoth.catalogue import choose, skipped_of
from quoth.errors import QuestionError
from quoth.protocols import Embedder, Filter, IndexStore
from quoth.records import Answer, Coverage, DocumentAnswer, DocumentInfo, EachAnswer
from quoth.search.answer import Options, answer
from quoth.search.question import Question

MOST_DOCUMENTS = 1_000
"""Asked at once: some seconds."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of a long list: at most `limit` of its entries, from `offset` on. Raises QuestionError for what is none."""

    offset: int
    limit: int

    def __post_init__(self) -> None:
        if not isinstance(self.offset, int) or self.offset < 0:
            raise QuestionError(f"offset is {self.offset!r}; begin at 0 or further on")
        if not isinstance(self.limit, int) or not 1 <= self.limit <= MOST_DOCUMENTS:
            raise QuestionError(
                f"limit is {self.limit!r}; ask for 1 to {MOST_DOCUMENTS:,} at once, then go on from there"
            )

    @property
    def of_list(self) -> slice:
        return slice(self.offset, self.offset + self.limit)


def answer_each(
    question: Question,
    store: IndexStore,
    embedder: Embedder,
    *,
    sources: Sequence[str],
    part: Part,
    options: Options,
) -> EachAnswer:
    """A row for each document with text whose path matches one of `sources`, by path. The question is embedded once."""
    chosen = choose(store.documents(), sources)
    with_text = [info for info in chosen if info.state.has_text]

    def ask(info: DocumentInfo) -> Answer:
        coverage = Coverage(
            1, info.passages, skipped_of([info]), generation=store.generation, model=embedder.fingerprint
        )
        return answer(question, store, embedder, coverage=coverage, options=_within(info, options))

    rows = tuple(DocumentAnswer(info, ask(info)) for info in with_text[part.of_list])
    return EachAnswer(question.asked, rows, len(with_text), part.offset, skipped_of(chosen))


def _within(info: DocumentInfo, options: Options) -> Options:
    return replace(options, where=Filter(frozenset({info.id})))
