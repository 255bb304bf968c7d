from __future__ import annotations

import lxml.html
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.browser.hostile import HOSTILE
from tests.browser.shelf import Shelf, make_document

from quoth.citing import cite
from quoth.records import Document, Span
from quoth.ui.address import Address
from quoth.ui.routes import add_routes

FIRST = "The ferry left at nine with seven passengers. "
LAST = "The lighthouse went dark on Tuesday at eleven."


def client(*documents: Document) -> TestClient:
    app = FastAPI()
    add_routes(app, Shelf(documents))
    return TestClient(app)


def passage(document: Document, start: int, end: int) -> str:
    return Address("dark?").at_source(document.info.id, cite(document, Span(start, end))).search


def grow(document: Document, search: str, direction: str, **headers: str) -> tuple[int, dict[str, str]]:
    response = client(document).get(f"/quoth/passage{search}&grow={direction}&number=2", headers=headers)
    return response.status_code, response.json()


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_grown_quote_is_shown_as_typed(hostile: str) -> None:
    text = f"{hostile} {LAST}"
    document = make_document(f"{hostile[:100]}.txt", text, title=hostile)
    status, grown = grow(document, passage(document, len(hostile) + 1, len(text)), "before")
    found = lxml.html.fragment_fromstring(grown["html"].replace("&#13;", "\N{SYMBOL FOR CARRIAGE RETURN}"))
    quote = found.xpath("//blockquote")[0].text_content().replace("\N{SYMBOL FOR CARRIAGE RETURN}", "\r")
    assert status == 200
    assert "".join(quote.split()) in "".join(text.split())
    assert len(quote) > len(LAST)
    names = {child.tag for child in found.iter()}
    assert names <= {"div", "blockquote", "p", "span", "a", "bdi", "button", "mark"}


def test_the_number_and_the_question_stay_with_a_grown_quote() -> None:
    document = make_document("a.txt", FIRST + LAST)
    _, grown = grow(document, passage(document, len(FIRST), len(FIRST + LAST)), "before", **{"accept-language": "de"})
    found = lxml.html.fragment_fromstring(grown["html"])
    assert found.xpath("string(//*[@class='number'])") == "2"
    assert "q=dark%3F" in found.get("data-search")
    assert "q=" not in found.get("data-permalink")
    assert grown["said"] == "Das Zitat ist länger: a.txt, Zeile 1"


def test_a_passage_that_is_gone_is_told() -> None:
    known, other = make_document("a.txt", FIRST + LAST), make_document("b.txt", "Nothing.")
    response = client(other).get(f"/quoth/passage{passage(known, 0, 9)}&grow=after")
    assert response.status_code == 404
    assert "html" not in response.json()
    assert client(known).get("/quoth/passage?doc=../etc&grow=after").status_code == 404
