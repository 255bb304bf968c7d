from __future__ import annotations

from dataclasses import replace

import pytest
from tests.contracts.making import make_document

from quoth.errors import SettingsError, SourceError
from quoth.evaluate.settings import check_comparable, check_same_documents, read_assignments
from quoth.settings import Settings


def test_values_are_read_as_in_a_settings_file_and_texts_need_no_quotes() -> None:
    assert read_assignments(["rerank=false", "passage_characters = 400", "model=bge-small", 'folder="a b"']) == {
        "rerank": False,
        "passage_characters": 400,
        "model": "bge-small",
        "folder": "a b",
    }


def test_what_sets_nothing_is_refused() -> None:
    with pytest.raises(SettingsError, match="write name=value"):
        read_assignments(["rerank"])


def test_equal_settings_are_not_compared() -> None:
    with pytest.raises(SettingsError, match="are the same"):
        check_comparable(Settings(), Settings(rerank=True))


def test_settings_that_the_index_is_made_from_need_another_index() -> None:
    with pytest.raises(SettingsError, match="made from passage_characters, so the second settings need an index"):
        check_comparable(Settings(), Settings(passage_characters=400))
    check_comparable(Settings(), Settings(passage_characters=400, embeddings="other"))
    check_comparable(Settings(), Settings(rerank=False))


def test_indexes_of_other_files_are_not_compared() -> None:
    one, other = make_document("a.txt", "One.")[0].info, make_document("b.txt", "Two.")[0].info
    check_same_documents([one, other], [other, one])
    with pytest.raises(SourceError, match=r"not of the same files \(b.txt"):
        check_same_documents([one, other], [one])
    with pytest.raises(SourceError, match=r"not of the same files \(a.txt"):
        check_same_documents([one], [replace(one, file_sha256="0" * 64)])
