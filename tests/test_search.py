from __future__ import annotations

import random

import pytest
from tests.contracts.making import EMBEDDER, make_document

from quoth.followup import Carried, Leaning
from quoth.protocols import Changes, Filter
from quoth.records import CarriedTerm, Coverage, Verdict
from quoth.search import Options, answer, lean, prepare, rank, retrieve, signals_of
from quoth.search.ranking import RERANKED
from quoth.testing import HashEmbedder, MemoryStore

TEXTS = (
    "The harbour of Lisbon closed in March.",
    "Forty ships waited outside the harbour.",
    "Roses need pruning in winter.",
    "The mayor of Porto resigned.",
)


@pytest.fixture
def store() -> MemoryStore:
    return store_of({"a.txt": TEXTS[:2], "b.txt": TEXTS[2:]})


def store_of(texts: dict[str, tuple[str, ...]], embedder: HashEmbedder = EMBEDDER) -> MemoryStore:
    store = MemoryStore(model=embedder.fingerprint, dimension=embedder.dimension)
    store.commit(Changes(added=[make_document(source, *parts) for source, parts in texts.items()]))
    return store


def texts_of(question: str, store: MemoryStore, *, where: Filter | None = None, late: bool = True) -> list[str]:
    prepared = prepare(question, EMBEDDER, ("en",))
    ranked = rank(prepared, retrieve(prepared, store, where), store.neighbours if late else None)
    return [candidate.entry.passage.text for candidate in ranked]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(
    ("question", "best"), [("How many ships waited?", 1), ("When did Lisbon close?", 0), ("Who resigned in Porto?", 3)]
)
def test_the_passage_that_answers_comes_first(store: MemoryStore, question: str, best: int, late: bool) -> None:
    assert texts_of(question, store, late=late)[0] == TEXTS[best]


def test_every_candidate_has_the_scores_of_both_searches(store: MemoryStore) -> None:
    prepared = prepare("ships outside the harbour of Lisbon", EMBEDDER, ("en",))
    found = {candidate.entry.passage.text: candidate for candidate in retrieve(prepared, store, None)}
    assert set(found) == set(TEXTS)
    for candidate in found.values():
        assert candidate.cosine == pytest.approx(float(candidate.entry.vector @ prepared.vectors.vector))
    assert found[TEXTS[1]].word_score > found[TEXTS[0]].word_score > found[TEXTS[2]].word_score == 0.0


def test_a_filter_comes_before_the_search(store: MemoryStore) -> None:
    (harbour, garden) = store.documents()
    assert set(texts_of("harbour", store, where=Filter(frozenset({garden.id})))) == set(TEXTS[2:])
    assert set(texts_of("roses", store, where=Filter(frozenset({harbour.id})))) == set(TEXTS[:2])


def test_the_words_of_a_question_are_kept_as_asked() -> None:
    question = prepare("Which SHIPS were waiting?", EMBEDDER, ("en",))
    assert set(question.words.values()) == {"SHIPS", "waiting"}


def test_function_words_weigh_less_in_late_interaction() -> None:
    question = prepare("who resigned", EMBEDDER, ("en",))
    assert dict(zip(question.vectors.pieces, question.weights, strict=True)) == {"who": 0.3, "resigned": 1.0}


def test_the_order_does_not_depend_on_the_order_of_the_candidates(store: MemoryStore) -> None:
    prepared = prepare("harbour in March", EMBEDDER, ("en",))
    candidates = retrieve(prepared, store, None)
    expected = rank(prepared, candidates, store.neighbours)
    random.Random(1).shuffle(candidates)
    ids = [[c.entry.passage.id for c in ranked] for ranked in (expected, rank(prepared, candidates, store.neighbours))]
    assert ids[0] == ids[1]


def test_no_passage_beyond_the_reranked_ones_stands_above_them() -> None:
    many = store_of({f"{number}.txt": (f"Ship number {number} left.",) for number in range(RERANKED + 20)})
    prepared = prepare("Which ship left?", EMBEDDER, ("en",))
    ranked = rank(prepared, retrieve(prepared, many, None), many.neighbours)
    assert len(ranked) > RERANKED
    assert all(candidate.late_score is not None for candidate in ranked[:RERANKED])
    assert all(candidate.late_score is None for candidate in ranked[RERANKED:])
    scores = [candidate.score for candidate in ranked]
    assert scores == sorted(scores, reverse=True)


def test_an_empty_index_answers_nothing() -> None:
    empty = MemoryStore(model=EMBEDDER.fingerprint, dimension=EMBEDDER.dimension)
    question = prepare("anything", EMBEDDER, ())
    found = answer(question, empty, EMBEDDER, coverage=Coverage(0, 0), options=Options(5, None, rerank=True))
    assert (found.verdict, found.probability, found.hits) == (Verdict.NOTHING, 0.0, ())


def test_more_passages_than_candidates_can_be_asked_for() -> None:
    many = store_of({f"{number}.txt": (f"Ship number {number} left.",) for number in range(120)})
    question = prepare("Which ship left?", EMBEDDER, ("en",))
    found = answer(question, many, EMBEDDER, coverage=Coverage(120, 120), options=Options(110, None, rerank=True))
    assert found.verdict is not Verdict.NOTHING
    assert len(found.hits) == 110


def test_a_passage_whose_subject_is_named_just_before_it_comes_before_others_like_it() -> None:
    store = store_of(
        {
            "a.txt": ("Ann Example led the harbour of Lisbon.", "She resigned in the winter."),
            "b.txt": ("Bob Sample led the mill of Porto.", "He resigned in the winter."),
        }
    )
    ranked = [text for text in texts_of("When did Ann Example resign?", store) if "winter" in text]
    assert ranked[0] == "She resigned in the winter."
    ranked = [text for text in texts_of("When did Bob Sample resign?", store) if "winter" in text]
    assert ranked[0] == "He resigned in the winter."


def test_what_a_question_carries_finds_passages_but_does_not_make_them_answers(store: MemoryStore) -> None:
    carried = Carried((CarriedTerm("the mayor of Porto", "title", "Who was he?"),), Leaning.REFERS)
    alone = prepare("When did he go?", EMBEDDER, ("en",))
    leaning = lean(alone, carried, EMBEDDER, ("en",))
    best = rank(leaning, retrieve(leaning, store, None), store.neighbours)
    assert best[0].entry.passage.text == TEXTS[3]
    assert best[0].cosine > float(best[0].entry.vector @ alone.vectors.vector)
    assert signals_of(leaning, best) == signals_of(alone, best)
    coverage, options = Coverage(2, 4), Options(k=3, where=None, rerank=True)
    found = answer(leaning, store, EMBEDDER, coverage=coverage, options=options)
    assert found.verdict is Verdict.CLOSEST
    assert found.probability < 0.05
    assert found.searched_for == carried.terms


def test_a_copy_of_the_best_passage_does_not_speak_against_it() -> None:
    margins = []
    for copies in (1, 3):
        texts = {f"{number}.txt": ("The mayor of Porto resigned.",) for number in range(copies)}
        store = store_of(texts | {"z.txt": TEXTS[:3]})
        prepared = prepare("Who resigned in Porto?", EMBEDDER, ("en",))
        margins.append(signals_of(prepared, rank(prepared, retrieve(prepared, store, None), store.neighbours)).margin)
    assert margins[1] == pytest.approx(margins[0], abs=0.1)
    assert margins[1] > 0.3
