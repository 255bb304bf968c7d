"""Whatever happens to the derived files, they are remade without embedding, and the answers stay."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from quoth.errors import IndexDamagedError
from quoth.protocols import Changes, Match
from quoth.store import EmbeddedStore, writing

from .filled import CORPUS, FRESH, MODEL, MORE, answers, fill


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 9 // 10])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def extend(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"tail")


def garble(path: Path) -> None:
    path.write_bytes(b"not an index at all, only some words of text" * 50)


def remove(path: Path) -> None:
    path.unlink()


DAMAGES = [flip_a_bit, truncate, empty, extend, garble, remove]


def read_answers(folder: Path) -> list[list[Match]]:
    with EmbeddedStore.open(folder, model=MODEL) as store:
        return answers(store)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_vectors_are_remade(folder: Path, index: Path, damage: Callable[[Path], None]) -> None:
    before, original = read_answers(folder), (index / "vectors.faiss").read_bytes()
    damage(index / "vectors.faiss")
    assert read_answers(folder) == before
    assert (index / "vectors.faiss").read_bytes() == original


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        *((name, flip_a_bit) for name in ("meta.json", ".managed.json", "manifest.json", "*.idx", "*.term", "*.fast")),
        *(("meta.json", damage) for damage in DAMAGES[1:]),
        *(("*.idx", damage) for damage in DAMAGES[1:]),
    ],
)
def test_damaged_words_are_remade(folder: Path, index: Path, name: str, damage: Callable[[Path], None]) -> None:
    before = read_answers(folder)
    (path,) = (index / "words").glob(f"*/{name}")
    damage(path)
    assert read_answers(folder) == before
    assert not path.exists()  # the snapshot that replaced the damaged one has another name
    assert read_answers(folder) == before


def test_missing_files_are_remade(folder: Path, index: Path) -> None:
    before = read_answers(folder)
    shutil.rmtree(index / "words")
    (index / "vectors.faiss").unlink()
    assert read_answers(folder) == before
    assert (index / "words").is_dir()
    assert (index / "vectors.faiss").is_file()


def test_what_a_killed_save_left_is_cleared_away(folder: Path, index: Path) -> None:
    before = read_answers(folder)
    (snapshot,) = (index / "words").iterdir()
    shutil.copytree(snapshot, index / "words" / "00000002.tmp")
    with EmbeddedStore.open(folder, model=MODEL) as store:
        assert answers(store) == before
        store.commit(Changes(added=MORE[:1]))
    assert [path.suffix for path in (index / "words").iterdir()] == [""]


def test_files_of_an_earlier_state_catch_up(folder: Path, index: Path, tmp_path: Path) -> None:
    shutil.copytree(index / "words", tmp_path / "words")
    shutil.copy(index / "vectors.faiss", tmp_path)
    with EmbeddedStore.open(folder, model=MODEL) as store:
        store.commit(Changes(added=FRESH, removed=[CORPUS[0][0].info.id]))
        after = answers(store)
    shutil.rmtree(index / "words")
    shutil.move(tmp_path / "words", index / "words")
    shutil.move(tmp_path / "vectors.faiss", index / "vectors.faiss")
    assert _sets(read_answers(folder)) == _sets(after)


def test_files_of_a_later_state_or_of_another_index_are_remade(folder: Path, index: Path, tmp_path: Path) -> None:
    before = read_answers(folder)
    earlier = tmp_path / "earlier.sqlite"
    shutil.copy(index / "passages.sqlite", earlier)
    with EmbeddedStore.open(folder, model=MODEL) as store:
        store.commit(Changes(added=FRESH))
    shutil.copy(earlier, index / "passages.sqlite")
    assert read_answers(folder) == before
    other = fill(tmp_path / "other")
    with EmbeddedStore.open(other, model=MODEL) as store:
        store.commit(Changes(removed=[CORPUS[0][0].info.id]))
        shutil.copy(store.path / "vectors.faiss", index / "vectors.faiss")
        shutil.rmtree(index / "words")
        shutil.copytree(store.path / "words", index / "words")
    assert read_answers(folder) == before


def test_derived_files_are_not_written_while_another_holds_the_lock(folder: Path, index: Path) -> None:
    before = read_answers(folder)
    garble(index / "vectors.faiss")
    shutil.rmtree(index / "words")
    garbled = (index / "vectors.faiss").read_bytes()
    found: list[list[Match]] = []
    with writing(folder):
        reader = threading.Thread(target=lambda: found.extend(read_answers(folder)))
        reader.start()
        reader.join()
    assert found == before
    assert (index / "vectors.faiss").read_bytes() == garbled
    assert not (index / "words").exists()


@pytest.mark.parametrize("damage", [empty, garble])
def test_a_database_that_cannot_be_read_says_what_mends_it(
    folder: Path, index: Path, damage: Callable[[Path], None]
) -> None:
    damage(index / "passages.sqlite")
    with pytest.raises(IndexDamagedError, match="quoth build --all"):
        EmbeddedStore.open(folder, model=MODEL)


def test_a_database_damaged_in_the_middle_is_an_error_and_not_a_wrong_answer(folder: Path, index: Path) -> None:
    path = index / "passages.sqlite"
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    path.write_bytes(content)
    with EmbeddedStore.open(folder, model=MODEL) as store:
        for read in (store.documents, store.scan, lambda: answers(store)):
            with pytest.raises(IndexDamagedError, match="quoth build --all"):
                read()


def test_a_missing_database_is_damage(folder: Path, index: Path) -> None:
    (index / "passages.sqlite").unlink()
    with pytest.raises(IndexDamagedError, match="quoth build --all"):
        EmbeddedStore.open(folder, model=MODEL)


def _sets(found: list[list[Match]]) -> list[set[str]]:
    return [{match.passage_id for match in matches} for matches in found]
