from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.browser.shelf import Shelf, make_document

from quoth.errors import BusyError, QuothError, SourceError
from quoth.originals import MOST_BOX_PAGES, pages_of
from quoth.records import Original, PageBox, Span
from quoth.ui.original_routes import MOST_OF_ONE, make_original_router

BOOK = make_document("book.pdf", "x" * 1_000, pages=range(0, 1_000, 10))


class Pages:
    """Originals that count the pages that were looked at; every page of a span has one box."""

    def __init__(self) -> None:
        self.looked_at: set[int] = set()

    def find(self, document_id: str) -> Original:
        raise KeyError(document_id)

    def draw(self, document_id: str, number: int, width: int) -> bytes:
        raise KeyError(document_id)

    def boxes(self, document_id: str, span: Span) -> Sequence[PageBox]:
        numbers = [number for number, _ in pages_of(BOOK, span)]
        self.looked_at.update(numbers)
        return [PageBox(number, 0, 0, 1, 1) for number in numbers]


class Library(Shelf):
    def __init__(self) -> None:
        super().__init__([BOOK])
        self.originals: Pages = Pages()  # type: ignore[assignment]  # all that the route asks for


def test_places_are_looked_for_on_few_pages_however_many_are_asked_for() -> None:
    library, app = Library(), FastAPI()
    app.include_router(make_original_router(library), prefix="/quoth")
    marks = ",".join(f"{start}-{start + 45}" for start in range(0, 1_000, 50))
    boxes = TestClient(app).get(f"/quoth/boxes/{BOOK.info.id}?s=0-25&m={marks}&f=12-14").json()
    assert len(library.originals.looked_at) == MOST_BOX_PAGES
    assert [box["page"] for box in boxes if box["kind"] == "cited"] == [1, 2, 3]
    assert [box["page"] for box in boxes if box["kind"] == "marked"] == list(range(1, MOST_BOX_PAGES + 1))
    assert [box["page"] for box in boxes if box["kind"] == "found"] == [2]


def test_other_passages_get_the_pages_that_the_passage_leaves() -> None:
    app = FastAPI()
    app.include_router(make_original_router(Library()), prefix="/quoth")
    boxes = TestClient(app).get(f"/quoth/boxes/{BOOK.info.id}?o=500-510,600-610&s=0-185").json()
    assert len([box for box in boxes if box["kind"] == "cited"]) == MOST_BOX_PAGES - 1
    assert [box["page"] for box in boxes if box["kind"] == "other"] == [51]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BusyError("too many pages are being drawn; try again in a moment"), "trop de pages sont en cours de dessin"),
        (SourceError("a.zip/b.pdf: it needs a password; unpack it into the folder"), "a.zip/b.pdf : il demande un mot"),
        (SourceError("book.pdf is torn"), "book.pdf is torn"),
    ],
)
def test_why_a_page_is_not_shown_is_said_in_the_language_of_the_reader(error: QuothError, told: str) -> None:
    class Torn(Pages):
        def draw(self, document_id: str, number: int, width: int) -> bytes:
            raise error

    library, app = Library(), FastAPI()
    library.originals = Torn()
    app.include_router(make_original_router(library), prefix="/quoth")
    answer = TestClient(app).get(f"/quoth/page/{BOOK.info.id}/1.png", headers={"Accept-Language": "fr"})
    assert answer.status_code >= 400
    assert answer.text.startswith(told)


class Slow(Pages):
    """Draws nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Semaphore(0), threading.Event()

    def draw(self, document_id: str, number: int, width: int) -> bytes:
        self.begun.release()
        assert self.go_on.wait(30)
        return b"drawn"


def test_one_client_does_not_fill_the_places_of_those_who_wait_for_a_page() -> None:
    library, app = Library(), FastAPI()
    library.originals = slow = Slow()
    app.include_router(make_original_router(library), prefix="/quoth")
    greedy, other = (TestClient(app, client=(f"192.0.2.{number}", 50_000)) for number in (7, 8))
    with ThreadPoolExecutor(MOST_OF_ONE + 1) as pool:
        pages = [pool.submit(greedy.get, f"/quoth/page/{BOOK.info.id}/{number}.png") for number in range(MOST_OF_ONE)]
        assert all(slow.begun.acquire(timeout=30) for _ in pages)
        assert greedy.get(f"/quoth/page/{BOOK.info.id}/9.png").status_code == 503
        assert greedy.get(f"/quoth/boxes/{BOOK.info.id}?s=0-25").status_code == 503
        pages.append(pool.submit(other.get, f"/quoth/page/{BOOK.info.id}/9.png"))
        assert slow.begun.acquire(timeout=30)
        slow.go_on.set()
        assert {page.result(30).content for page in pages} == {b"drawn"}
    assert greedy.get(f"/quoth/page/{BOOK.info.id}/9.png").status_code == 200
