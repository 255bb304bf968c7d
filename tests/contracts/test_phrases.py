"""What every store does with phrases that must stand in a passage, or must not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.protocols import Changes, Filter, IndexStore
from quoth.records import Span

from .making import all_entries, ids, make_corpus, make_document, make_entry, question_vector

CORPUS = [entry for _, entries in make_corpus() for entry in entries]


PHRASES = (
    "The Treaty of Lisbon was",
    "signed in December.",
    "the treaty of\nLISBON, he said",
    "lisbon treaty",
    "Treaties of Lisbon’s bishops of Lisbon",
    "party and start",
)


def fill_document(store: IndexStore, source: str, *texts: str) -> list[str]:
    """Write a document; the ids of its passages, one for each of `texts`."""
    document, entries = make_document(source, *texts)
    store.commit(Changes(added=[(document, entries)]))
    store.refresh()
    return ids(entries)


def found_by_all(store: IndexStore, where: Filter) -> set[str]:
    """Ids of what may be found; the same by vectors, by words, and by scanning."""
    nearest = {match.passage_id for match in store.search(vector=question_vector("treaty"), k=1000, where=where)}
    entries = all_entries(store)
    every_token = [token for entry in entries for token in entry.tokens]
    worded = {match.passage_id for match in store.search(tokens=every_token, k=1000, where=where)}
    assert nearest == set(ids(store.scan(where=where)))
    assert worded == nearest & {entry.passage.id for entry in entries if entry.tokens}
    return nearest


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Filter(phrases=("treaty of lisbon",)), {0, 2}),
        (Filter(phrases=("TREATY", "Lisbon")), {0, 2, 3}),
        (Filter(phrases=("of Lisbon",)), {0, 2, 4}),
        (Filter(phrases=("was signed",)), {0, 1}),
        (Filter(phrases=("art",)), set()),
        (Filter(phrases=("the",)), {0, 2}),
        (Filter(phrases=("Lisbon's bishops",)), {4}),
        (Filter(phrases=("nowhere at all",)), set()),
        (Filter(excluded=("treaty",)), {1, 4, 5}),
        (Filter(excluded=("was signed", "and")), {2, 3, 4}),
        (Filter(phrases=("of lisbon",), excluded=("he said",)), {0, 4}),
        (Filter(phrases=("of lisbon",), excluded=("of lisbon",)), set()),
        (Filter(excluded=("nowhere at all",)), {0, 1, 2, 3, 4, 5}),
    ],
)
def test_phrases_must_stand_in_a_passage_and_excluded_ones_must_not(
    store: IndexStore, where: Filter, expected: set[int]
) -> None:
    store.upsert(CORPUS)
    names = fill_document(store, "treaties.txt", *PHRASES)
    own = replace(where, document_ids=frozenset({make_document("treaties.txt", *PHRASES)[0].info.id}))
    assert found_by_all(store, own) == {names[number] for number in expected}
    others = set(ids(CORPUS)) if not where.phrases else set()
    assert found_by_all(store, where) == {names[number] for number in expected} | others


def test_a_phrase_is_looked_for_before_the_best_are_chosen(store: IndexStore) -> None:
    store.upsert(CORPUS)
    (name,) = fill_document(store, "one.txt", "word199 the rarest phrase of all")
    where = Filter(phrases=("rarest phrase",))
    assert [match.passage_id for match in store.search(vector=question_vector("word1"), k=1, where=where)] == [name]
    best = store.search(vector=question_vector("word1"), k=1)[0].passage_id
    words = store.get([best])[best].passage.text.split()
    second = store.search(vector=question_vector("word1"), k=1, where=Filter(excluded=(" ".join(words),)))
    assert len(second) == 1
    assert second[0].passage_id != best


def test_phrases_follow_what_is_written_and_removed(store: IndexStore) -> None:
    where = Filter(phrases=("blue whale",))
    assert found_by_all(store, where) == set()
    (name,) = fill_document(store, "whale.txt", "A blue\nwhale sings.")
    assert found_by_all(store, where) == {name}
    store.delete_documents([make_document("whale.txt", "A blue\nwhale sings.")[0].info.id])
    store.refresh()
    assert found_by_all(store, where) == set()


def test_a_passage_without_its_document_is_looked_through_by_itself(store: IndexStore) -> None:
    entries = make_document("gone.txt", "A blue whale", "sings of blue whales")[1]
    store.upsert(entries)
    store.refresh()
    assert found_by_all(store, Filter(phrases=("blue whale",))) == {entries[0].passage.id}
    assert found_by_all(store, Filter(phrases=("whale sings",))) == set()


def test_soft_hyphens_and_decomposed_letters_hide_no_phrase(store: IndexStore) -> None:
    texts = ("the govern\u00adment of cafe\u0301s", "the govern\u00ad\nment again", "no govern ment")
    names = fill_document(store, "hyphens.txt", *texts)
    assert found_by_all(store, Filter(phrases=("government",))) == set(names[:2])
    assert found_by_all(store, Filter(phrases=("of caf\u00e9s",))) == {names[0]}


def test_a_line_break_inside_a_run_without_spaces_hides_no_phrase(store: IndexStore) -> None:
    texts = ("双方签署里斯本条\n约的文本", "里斯本条约的文本", "签署条 约的文本")
    names = fill_document(store, "broken.txt", *texts)
    assert found_by_all(store, Filter(phrases=("条约",))) == set(names[:2])
    assert found_by_all(store, Filter(excluded=("里斯本条约",))) == {names[2]}


@pytest.mark.parametrize(
    ("text", "at", "phrase"),
    [
        ("".join(map(chr, range(0x4E00, 0x4E00 + 700))), 350, slice(349, 351)),
        ("".join(map(chr, range(0x4E00, 0x4E00 + 700))), 350, slice(300, 400)),
        (f"{''.join(f'{n:x}' for n in range(300))} end", 350, slice(0, -4)),
    ],
)
def test_a_phrase_over_a_border_of_passages_inside_a_run_is_found_in_both(
    store: IndexStore, text: str, at: int, phrase: slice
) -> None:
    document, _ = make_document("run.txt", text)
    cut = [make_entry(document, span) for span in (Span(0, at), Span(at, len(text)))]
    store.commit(Changes(added=[(document, cut), *make_corpus(1)]))
    store.refresh()
    assert found_by_all(store, Filter(phrases=(text[phrase],))) == set(ids(cut))


SENTENCES = st.lists(
    st.lists(st.sampled_from(["the", "Treaty", "of", "lisbon", "it's", "1,000", "art", "party", "e-mail"]), min_size=1),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENTENCES, st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=8, max_size=8))
def test_words_quoted_from_a_document_find_passages_that_hold_them(
    store: IndexStore, sentences: list[list[str]], places: list[tuple[int, int]]
) -> None:
    document, entries = make_document("any.txt", *(" ".join(words) for words in sentences))
    removed = [info.id for info in store.documents()]
    store.commit(Changes(added=[(document, entries)], removed=removed))
    words = document.text.split()
    for first, count in places:
        phrase = " ".join(words[first % len(words) :][:count])
        found = found_by_all(store, Filter(phrases=(phrase,)))
        matches = [match.span() for match in re.finditer(phrase.replace(" ", r"\s"), document.text, re.IGNORECASE)]
        assert found
        for entry in entries:
            span = entry.passage.span
            holds_part = any(start < span.end and span.start < end for start, end in matches)
            assert holds_part or entry.passage.id not in found
        assert found_by_all(store, Filter(excluded=(phrase,))) == set(ids(entries)) - found
