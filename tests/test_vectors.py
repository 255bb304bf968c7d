"""What FaissIndex adds to the contract of VectorIndex: files that are whole or refused."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import faiss
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.vectors import DamagedVectorsError, FaissIndex

if TYPE_CHECKING:
    from quoth.protocols import Matrix


def unit_rows(count: int, dimension: int = 16) -> Matrix:
    rows = np.random.default_rng(0).standard_normal((count, dimension)).astype(np.float32)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def filled() -> FaissIndex:
    index = FaissIndex.empty(16)
    index.add(range(10, 60), unit_rows(50))
    return index


def test_a_saved_index_comes_back_with_its_stamp(tmp_path: Path) -> None:
    index = filled()
    index.save(tmp_path / "vectors.faiss", "generation 7 ✓")
    loaded = FaissIndex.load(tmp_path / "vectors.faiss")
    assert (loaded.stamp, len(loaded), loaded.dimension) == ("generation 7 ✓", 50, 16)
    for row in unit_rows(50):
        assert loaded.search(row, 7) == index.search(row, 7)
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


def test_a_loaded_index_can_be_changed_and_saved_again(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    filled().save(path, "one")
    loaded = FaissIndex.load(path)
    loaded.remove([10])
    loaded.add([10, 99], unit_rows(2))
    loaded.save(path, "two")
    again = FaissIndex.load(path)
    assert (again.stamp, len(again)) == ("two", 51)
    assert again.search(unit_rows(2)[1], 2) == loaded.search(unit_rows(2)[1], 2)


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    FaissIndex.empty(4).save(tmp_path / "vectors.faiss")
    assert len(FaissIndex.load(tmp_path / "vectors.faiss")) == 0


def test_the_same_vectors_give_the_same_file(tmp_path: Path) -> None:
    filled().save(tmp_path / "one", "s")
    filled().save(tmp_path / "two", "s")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_faiss_reads_the_file_as_its_own(tmp_path: Path) -> None:
    filled().save(tmp_path / "vectors.faiss")
    index = faiss.read_index(str(tmp_path / "vectors.faiss"))
    assert (index.ntotal, index.d) == (50, 16)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DamagedVectorsError, match="missing"):
        FaissIndex.load(tmp_path / "missing")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_told(tmp_path: Path, place: float, bit: int) -> None:
    path = tmp_path / "vectors.faiss"
    filled().save(path, "stamp")
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    path.write_bytes(content)
    with pytest.raises(DamagedVectorsError, match=r"vectors\.faiss"):
        FaissIndex.load(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True))
def test_any_cut_is_told(tmp_path: Path, share: float) -> None:
    path = tmp_path / "vectors.faiss"
    filled().save(path, "stamp")
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(DamagedVectorsError, match=r"vectors\.faiss"):
        FaissIndex.load(path)


@pytest.mark.parametrize("content", [b"", b"quothvec", b"\x00" * 5000, b"\xff" * 12 + b"quothvec", b"text " * 999])
def test_a_file_of_something_else_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vectors.faiss"
    path.write_bytes(content)
    with pytest.raises(DamagedVectorsError):
        FaissIndex.load(path)


def test_searching_and_adding_at_once_is_safe() -> None:
    index, rows = filled(), unit_rows(2000)
    is_done = threading.Event()
    errors: list[BaseException] = []

    def search() -> None:
        try:
            while not is_done.is_set():
                (_, cosine), *_ = index.search(rows[3], 5)
                assert cosine == pytest.approx(1, abs=1e-3)
        except BaseException as error:  # noqa: BLE001  # shown below, in the main thread
            errors.append(error)

    searchers = [threading.Thread(target=search) for _ in range(3)]
    for searcher in searchers:
        searcher.start()
    for start in range(0, 2000, 50):
        index.add(range(1000 + start, 1050 + start), rows[start : start + 50])
        index.remove([1000 + start])
    is_done.set()
    for searcher in searchers:
        searcher.join()
    assert errors == []
    assert len(index) == 50 + 2000 - 40


def test_searching_leaves_the_number_of_threads_as_it_was() -> None:
    before = faiss.omp_get_max_threads()
    filled().search(unit_rows(1)[0], 5)
    assert faiss.omp_get_max_threads() == before
