"""What is found and shown where the same text stands in many files."""

from __future__ import annotations

import pytest
from tests.contracts.making import EMBEDDER, make_document

from quoth.protocols import Changes, Filter
from quoth.records import Answer, Coverage
from quoth.search import Options, answer, prepare, rank, retrieve
from quoth.search.retrieval import CANDIDATES
from quoth.search.winners import MOST_PLACES
from quoth.testing import MemoryStore, OverlapReranker

NOTICE = "Every patent licence is granted for the whole term of the patent."
OTHERS = ("A patent licence ends with the contract.", "The patent licence of Porto is void.")
QUESTION = "For what term is a patent licence granted?"


def store_of(copies: int, *others: str) -> MemoryStore:
    store = MemoryStore(model=EMBEDDER.fingerprint, dimension=EMBEDDER.dimension)
    sources = {f"{number:04}.txt": NOTICE for number in range(copies)} | {f"z{n}.txt": t for n, t in enumerate(others)}
    store.commit(Changes(added=[make_document(source, text) for source, text in sources.items()]))
    return store


def ask(store: MemoryStore, *, k: int = 5, where: Filter | None = None, reranks: bool = False) -> Answer:
    question = prepare(QUESTION, EMBEDDER, ("en",))
    options = Options(k, where, rerank=True, reranker=OverlapReranker() if reranks else None)
    return answer(question, store, EMBEDDER, coverage=Coverage(1, 1), options=options)


@pytest.mark.parametrize("reranks", [False, True])
def test_copies_leave_room_for_the_other_documents(reranks: bool) -> None:
    found = ask(store_of(120, *OTHERS), reranks=reranks)
    assert {hit.passage.text for hit in found.hits} == {NOTICE, *OTHERS}
    assert found.hits[0].passage.text == NOTICE


def test_every_place_of_the_same_words_is_named() -> None:
    best = ask(store_of(120, *OTHERS)).hits[0]
    assert len({citation.source for citation in (best.citation, *best.also_in)}) == 120
    assert len(best.also_in) == 119
    assert best.more_places == 0


def test_places_beyond_the_most_that_are_cited_are_counted() -> None:
    best = ask(store_of(MOST_PLACES + 51, *OTHERS)).hits[0]
    assert (len(best.also_in), best.more_places) == (MOST_PLACES, 50)


def test_more_copies_than_are_fetched_are_counted_too() -> None:
    best = ask(store_of(1200)).hits[0]
    assert len(best.also_in) + best.more_places == 1199


def test_places_outside_a_filter_are_not_named() -> None:
    store = store_of(120, *OTHERS)
    chosen = frozenset(info.id for info in store.documents()[:60])
    best = ask(store, where=Filter(chosen)).hits[0]
    assert len(best.also_in) == 59


@pytest.mark.parametrize("copies", [1, 120])
def test_the_verdict_and_the_order_do_not_depend_on_how_many_are_asked_for(copies: int) -> None:
    others = [f"The patent licence {number} is granted for a term." for number in range(150)]
    answers = [ask(store_of(copies, *others), k=k) for k in (1, 5, 50, 90)]
    assert len({found.probability for found in answers}) == 1
    shown = [[hit.passage.id for hit in found.hits] for found in answers]
    assert [len(ids) for ids in shown] == [1, 5, 50, 90]
    assert all(shown[-1][: len(ids)] == ids for ids in shown)
    scores = [hit.score for hit in answers[-1].hits]
    assert scores == sorted(scores, reverse=True)


class CountingStore(MemoryStore):
    searches = 0

    def search(self, **conditions: object) -> list:  # type: ignore[type-arg]  # passed on as they are
        self.searches += 1
        return super().search(**conditions)  # type: ignore[arg-type]


@pytest.mark.parametrize(("copies", "searches"), [(1, 2), (200, 10)])
def test_only_copies_cost_another_search(copies: int, searches: int) -> None:
    store = CountingStore(model=EMBEDDER.fingerprint, dimension=EMBEDDER.dimension)
    others = [f"A patent licence is granted, {number}." for number in range(100)]
    texts = {f"{n}.txt": text for n, text in enumerate([NOTICE] * copies + others)}
    store.commit(Changes(added=[make_document(source, text) for source, text in texts.items()]))
    question = prepare(QUESTION, EMBEDDER, ("en",))
    found = retrieve(question, store, None)
    assert 2 <= store.searches <= searches
    assert len({candidate.entry.passage.text for candidate in found}) >= CANDIDATES


def test_copies_are_ranked_by_what_stands_around_them_as_before() -> None:
    store = MemoryStore(model=EMBEDDER.fingerprint, dimension=EMBEDDER.dimension)
    names = ("Ann Example led the harbour.", "Bob Sample led the mill.", "Cleo Pattern led the school.")
    added = [make_document(f"{n}.txt", name, "She resigned in the winter.") for n, name in enumerate(names)]
    store.commit(Changes(added=added))
    question = prepare("When did Cleo Pattern resign?", EMBEDDER, ("en",))
    ranked = rank(question, retrieve(question, store, None), store.neighbours)
    best = next(candidate for candidate in ranked if "winter" in candidate.entry.passage.text)
    assert best.entry.passage.document_id == added[2][0].info.id
