"""Documents that were read lately."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.contracts.making import make_document
from tests.store.filled import CORPUS, MODEL, fill

from quoth.errors import DocumentGoneError
from quoth.protocols import Changes
from quoth.records import Document
from quoth.store import EmbeddedStore
from quoth.store.recent import RecentDocuments


def documents(*lengths: int) -> list[Document]:
    return [
        replace(make_document(f"{number}.txt", "word1")[0], text="a" * length) for number, length in enumerate(lengths)
    ]


def test_what_was_read_is_kept_until_the_index_changes() -> None:
    recent = RecentDocuments()
    (one,) = documents(10)

    recent.put(one, 1)

    assert recent.get(one.info.id, 1) is one
    assert recent.get(one.info.id, 2) is None
    recent.put(documents(10, 20)[1], 2)
    assert recent.get(one.info.id, 1) is None


def test_the_one_unused_for_longest_goes_first() -> None:
    recent = RecentDocuments(most_characters=30)
    first, second, third = documents(10, 15, 12)
    recent.put(first, 1)
    recent.put(second, 1)
    recent.get(first.info.id, 1)

    recent.put(third, 1)

    assert [recent.get(one.info.id, 1) for one in (first, second, third)] == [first, None, third]


def test_a_text_that_is_too_long_is_not_kept_and_drives_out_nothing() -> None:
    recent = RecentDocuments(most_characters=30)
    short, long = documents(10, 31)
    recent.put(short, 1)
    recent.put(long, 1)

    assert recent.get(long.info.id, 1) is None
    assert recent.get(short.info.id, 1) is short


def test_one_that_is_put_twice_counts_once() -> None:
    recent = RecentDocuments(most_characters=30)
    one, other = documents(15, 15)
    recent.put(one, 1)
    recent.put(one, 1)
    recent.put(other, 1)

    assert recent.get(one.info.id, 1) is one


def test_a_document_that_is_taken_away_is_gone_though_it_was_just_read(tmp_path: Path) -> None:
    with EmbeddedStore.open(fill(tmp_path), model=MODEL) as store:
        gone = CORPUS[0][0].info.id
        assert store.document(gone) is store.document(gone)

        store.commit(Changes(removed=(gone,)))

        with pytest.raises(DocumentGoneError):
            store.document(gone)
