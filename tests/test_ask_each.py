from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.contracts.making import EMBEDDER

from quoth.errors import QuestionError
from quoth.library import Library
from quoth.records import State, Verdict
from quoth.settings import Settings

TEXTS = {
    "b/harbour.txt": "The harbour of Lisbon closed in March. Forty ships waited outside. The mayor blamed the storm.",
    "a.txt": "Roses need pruning in winter. Cut above an outer bud. Feed them in spring.",
    "c.txt": "Twelve ships waited outside Bergen all winter. Nobody fed them.",
}
QUESTION = "How many ships waited outside?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for source, text in TEXTS.items():
        path = tmp_path / "documents" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "documents" / "scan.pdf").write_bytes(b"not a pdf at all")
    return tmp_path / "documents"


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    with Library(tmp_path / "embeddings", Settings(), EMBEDDER) as opened:
        opened.calibration = replace(opened.calibration, model=EMBEDDER.fingerprint)
        opened.build(folder)
        yield opened


def test_every_document_with_text_has_a_row_by_path(library: Library) -> None:
    found = library.ask_each(QUESTION)
    assert [row.document.source for row in found.rows] == sorted(TEXTS)
    assert found.documents == 3
    assert [(file.source, file.state) for file in found.unread] == [("scan.pdf", State.DAMAGED)]


def test_a_row_is_what_asking_that_document_alone_gives(library: Library) -> None:
    for row in library.ask_each(QUESTION).rows:
        alone = library.ask(QUESTION, k=1, per_document=1, sources=[row.document.source])
        assert row.answer == replace(alone, coverage=row.answer.coverage)
        assert row.answer.coverage.generation == alone.coverage.generation
        assert row.answer.coverage.model == alone.coverage.model


def test_documents_that_answer_show_their_passage_and_others_are_not_found(library: Library) -> None:
    rows = {row.document.source: row.answer for row in library.ask_each(QUESTION).rows}
    assert rows["b/harbour.txt"].hits[0].passage.text == TEXTS["b/harbour.txt"]
    assert rows["c.txt"].hits[0].citation.source == "c.txt"
    assert (rows["a.txt"].verdict, rows["a.txt"].hits) == (Verdict.NOTHING, ())


def test_parts_of_the_rows_put_together_are_the_whole(library: Library) -> None:
    whole = library.ask_each(QUESTION)
    first, rest = library.ask_each(QUESTION, limit=2), library.ask_each(QUESTION, offset=2)
    assert (*first.rows, *rest.rows) == whole.rows
    assert (first.documents, rest.offset) == (3, 2)


def test_only_the_documents_that_are_named_have_rows(library: Library) -> None:
    found = library.ask_each(QUESTION, sources=["b/*"])
    assert ([row.document.source for row in found.rows], found.documents, found.unread) == (["b/harbour.txt"], 1, ())


def test_a_build_is_seen_by_the_next_question(library: Library, folder: Path) -> None:
    assert library.ask_each(QUESTION).documents == 3
    (folder / "c.txt").unlink()
    library.build(folder)
    assert [row.document.source for row in library.ask_each(QUESTION).rows] == ["a.txt", "b/harbour.txt"]


@pytest.mark.parametrize(("offset", "limit"), [(-1, 5), (0, 0), (0, 1001)])
def test_parts_that_are_none_are_errors(library: Library, offset: int, limit: int) -> None:
    with pytest.raises(QuestionError):
        library.ask_each(QUESTION, offset=offset, limit=limit)
