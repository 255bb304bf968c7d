"""What every Catalog does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quoth.protocols import Changes, IndexStore
from quoth.records import Document, Span, State

from .making import hash_of, ids, make_corpus, make_document, make_entry, question_vector, same

CORPUS = make_corpus(documents=4, passages=5)


def test_a_document_comes_back_as_it_was_committed(store: IndexStore) -> None:
    store.commit(Changes(added=CORPUS))
    for document, entries in CORPUS:
        assert store.document(document.info.id) == document
        found = store.get(ids(entries))
        assert all(same(found[entry.passage.id], entry) for entry in entries)


def test_a_document_that_is_not_there_is_a_key_error(store: IndexStore) -> None:
    with pytest.raises(KeyError, match="unknown"):
        store.document("unknown")


def test_documents_are_listed_by_source_unread_ones_too(store: IndexStore) -> None:
    scan, _ = make_document("Ä scan\n'of\".pdf")
    unread = replace(scan, info=replace(scan.info, state=State.NEEDS_OCR, reason="pages are pictures"))
    store.commit(Changes(added=[(unread, ()), *reversed(CORPUS)]))
    assert store.documents() == (*(document.info for document, _ in CORPUS), unread.info)


def test_what_is_committed_is_found(store: IndexStore) -> None:
    store.commit(Changes(added=CORPUS))
    _, (entry, *_) = CORPUS[2]
    assert store.search(vector=entry.vector, k=1)[0].passage_id == entry.passage.id
    assert entry.passage.id in {match.passage_id for match in store.search(tokens=entry.tokens, k=5)}


def test_a_changed_file_is_replaced_in_one_commit(store: IndexStore) -> None:
    store.commit(Changes(added=CORPUS))
    old, old_entries = CORPUS[0]
    new, new_entries = make_document(old.info.source, "quite another text")
    store.commit(Changes(added=[(new, new_entries)], removed=[old.info.id]))
    assert [info.id for info in store.documents()] == [new.info.id, *(d.info.id for d, _ in CORPUS[1:])]
    assert store.get(ids(old_entries)) == {}
    assert store.search(tokens=["anoth"]) == store.search(tokens=["anoth", "gone"])
    assert store.search(vector=new_entries[0].vector, k=1)[0].passage_id == new_entries[0].passage.id
    assert store.info().passages == 16


def test_committing_a_document_again_replaces_its_passages(store: IndexStore) -> None:
    document, entries = CORPUS[0]
    store.commit(Changes(added=[(document, entries)]))
    store.commit(Changes(added=[(document, entries[:2])]))
    assert store.info().passages == 2
    assert len(store.search(vector=question_vector("word1"), k=100)) == 2


def test_removed_documents_are_gone_and_unknown_ones_do_not_matter(store: IndexStore) -> None:
    store.commit(Changes(added=CORPUS))
    store.commit(Changes(removed=[CORPUS[0][0].info.id, "unknown"]))
    assert [info.source for info in store.documents()] == ["001.txt", "002.txt", "003.txt"]
    with pytest.raises(KeyError):
        store.document(CORPUS[0][0].info.id)


def test_deleting_documents_takes_their_record_too(store: IndexStore) -> None:
    store.commit(Changes(added=CORPUS))
    store.delete_documents([CORPUS[1][0].info.id])
    assert [info.source for info in store.documents()] == ["000.txt", "002.txt", "003.txt"]


def test_a_touched_document_has_a_new_record_and_its_old_passages(store: IndexStore) -> None:
    document, entries = CORPUS[0]
    store.commit(Changes(added=CORPUS))
    touched = replace(document.info, mtime_ns=5)
    store.commit(Changes(touched=[touched]))
    assert store.document(document.info.id) == replace(document, info=touched)
    assert store.get(ids(entries)).keys() == set(ids(entries))


def test_a_commit_that_fails_changes_nothing(store: IndexStore) -> None:
    store.commit(Changes(added=CORPUS[:1]))
    before = store.documents(), store.info(), store.scan()[0].passage
    bad = replace(CORPUS[2][1][0], vector=np.full(64, np.nan, np.float32))
    unknown = replace(CORPUS[3][0].info, id="unknown")
    twin, twin_entries = make_document("000.txt", "a second document of the same source")
    for changes in (
        Changes(added=[CORPUS[1], (CORPUS[2][0], [bad])], removed=[CORPUS[0][0].info.id]),
        Changes(added=[CORPUS[1]], removed=[CORPUS[0][0].info.id], touched=[unknown]),
        Changes(added=[CORPUS[1], (twin, twin_entries)]),
    ):
        with pytest.raises((ValueError, KeyError)):
            store.commit(changes)
        assert (store.documents(), store.info(), store.scan()[0].passage) == before


def test_a_passage_that_is_no_slice_of_its_document_is_refused(store: IndexStore) -> None:
    document, (first, *_) = CORPUS[0]
    cleaned = replace(first, passage=replace(first.passage, text=first.passage.text.upper()))
    with pytest.raises(ValueError, match="slice"):
        store.commit(Changes(added=[(document, [cleaned])]))
    store.commit(Changes(added=[(document, [first])]))
    with pytest.raises(ValueError, match="slice"):
        store.upsert([cleaned])
    assert store.get([first.passage.id])[first.passage.id].passage.text == first.passage.span.of(document.text)


def test_passages_are_sliced_by_characters_in_a_long_text_beyond_the_basic_plane(store: IndexStore) -> None:
    document, _ = make_document("long.txt", "".join(f"{n} 𝔉👻é\r\n\ufffd" for n in range(4000)))
    spans = [Span(start, start + 300) for start in range(0, len(document.text) - 300, 4096 - 77)] + [
        Span(8192, 8492),
        Span(8191, 8193),
        Span(0, len(document.text)),
    ]
    entries = [make_entry(document, span) for span in spans]
    store.commit(Changes(added=[(document, entries)]))
    found = store.get(ids(entries))
    for entry in entries:
        assert found[entry.passage.id].passage.text == entry.passage.span.of(document.text)
    assert store.document(document.info.id).text == document.text


def test_embeddings_are_known_by_key_as_long_as_a_passage_has_them(store: IndexStore) -> None:
    document, entries = make_document("a.txt", "one two", "three four")
    store.commit(Changes(added=[(document, entries)]))
    known = store.embeddings([*(entry.vector_key for entry in entries), hash_of("never seen")])
    assert known.keys() == {entry.vector_key for entry in entries}
    for entry in entries:
        embedding = known[entry.vector_key]
        assert np.allclose(embedding.vector, entry.vector, atol=1e-3)
        assert embedding.token_signs == entry.token_signs
    moved, moved_entries = make_document("b.txt", "three four")
    store.commit(Changes(added=[(moved, moved_entries)], removed=[document.info.id]))
    assert store.embeddings([entry.vector_key for entry in entries]).keys() == {entries[1].vector_key}


def test_notes_are_remembered(store: IndexStore) -> None:
    assert store.recall("folder") == ""
    store.remember("folder", "../séeds 'x'\n")
    store.remember("other", "y")
    store.remember("folder", "../seeds")
    assert (store.recall("folder"), store.recall("other")) == ("../seeds", "y")


def test_every_commit_has_its_own_generation(store: IndexStore) -> None:
    first = store.info().generation
    store.commit(Changes(added=CORPUS[:2]))
    store.commit(Changes(removed=[CORPUS[0][0].info.id]))
    assert store.info().generation == first + 2


def test_an_empty_document_has_no_passages(store: IndexStore) -> None:
    empty: Document = make_document("empty.txt")[0]
    store.commit(Changes(added=[(empty, ())]))
    assert store.document(empty.info.id).text == ""
