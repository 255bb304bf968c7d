"""Several processes at one index: killed writers, second writers, readers that follow."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.contracts.making import all_entries, ids, make_document, question_vector

from quoth.errors import IndexBusyError
from quoth.protocols import Changes, Filter, Match
from quoth.store import EmbeddedStore, writing

from .filled import CORPUS, MODEL, MORE, answers

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
    import sys
    from quoth.protocols import Changes
    from quoth.store import EmbeddedStore
    from tests.contracts.making import make_document

    with EmbeddedStore.open(sys.argv[1], model="hash-64") as store:
        print("open", flush=True)
        for number in range(int(sys.argv[2]), 10_000):
            texts = [f"batch{number} passage{n} word{n % 7}" for n in range(20)]
            document, entries = make_document(f"batch-{number}.txt", *texts)
            last = [info.id for info in store.documents() if info.source == f"batch-{number - 5}.txt"]
            store.commit(Changes(added=[(document, entries)], removed=last))
            print(number, flush=True)
            if "paced" in sys.argv:
                input()
            if number % 7 == 0:
                store.refresh()
"""


@contextmanager
def running(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("seed", range(6))
def test_a_writer_killed_at_any_moment_leaves_whole_batches_only(folder: Path, seed: int) -> None:
    moment = random.Random(seed)
    acknowledged = 0
    with running(WRITER, folder, 1) as writer:
        assert line_of(writer) == "open"
        for _ in range(moment.randint(1, 12)):
            acknowledged = int(line_of(writer))
        time.sleep(moment.random() * 0.05)
        os.kill(writer.pid, signal.SIGKILL)
    with EmbeddedStore.open(folder, model=MODEL) as store:
        numbers = sorted(int(info.source[6:-4]) for info in store.documents() if info.source.startswith("batch"))
        assert numbers == list(range(max(1, numbers[-1] - 4), numbers[-1] + 1))
        assert numbers[-1] >= acknowledged
        for number in numbers:
            (info,) = [info for info in store.documents() if info.source == f"batch-{number}.txt"]
            assert len(store.scan(where=Filter(frozenset({info.id})))) == 20
            texts = {entry.passage.text for entry in store.get(_found(store, number)).values()}
            assert texts == {f"batch{number} passage{n} word{n % 7}" for n in range(20)}
        assert ids(all_entries(store)) == sorted(match.passage_id for match in _all_by_vector(store))
        store.commit(Changes(added=MORE))  # the dead writer holds no lock


def _found(store: EmbeddedStore, number: int) -> list[str]:
    return [match.passage_id for match in store.search(tokens=[f"batch{number}"], k=1000)]


def _all_by_vector(store: EmbeddedStore) -> list[Match]:
    return store.search(vector=question_vector("word1"), k=1000)


def test_a_killed_create_leaves_the_old_index_serving_and_is_cleared_away(folder: Path) -> None:
    code = """
        import sys
        from quoth.store import EmbeddedStore
        store = EmbeddedStore.create(sys.argv[1], model="another", dimension=8)
        print(store.path.name, flush=True)
        input()
    """
    with running(code, folder) as writer:
        orphan = folder / line_of(writer)
    assert orphan.is_dir()
    with EmbeddedStore.open(folder, model=MODEL) as store:
        assert len(store.documents()) == len(CORPUS)
    with EmbeddedStore.create(folder, model="third", dimension=8):
        assert not orphan.exists()


def test_a_second_writer_is_refused_by_name(folder: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from quoth.store import writing
        with writing(Path(sys.argv[1])):
            print("writing", flush=True)
            input()
    """
    with running(code, folder) as writer:
        assert line_of(writer) == "writing"
        with pytest.raises(IndexBusyError, match=f"process {writer.pid}"), writing(folder):
            pytest.fail("two writers at once")
        with EmbeddedStore.open(folder, model=MODEL) as store:
            with pytest.raises(IndexBusyError, match=f"process {writer.pid}"):
                store.commit(Changes(added=MORE))
            assert answers(store)[0]  # reading goes on
            assert len(store.documents()) == len(CORPUS)
    with writing(folder):  # a killed writer holds nothing
        pass


def test_a_second_writer_may_wait(folder: Path) -> None:
    is_writing, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with writing(folder):
            is_writing.set()
            may_end.wait(30)

    writer = threading.Thread(target=write)
    writer.start()
    is_writing.wait()
    with pytest.raises(IndexBusyError), writing(folder, wait_s=0.01):
        pytest.fail("two writers at once")
    threading.Timer(0.5, may_end.set).start()
    with writing(folder, wait_s=30):
        assert may_end.is_set()
    writer.join()


def test_the_same_thread_may_enter_again(folder: Path) -> None:
    with writing(folder), EmbeddedStore.open(folder, model=MODEL) as store:
        store.commit(Changes(added=MORE))
        with writing(folder):
            store.refresh()
    assert (folder / ".writer").read_text() == f"{os.getpid()}\n"


def test_a_reader_in_another_process_follows_every_commit(folder: Path) -> None:
    with EmbeddedStore.open(folder, model=MODEL) as reader, running(WRITER, folder, 1, "paced") as writer:
        assert writer.stdin is not None
        assert answers(reader)
        assert line_of(writer) == "open"
        for number in range(1, 9):
            assert line_of(writer) == str(number)
            assert len(_found(reader, number)) == 20
            nearest = reader.search(vector=question_vector(f"batch{number} passage3 word3"), k=1)
            assert reader.get([nearest[0].passage_id])[nearest[0].passage_id].passage.text.startswith(f"batch{number} ")
            writer.stdin.write("\n")
            writer.stdin.flush()


def test_threads_read_whole_commits_while_another_writes(folder: Path) -> None:
    """Each commit puts one document in the place of another, so a reader always sees as many."""
    with EmbeddedStore.open(folder, model=MODEL) as store:
        store.commit(Changes(added=[make_document("turn.txt", *(f"turn0 side{n}" for n in range(10)))]))
        is_done = threading.Event()
        errors: list[BaseException] = []

        def read() -> None:
            try:
                while not is_done.is_set():
                    documents = store.documents()
                    assert len(documents) == len(CORPUS) + 1
                    assert len({entry.passage.document_id for entry in store.scan()}) == len(CORPUS) + 1
                    for match in store.search(tokens=["side1", "word1"], k=50):
                        assert match.score > 0
                    assert len(store.search(vector=question_vector("turn0 side1"), k=10)) >= 9
            except BaseException as error:  # noqa: BLE001  # shown below, in the main thread
                errors.append(error)

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        for turn in range(1, 16):
            (old,) = [info.id for info in store.documents() if info.source == "turn.txt"]
            new = make_document("turn.txt", *(f"turn{turn} side{n}" for n in range(10)))
            store.commit(Changes(added=[new], removed=[old]))
        is_done.set()
        for reader in readers:
            reader.join()
        assert errors == []
        assert {match.passage_id for match in store.search(tokens=["turn15"])} == set(ids(new[1]))
        assert store.search(tokens=["turn14"]) == []
