"""Tables as files: how many are written at once, and what becomes of one when a build comes in between."""

from __future__ import annotations

import asyncio
import csv
import io
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message
from tests.browser.shelf import Shelf, make_document

from quoth.errors import BusyError
from quoth.records import Document, EachAnswer, Mentions
from quoth.ui import table_routes
from quoth.ui.table_routes import make_table_router

FERRIES = [make_document(f"{number:03}.txt", f"Ferry {number} was late.") for number in range(45)]
MANY = [make_document(f"{number:03}.txt", f"Ferry {number} was late.") for number in range(510)]


class Meanwhile(Shelf):
    """Does `act` before the second part of a table or of mentions is made."""

    def __init__(self, act: Callable[[Meanwhile], object], documents: Sequence[Document] = FERRIES) -> None:
        super().__init__(documents)
        self._act = act

    def ask_each(
        self, question: str, *, sources: Sequence[str] = (), offset: int = 0, limit: int = 1_000
    ) -> EachAnswer:
        if offset == 20:
            self._act(self)
        return super().ask_each(question, sources=sources, offset=offset, limit=limit)

    def mentions(self, text: str, **part: Any) -> Mentions:
        if part.get("offset"):
            self._act(self)
        return super().mentions(text, **part)

    def build_again(self) -> None:
        """As if a file had come before all others."""
        first = make_document("000-new.txt", "Ferry 1000 was late.")
        self._documents[first.info.id] = first


def clients_of(shelf: Shelf, count: int = 1) -> list[TestClient]:
    app = FastAPI()
    app.include_router(make_table_router(shelf), prefix="/quoth")
    return [TestClient(app, client=(f"192.0.2.{number}", 50_000)) for number in range(count)]


def test_few_files_are_written_at_once_and_one_for_each_client() -> None:
    go_on, begun = threading.Event(), threading.Semaphore(0)

    def wait(_: object) -> None:
        begun.release()
        assert go_on.wait(30)

    ana, ben, carla = clients_of(Meanwhile(wait), 3)
    address = "/quoth/table.csv?q=late+ferry"
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ana.get, address)
        assert begun.acquire(timeout=30)
        refused = ana.get(address)
        second = pool.submit(ben.get, address)
        assert begun.acquire(timeout=30)
        assert (refused.status_code, carla.get(address).status_code) == (503, 503)
        assert refused.text == "Another file is being written just now; try again when it is done"
        go_on.set()
        assert [len(done.result(30).text.splitlines()) for done in (first, second)] == [46, 46]
    assert carla.get(address).status_code == 200


def test_who_takes_a_file_too_slowly_gets_no_more_and_leaves_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_routes, "LONGEST_S", 0.3)
    (client,) = clients_of(Shelf(MANY))
    taken: list[Message] = []

    async def take(message: Message) -> None:
        await asyncio.sleep(0.1)
        taken.append(message)

    async def wait() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/quoth/table.csv",
        "query_string": b"q=ferry",
        "headers": [],
        "client": ("192.0.2.0", 50_000),
        "app": client.app,
        "root_path": "",
        "server": ("127.0.0.1", 80),
    }
    with ThreadPoolExecutor(1) as pool:  # in a thread where no browser test has left its event loop
        pool.submit(asyncio.run, asyncio.wait_for(client.app(scope, wait, take), 20)).result()
    assert 1 <= len(taken) <= 3
    assert client.get("/quoth/table.csv?q=ferry").status_code == 200


def test_a_file_that_cannot_be_written_keeps_nobody_waiting() -> None:
    (client,) = clients_of(Shelf(FERRIES))
    assert [client.get("/quoth/table.csv?q=").status_code for _ in range(3)] == [422] * 3
    assert client.get("/quoth/table.csv?q=ferry").status_code == 200


@pytest.mark.parametrize("name", ["table", "mentions"])
def test_a_file_ends_with_a_sentence_when_the_documents_change_meanwhile(name: str) -> None:
    (client,) = clients_of(Meanwhile(Meanwhile.build_again, MANY))
    written = client.get(f"/quoth/{name}.csv?q=ferry").text
    *rows, last = csv.reader(io.StringIO(written))
    assert last == ["This file is not complete: the documents were changed while it was written; save it again."]
    assert len(rows) == (21 if name == "table" else 501)
    assert len({tuple(row) for row in rows}) == len(rows)


def test_a_file_ends_with_a_sentence_when_something_goes_wrong_meanwhile() -> None:
    def fail(_: object) -> None:
        raise BusyError("too much is asked for")

    (client,) = clients_of(Meanwhile(fail))
    written = client.get("/quoth/table.csv?q=ferry").text
    assert list(csv.reader(io.StringIO(written)))[-1] == ["This file is not complete: too much is asked for."]


def test_what_cannot_be_written_is_told_in_the_language_of_the_reader() -> None:
    (client,) = clients_of(Shelf([make_document("a.txt", "The ferry sank.")]))
    answer = client.get("/quoth/table.csv", headers={"Accept-Language": "de"})
    assert (answer.status_code, answer.text) == (422, "Die Frage ist leer; geben Sie eine Frage ein")


def test_a_file_that_is_not_complete_says_so_in_the_language_of_the_reader() -> None:
    (client,) = clients_of(Meanwhile(Meanwhile.build_again, MANY))
    written = client.get("/quoth/table.csv?q=ferry", headers={"Accept-Language": "de"}).text
    *_, last = csv.reader(io.StringIO(written))
    assert last == [
        "Diese Datei ist nicht vollständig: die Dokumente wurden geändert, während sie geschrieben wurde; "
        "speichern Sie sie noch einmal."
    ]
