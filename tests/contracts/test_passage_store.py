"""What every PassageStore does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quoth.analyze import ANALYZER_VERSION
from quoth.protocols import PART_MARK, PART_WEIGHT, Changes, Copies, Entry, Filter, IndexStore, Match, Neighbours
from quoth.records import Span
from quoth.testing import bm25

from .making import (
    DIMENSION,
    all_entries,
    hash_of,
    ids,
    make_corpus,
    make_document,
    make_entry,
    question_vector,
    same,
)

CORPUS = [entry for _, entries in make_corpus() for entry in entries]


def fill(store: IndexStore, entries: list[Entry]) -> None:
    store.upsert(entries)
    store.refresh()


def brute_force(entries: list[Entry], question: str, k: int) -> list[Match]:
    cosines = [Match(entry.passage.id, float(entry.vector @ question_vector(question))) for entry in entries]
    return sorted(cosines, key=lambda match: (-match.score, match.passage_id))[:k]


@pytest.mark.parametrize("question", ["word3 word4 word7", "word0", "word11 word190 word1 word1"])
def test_the_nearest_passages_are_those_of_brute_force(store: IndexStore, question: str) -> None:
    fill(store, CORPUS)
    found = store.search(vector=question_vector(question), k=20)
    expected = brute_force(CORPUS, question, len(CORPUS))
    cosines = {match.passage_id: match.score for match in expected}
    assert all(match.score == pytest.approx(cosines[match.passage_id], abs=1e-3) for match in found)
    assert len({match.passage_id for match in found}) == 20
    # Recall 1.0: none that was left out is nearer than one that was found.
    left_out = [match.score for match in expected if match.passage_id not in {m.passage_id for m in found}]
    assert max(left_out) <= found[-1].score + 1e-3


@pytest.mark.parametrize("tokens", [("word3", "word150"), ("word0",), ("word7", "word7", "word120", "unheard")])
def test_word_search_finds_exactly_the_passages_that_hold_a_token(store: IndexStore, tokens: tuple[str, ...]) -> None:
    fill(store, CORPUS)
    found = store.search(tokens=tokens, k=1000)
    expected = bm25(tokens, {entry.passage.id: entry for entry in CORPUS})
    assert {match.passage_id for match in found} == expected.keys()
    assert [match.score for match in found] == pytest.approx([expected[m.passage_id] for m in found], rel=0.02)


def test_a_part_of_a_word_counts_less_than_a_word(store: IndexStore) -> None:
    entries = [replace(entry, tokens=(*entry.tokens, f"{PART_MARK}{entry.tokens[0]}")) for entry in CORPUS]
    fill(store, entries)
    tokens = ("word5", f"{PART_MARK}word0", f"{PART_MARK}word3")
    expected = bm25(tokens, {entry.passage.id: entry for entry in entries})
    found = store.search(tokens=tokens, k=1000)
    assert {match.passage_id: match.score for match in found} == pytest.approx(expected, rel=0.02)
    fill(store, [replace(CORPUS[0], tokens=("zebra", f"{PART_MARK}zebra"))])
    ((part,), (whole,)) = (store.search(tokens=[token]) for token in (f"{PART_MARK}zebra", "zebra"))
    assert part.score == pytest.approx(PART_WEIGHT * whole.score, rel=1e-4)


def test_a_token_that_is_asked_twice_counts_once(store: IndexStore) -> None:
    fill(store, CORPUS)
    assert store.search(tokens=["word5", "word9", "word5"]) == store.search(tokens=["word5", "word9"])


def test_results_are_ordered_by_score_and_then_by_id(store: IndexStore) -> None:
    twins = [make_document(f"{n}.txt", "the same words everywhere")[1][0] for n in range(30)]
    fill(store, twins)
    for found in (
        store.search(vector=question_vector("the same words everywhere"), k=5),
        store.search(tokens=["everywher"], k=5),
    ):
        assert [match.passage_id for match in found] == sorted(ids(twins))[:5]
    fill(store, CORPUS)
    many = store.search(tokens=["word1", "word2"], k=200)
    assert many == sorted(many, key=lambda match: (-match.score, match.passage_id))


def test_a_filter_never_lets_another_document_through(store: IndexStore) -> None:
    fill(store, CORPUS)
    for document_ids in ({CORPUS[0].passage.document_id}, {e.passage.document_id for e in CORPUS[:30]}, {"unknown"}):
        where = Filter(frozenset(document_ids))
        expected = {entry.passage.id for entry in CORPUS if entry.passage.document_id in document_ids}
        nearest = store.search(vector=question_vector("word1"), k=1000, where=where)
        worded = store.search(tokens=[f"word{n}" for n in range(200)], k=1000, where=where)
        assert {match.passage_id for match in nearest} == expected
        assert {match.passage_id for match in worded} == expected
        assert set(ids(store.scan(where=where))) == expected


def test_a_filter_is_applied_before_the_best_are_chosen(store: IndexStore) -> None:
    fill(store, CORPUS)
    worst = brute_force(CORPUS, "word1", len(CORPUS))[-1].passage_id
    document_id = next(entry.passage.document_id for entry in CORPUS if entry.passage.id == worst)
    where = Filter(frozenset({document_id}))
    assert len(store.search(vector=question_vector("word1"), k=3, where=where)) == 3


def test_an_empty_filter_finds_nothing(store: IndexStore) -> None:
    fill(store, CORPUS)
    nothing = Filter(frozenset())
    assert store.search(vector=question_vector("word1"), where=nothing) == []
    assert store.search(tokens=["word1"], where=nothing) == []
    assert store.scan(where=nothing) == []


def test_writing_the_same_twice_changes_nothing(store: IndexStore) -> None:
    fill(store, CORPUS)
    before = store.search(tokens=["word1"], k=1000)
    fill(store, CORPUS)
    assert store.info().passages == len(CORPUS)
    assert len(store.search(vector=question_vector("word1"), k=1000)) == len(CORPUS)
    assert {match.passage_id for match in store.search(tokens=["word1"], k=1000)} == {m.passage_id for m in before}


def test_an_id_that_is_there_is_replaced(store: IndexStore) -> None:
    old, *rest = CORPUS
    fill(store, CORPUS)
    other = make_document("other.txt", "zebra quagga")[1][0]
    new = replace(old, tokens=("zebra",), vector=other.vector, vector_key=other.vector_key)
    fill(store, [new])
    assert same(store.get([old.passage.id])[old.passage.id], new)
    assert [match.passage_id for match in store.search(tokens=["zebra"])] == [old.passage.id]
    assert store.search(vector=other.vector, k=1)[0].passage_id == old.passage.id
    assert old.passage.id not in {match.passage_id for match in store.search(tokens=old.tokens, k=1000)}
    assert store.info().passages == len(rest) + 1


def test_of_one_id_twice_in_a_batch_the_last_counts(store: IndexStore) -> None:
    fill(store, [CORPUS[0], replace(CORPUS[0], tokens=("last",))])
    assert store.get([CORPUS[0].passage.id])[CORPUS[0].passage.id].tokens == ("last",)
    assert store.info().passages == 1


def test_deleted_documents_are_found_by_neither_search(store: IndexStore) -> None:
    fill(store, CORPUS)
    gone = CORPUS[0].passage.document_id
    store.delete_documents([gone, "never there"])
    store.delete_documents([gone])
    store.refresh()
    left = [entry for entry in CORPUS if entry.passage.document_id != gone]
    found = store.search(vector=question_vector("word1"), k=1000)
    worded = store.search(tokens=[f"word{n}" for n in range(200)], k=1000)
    assert {match.passage_id for match in found} == {match.passage_id for match in worded} == set(ids(left))
    assert store.get(ids(CORPUS)).keys() == set(ids(left))
    assert store.info().passages == len(left)


def test_get_returns_what_was_written(store: IndexStore) -> None:
    fill(store, CORPUS)
    asked = [CORPUS[5].passage.id, "unknown", CORPUS[2].passage.id]
    found = store.get(asked)
    assert list(found) == [CORPUS[5].passage.id, CORPUS[2].passage.id]
    assert same(found[asked[0]], CORPUS[5])
    assert same(found[asked[2]], CORPUS[2])


def test_scan_returns_each_passage_once_in_order(store: IndexStore) -> None:
    fill(store, CORPUS)
    found = all_entries(store)
    assert ids(found) == sorted(ids(CORPUS))
    by_id = {entry.passage.id: entry for entry in CORPUS}
    assert all(same(entry, by_id[entry.passage.id]) for entry in found)


def test_more_results_than_passages_are_all_passages(store: IndexStore) -> None:
    assert store.search(vector=question_vector("word1"), k=1000) == []
    assert store.search(tokens=["word1"], k=1000) == []
    fill(store, CORPUS[:3])
    assert len(store.search(vector=question_vector("word1"), k=1000)) == 3


@pytest.mark.parametrize("k", [0, -1, 1001])
def test_a_k_outside_1_to_1000_is_refused(store: IndexStore, k: int) -> None:
    with pytest.raises(ValueError, match=str(k)):
        store.search(tokens=["word1"], k=k)


def test_one_kind_of_search_at_a_time(store: IndexStore) -> None:
    with pytest.raises(ValueError, match="one of them"):
        store.search()
    with pytest.raises(ValueError, match="one of them"):
        store.search(vector=question_vector("word1"), tokens=["word1"])


def test_no_tokens_find_nothing(store: IndexStore) -> None:
    fill(store, CORPUS)
    assert store.search(tokens=[]) == []


@pytest.mark.parametrize(
    "vector",
    [
        np.full(DIMENSION, np.nan, np.float32),
        np.full(DIMENSION, np.inf, np.float32),
        np.ones(DIMENSION + 1, np.float32) / np.sqrt(np.float32(DIMENSION + 1)),
        np.zeros(DIMENSION, np.float32),
        np.ones(DIMENSION, np.float32),
    ],
    ids=["nan", "infinity", "other dimension", "zero", "not of unit length"],
)
def test_a_bad_vector_is_refused_before_anything_is_written(store: IndexStore, vector: np.ndarray) -> None:
    with pytest.raises(ValueError, match="vector"):
        store.upsert([CORPUS[0], replace(CORPUS[1], vector=vector)])
    store.refresh()
    assert store.info().passages == 0
    assert store.scan() == []


@pytest.mark.parametrize("size", [DIMENSION - 1, DIMENSION + 1])
def test_a_question_of_another_dimension_is_refused(store: IndexStore, size: int) -> None:
    fill(store, CORPUS)
    with pytest.raises(ValueError, match=str(DIMENSION)):
        store.search(vector=np.ones(size, np.float32))


def test_a_question_that_is_not_finite_is_refused(store: IndexStore) -> None:
    fill(store, CORPUS)
    with pytest.raises(ValueError, match=r"finite|NaN"):
        store.search(vector=np.full(DIMENSION, np.nan, np.float32))


def test_a_lone_surrogate_is_refused_before_anything_is_written(store: IndexStore) -> None:
    bad = replace(CORPUS[1], passage=replace(CORPUS[1].passage, text="half of a pair: \ud83d"))
    with pytest.raises(ValueError, match="surrogate"):
        store.upsert([CORPUS[0], bad])
    assert store.scan() == []


def test_odd_characters_come_back_as_they_went_in(store: IndexStore) -> None:
    text = "nul \ufffd here, 𝔉raktur 👩‍👩‍👧, e\u0301, \u202eright to left\u202c, 'quotes' \"double\" \r\n\ttab"
    document, entries = make_document("odd 'name'\n\"☃\" 👻.txt", "before 🎈", text, "after")
    assert [entry.passage.text for entry in entries] == ["before 🎈", text, "after"]
    fill(store, entries)
    assert store.get(ids(entries)).keys() == set(ids(entries))
    assert store.get([entries[1].passage.id])[entries[1].passage.id].passage.text == text
    assert store.search(tokens=["fraktur"])[0].passage_id == entries[1].passage.id
    assert document.text[entries[1].passage.span.start :].startswith(text)


def test_tokens_are_matched_as_they_are(store: IndexStore) -> None:
    base = make_document("a.txt", "anything")[1][0]
    odd = replace(base, tokens=("new york", "", "a:b*", "x" * 300))
    fill(store, [odd, CORPUS[0]])
    for token in ("new york", "a:b*", "x" * 300):
        assert [match.passage_id for match in store.search(tokens=[token])] == [base.passage.id]
    assert store.search(tokens=["york"]) == []
    assert store.search(tokens=["x" * 299]) == []


def test_info_tells_what_the_store_holds(store: IndexStore) -> None:
    before = store.info()
    fill(store, CORPUS)
    info = store.info()
    assert (info.passages, info.dimension, info.model, info.analyzer) == (
        len(CORPUS),
        DIMENSION,
        "hash-64",
        ANALYZER_VERSION,
    )
    assert info.generation == before.generation + 1


def test_a_passage_of_one_document_may_have_the_vector_of_another(store: IndexStore) -> None:
    one = make_document("one.txt", "equal words")[1][0]
    two_document, (two,) = make_document("two.txt", "equal words")
    assert one.vector_key == two.vector_key
    fill(store, [one, two])
    store.delete_documents([one.passage.document_id])
    store.refresh()
    assert [match.passage_id for match in store.search(vector=one.vector)] == [two.passage.id]
    assert hash_of("equal words") == two.vector_key
    assert make_entry(two_document, Span(0, 11)) is not two


def test_neighbours_are_the_passages_before_and_after_in_the_same_document(store: IndexStore) -> None:
    document, entries = make_document("n.txt", "First of three.", "Second of three.", "Third of three.")
    other, (alone,) = make_document("o.txt", "Alone here.")
    store.commit(Changes(added=[(document, entries[::-1]), (other, [alone])]))
    first, second, third = (entry.token_signs for entry in entries)
    asked = [*(entry.passage.id for entry in entries), alone.passage.id, "no such passage"]
    expected = [Neighbours(b"", second), Neighbours(first, third), Neighbours(second, b""), Neighbours(), Neighbours()]
    assert store.neighbours(asked) == dict(zip(asked, expected, strict=True))


def test_copies_are_the_passages_with_the_same_embedded_text_by_source_and_place(store: IndexStore) -> None:
    made = [make_document(f"{n}.txt", "Same words.", f"Other words {n}.", "Same words.") for n in (2, 0, 1)]
    store.commit(Changes(added=made))
    same_key, other_key = hash_of("Same words."), hash_of("Other words 2.")
    expected = [entry.passage for n in (1, 2, 0) for entry in made[n][1] if entry.vector_key == same_key]
    found = store.copies([same_key, other_key, "unknown"], limit=100)
    assert found[same_key] == Copies(tuple(expected), 6)
    assert found[other_key] == Copies((made[0][1][1].passage,), 1)
    assert found["unknown"] == Copies()
    assert store.copies([same_key], limit=2)[same_key] == Copies(tuple(expected[:2]), 6)
    assert store.copies([same_key], limit=0)[same_key] == Copies((), 6)


def test_copies_keep_to_a_filter(store: IndexStore) -> None:
    made = [make_document(f"{n}.txt", "Same words.", f"Number {n}.") for n in range(3)]
    store.commit(Changes(added=made))
    key = hash_of("Same words.")
    where = Filter(frozenset({made[1][0].info.id}))
    assert store.copies([key], limit=9, where=where)[key].passages == (made[1][1][0].passage,)
    assert store.copies([key], limit=9, where=Filter(excluded=("same",)))[key] == Copies()
    assert store.copies([key], limit=9, where=Filter(phrases=("same words",)))[key].total == 3


def test_places_are_those_of_every_passage_within_the_filter_in_order(store: IndexStore) -> None:
    fill(store, CORPUS)
    expected = sorted((e.passage.document_id, e.passage.span, e.passage.id) for e in CORPUS)
    places = [(place.document_id, place.span, place.passage_id) for place in store.places(Filter())]
    assert places == expected
    document_id = CORPUS[0].passage.document_id
    own = [(place.document_id, place.span) for place in store.places(Filter(frozenset({document_id})))]
    assert own == [place[:2] for place in expected if place[0] == document_id]


@pytest.mark.parametrize(
    "words", [(("word3",),), (("word3", "word7"), ("word0",)), (("unheard",),), (("word1",), ("unheard",))]
)
def test_of_each_group_of_words_one_must_stand_in_a_passage(
    store: IndexStore, words: tuple[tuple[str, ...], ...]
) -> None:
    fill(store, CORPUS)
    where = Filter(words=words)
    holding = {e.passage.id for e in CORPUS if all(not set(group).isdisjoint(e.tokens) for group in words)}
    assert {place.passage_id for place in store.places(where)} == holding
    assert {match.passage_id for match in store.search(vector=question_vector("word1"), k=1000, where=where)} == holding
    assert {entry.passage.id for entry in store.scan(limit=1000, where=where)} == holding
