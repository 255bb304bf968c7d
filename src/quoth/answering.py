"""Questions to an index that a build may change or replace while it is read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from quoth.build import IN_PROGRESS
from quoth.catalogue import choose, skipped_of
from quoth.errors import DocumentGoneError
from quoth.lately import Lately
from quoth.protocols import Embedder, Filter, IndexStore, Reranker
from quoth.records import Answer, Coverage, DocumentInfo, EachAnswer, Mentions, Verdict
from quoth.search import (
    Asked,
    Options,
    Part,
    answer,
    answer_each,
    calibration_for,
    find_mentions,
    find_named,
    named_before,
    prepare_asked,
    show_mentions,
    trust_in,
)
from quoth.store import SharedStore
from quoth.verdict import Calibration, judge

READ_AGAIN = 3
"""Times that a question is asked again when a build takes away, in the middle of it, what was found."""

Found = TypeVar("Found")

_logger = logging.getLogger(__name__)


class Answering:
    """Safe to share between threads."""

    def __init__(
        self,
        shared: SharedStore,
        embedder: Embedder,
        reranker: Reranker | None,
        calibration: Callable[[], Calibration],
        *,
        rerank: bool,
    ) -> None:
        """`calibration` is read at each question: `Library.calibration` may be set."""
        self._shared = shared
        self._embedder = embedder
        self._reranker = reranker
        self._calibration = calibration
        self._rerank = rerank
        self._lately = Lately()

    def without_reranker(self) -> Answering:
        return Answering(self._shared, self._embedder, None, self._calibration, rerank=self._rerank)

    def ask(self, asked: Asked, *, k: int, per_document: int, sources: Sequence[str]) -> Answer:
        options = self._options(k, per_document)
        return self._find(lambda store: self._answer(store, asked, options, sources))

    def ask_each(self, asked: Asked, sources: Sequence[str], part: Part) -> EachAnswer:
        options = self._options(1, 1)

        def find(store: IndexStore) -> EachAnswer:
            prepared = prepare_asked(asked, self._embedder, _languages(store))
            return answer_each(prepared, store, self._embedder, sources=sources, part=part, options=options)

        key = ("each", asked.question, tuple(sources), part)
        return self._find(lambda store: self._lately.get(key, store.documents(), lambda: find(store)))

    def mentions(self, asked: Asked, sources: Sequence[str], part: Part) -> Mentions:
        key = ("mentions", asked.question, tuple(sources))

        def find(store: IndexStore) -> Mentions:
            found = self._lately.get(key, store.documents(), lambda: find_mentions(asked.question, store, sources))
            return show_mentions(found, store, part)

        return self._find(find)

    def _find(self, find: Callable[[IndexStore], Found]) -> Found:
        for _ in range(READ_AGAIN):
            try:
                with self._shared.reading() as store:
                    return find(store)
            except DocumentGoneError:
                _logger.info("a build has replaced a document that was just found; asking again")
        with self._shared.reading() as store:
            return find(store)

    def _answer(self, store: IndexStore, asked: Asked, options: Options, sources: Sequence[str]) -> Answer:
        chosen = choose(store.documents(), sources)
        where = Filter(frozenset(info.id for info in chosen)) if sources else None
        options = replace(options, where=where)
        languages = _languages(store)
        naming = find_named(asked, store, chosen, languages) or named_before(asked, chosen, languages)
        if naming is None:
            return self._answer_of(store, asked, options, chosen, chosen)
        of_named = replace(options, where=Filter(frozenset(info.id for info in naming.documents)), is_named=True)
        found = self._answer_of(store, naming.asked, of_named, naming.documents, chosen)
        trust = trust_in(self._embedder.languages, naming.asked.question, languages)
        # What was taken for a name may be none.
        if judge(found.probability, calibration_for(trust, self._calibration())) is Verdict.NOTHING:
            of_all = self._answer_of(store, asked, options, chosen, chosen)
            if of_all.verdict is Verdict.ANSWERS:
                return of_all
        return replace(found, question=asked.question, named=naming.named)

    def _answer_of(
        self,
        store: IndexStore,
        asked: Asked,
        options: Options,
        documents: Sequence[DocumentInfo],
        chosen: Sequence[DocumentInfo],
    ) -> Answer:
        """`documents`: those that are searched; `chosen`: all that the reader chose, some of which may be unread."""
        coverage = Coverage(
            documents=sum(info.state.has_text for info in documents),
            passages=sum(info.passages for info in documents),
            unread=skipped_of(chosen),
            interrupted=bool(store.recall(IN_PROGRESS)),
            generation=store.generation,
            model=self._embedder.fingerprint,
        )
        prepared = prepare_asked(asked, self._embedder, _languages(store))
        return answer(prepared, store, self._embedder, coverage=coverage, options=options)

    def _options(self, k: int, per_document: int) -> Options:
        return Options(k, None, self._rerank, per_document, self._calibration(), self._reranker)


def _languages(store: IndexStore) -> tuple[str, ...]:
    return tuple(dict.fromkeys(info.language for info in store.documents()))
