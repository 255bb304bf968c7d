"""Opening, refusing and replacing an index as a whole."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.contracts.making import DIMENSION, all_entries, make_document, question_vector, same

from quoth.errors import IndexDamagedError, IndexMismatchError, NoIndexError, StoreError
from quoth.protocols import Changes
from quoth.store import EmbeddedStore

from .filled import CORPUS, FRESH, MODEL, MORE, answers


def test_nothing_was_built_yet(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NoIndexError, match="quoth build"):
            EmbeddedStore.open(folder, model=MODEL)


def test_what_was_committed_is_there_after_opening_again(folder: Path) -> None:
    with EmbeddedStore.open(folder, model=MODEL) as store:
        assert [store.document(document.info.id) for document, _ in CORPUS] == [document for document, _ in CORPUS]
        written = {entry.passage.id: entry for _, entries in CORPUS for entry in entries}
        found = all_entries(store)
        assert len(found) == len(written)
        assert all(same(entry, written[entry.passage.id]) for entry in found)


def test_an_index_of_another_model_is_refused_with_the_command_that_mends_it(folder: Path) -> None:
    with pytest.raises(IndexMismatchError, match=r"hash-64.*other-model.*quoth build --all"):
        EmbeddedStore.open(folder, model="other-model")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [("format", "999", "newer Quoth"), ("format", "0", "older Quoth")],
)
def test_an_index_of_another_format_is_refused(folder: Path, index: Path, name: str, value: str, reason: str) -> None:
    connection = sqlite3.connect(index / "passages.sqlite")
    with connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))
    connection.close()
    with pytest.raises(IndexMismatchError, match=f"{reason}.*quoth build --all"):
        EmbeddedStore.open(folder, model=MODEL)


@pytest.mark.parametrize(("form", "later"), [("1", ("author", "date", "furniture")), ("2", ("furniture",))])
def test_a_build_brings_an_index_of_a_format_before_up_to_date_and_keeps_what_is_in_it(
    folder: Path, index: Path, form: str, later: tuple[str, ...]
) -> None:
    connection = sqlite3.connect(index / "passages.sqlite")
    with connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'format'", (form,))
        for column in later:
            connection.execute(f"ALTER TABLE documents DROP COLUMN {column}")
    connection.close()
    with pytest.raises(IndexMismatchError, match=r"older Quoth.*run `quoth build`, which keeps"):
        EmbeddedStore.open(folder, model=MODEL)
    EmbeddedStore.open(folder, model=MODEL, words_may_be_outdated=True).close()
    with EmbeddedStore.open(folder, model=MODEL) as store:
        assert [store.document(document.info.id) for document, _ in CORPUS] == [document for document, _ in CORPUS]


@pytest.mark.parametrize("content", ["", "index-00000000\n", "../../etc\n", "\x00\xff"])
def test_a_pointer_to_nothing_is_damage(folder: Path, content: str) -> None:
    (folder / "CURRENT").write_text(content, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="quoth build --all"):
        EmbeddedStore.open(folder, model=MODEL)


def test_a_new_index_is_seen_by_nobody_until_it_is_published(folder: Path) -> None:
    with (
        EmbeddedStore.open(folder, model=MODEL) as old,
        EmbeddedStore.create(folder, model="better", dimension=DIMENSION) as new,
    ):
        new.commit(Changes(added=MORE))
        with EmbeddedStore.open(folder, model=MODEL) as still_old:
            assert len(still_old.documents()) == len(CORPUS)
        assert (old.is_current(), new.is_current()) == (True, False)
        new.publish()
        assert (old.is_current(), new.is_current()) == (False, True)
    with EmbeddedStore.open(folder, model="better") as reopened:
        assert [info.source for info in reopened.documents()] == [document.info.source for document, _ in MORE]
    assert len(list(folder.glob("index-*"))) == 1


def test_who_has_the_old_index_open_goes_on_reading(folder: Path) -> None:
    with EmbeddedStore.open(folder, model=MODEL) as old:
        before = len(old.documents())
        with EmbeddedStore.create(folder, model="better", dimension=DIMENSION) as new:
            new.publish()
        assert not old.path.exists()
        found: list[int] = []
        threads = [
            threading.Thread(target=lambda: found.append(len(answers(old)[0]) + len(old.documents()))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [15 + before] * 4


def test_an_index_with_a_pointer_to_nothing_can_be_built_anew(folder: Path) -> None:
    (folder / "CURRENT").write_text("index-00000000\n", encoding="utf-8")
    with EmbeddedStore.create(folder, model=MODEL, dimension=DIMENSION) as store:
        store.commit(Changes(added=FRESH))
        store.publish()
    with EmbeddedStore.open(folder, model=MODEL) as store:
        assert [info.source for info in store.documents()] == ["fresh.txt"]
    assert len(list(folder.glob("index-*"))) == 1


def test_row_numbers_are_never_used_again(folder: Path, index: Path) -> None:
    def rows() -> list[int]:
        connection = sqlite3.connect(index / "passages.sqlite")
        try:
            return [row for (row,) in connection.execute('SELECT "row" FROM passages')]
        finally:
            connection.close()

    before = rows()
    with EmbeddedStore.open(folder, model=MODEL) as store:
        store.commit(Changes(removed=[document.info.id for document, _ in CORPUS]))
        store.commit(Changes(added=CORPUS))
    assert min(rows()) > max(before)


def test_a_removed_passage_is_not_shown_even_when_the_indexes_lag(folder: Path) -> None:
    with EmbeddedStore.open(folder, model=MODEL) as reader, EmbeddedStore.open(folder, model=MODEL) as writer:
        assert answers(reader)
        gone = CORPUS[0][0].info.id
        writer.commit(Changes(removed=[gone]))
        shown = {match.passage_id for matches in answers(reader) for match in matches}
        assert reader.get(list(shown)).keys() == shown
        assert gone not in {entry.passage.document_id for entry in reader.get(list(shown)).values()}


def test_refresh_leaves_files_that_need_no_catching_up(folder: Path, index: Path) -> None:
    with EmbeddedStore.open(folder, model=MODEL) as store:
        store.commit(Changes(added=FRESH))
        store.refresh()
        files = _derived_files(index)
        answers(store)
        store.refresh()
    with EmbeddedStore.open(folder, model=MODEL) as store:
        assert len(store.search(tokens=["word150"])) > 0
        assert len(store.search(vector=question_vector("word150"))) > 0
    assert _derived_files(index) == files


def _derived_files(index: Path) -> dict[Path, int]:
    paths = [index / "vectors.faiss", *(path for path in (index / "words").glob("*/*") if path.suffix != ".lock")]
    return {path: path.stat().st_mtime_ns for path in paths}


def test_a_closed_store_says_so(folder: Path) -> None:
    store = EmbeddedStore.open(folder, model=MODEL)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.documents()


def test_an_index_where_nothing_can_be_written_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with EmbeddedStore.open(folder, model=MODEL) as store:
        before = answers(store)
    # Permissions do not bind root, whom tests may run as; what the system says of them can be set.
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    files = {path for path in folder.rglob("*") if path.suffix != ".lock"}
    with EmbeddedStore.open(folder, model=MODEL) as store:
        assert answers(store) == before
        assert len(store.documents()) == len(CORPUS)
    assert {path for path in folder.rglob("*") if path.suffix != ".lock"} == files


def test_float16_keeps_cosines() -> None:
    from quoth.store.rows import dump_vector, load_vector

    random = np.random.default_rng(0)
    for _ in range(50):
        one, other = random.standard_normal((2, 384)).astype(np.float32)
        one, other = one / np.linalg.norm(one), other / np.linalg.norm(other)
        assert float(load_vector(dump_vector(one)) @ other) == pytest.approx(float(one @ other), abs=1e-4)
        assert dump_vector(load_vector(dump_vector(one))) == dump_vector(one)


def test_reading_documents_loads_neither_faiss_nor_tantivy_nor_torch(folder: Path) -> None:
    code = (
        "import sys; from quoth.store import EmbeddedStore; "
        "store = EmbeddedStore.open(sys.argv[1], model='hash-64'); assert len(store.documents()) == 6; store.close(); "
        "print(sorted({'faiss', 'tantivy', 'torch'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_thousand_documents_are_listed_in_a_moment(tmp_path: Path) -> None:
    with EmbeddedStore.create(tmp_path, model=MODEL, dimension=DIMENSION) as store:
        documents = [replace(make_document(f"{n}.txt")[0], text=f"text {n} " * 2000) for n in range(1000)]
        store.commit(Changes(added=[(document, ()) for document in documents]))
        started = time.process_time()
        assert len(store.documents()) == 1000
        assert time.process_time() - started < 0.2  # 8 ms on an idle machine
