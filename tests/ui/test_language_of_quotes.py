"""Words of a document carry its language, so that they are read aloud in it; the page itself is in the reader's."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.browser.shelf import Shelf, make_document

from quoth.records import Document
from quoth.ui.address import Address
from quoth.ui.conversation import go_to
from quoth.ui.passage_routes import passage_router


def in_language(document: Document, language: str) -> Document:
    return replace(document, info=replace(document.info, language=language))


SHELF = Shelf(
    [
        in_language(make_document("brief.txt", "Der Leuchtturm blieb dunkel.\nNiemand war dort."), "de"),
        in_language(make_document("list.txt", "Leuchtturm 7 8 9."), "und"),
    ]
)


@pytest.mark.parametrize("view", ["", "table", "mentions"])
def test_a_quote_says_the_language_of_its_document_where_that_is_known(view: str) -> None:
    shown = go_to(SHELF, Address("Leuchtturm", view=view), ()).conversation
    quotes = lxml.html.fragment_fromstring(shown, create_parent="div").xpath("//blockquote")
    assert {quote.text_content()[:12]: quote.get("lang") for quote in quotes} == {
        "Der Leuchttu": "de",
        "Leuchtturm 7": None,
    }
    assert {quote.get("dir") for quote in quotes} == {"auto"}


def test_lines_of_the_source_say_it_and_the_labels_around_them_do_not() -> None:
    german, _ = SHELF.documents()
    source = lxml.html.fragment_fromstring(go_to(SHELF, Address(document_id=german.id), ()).source)
    assert [line.get("lang") for line in source.xpath(".//*[contains(@class, 'line')]") if line.get("dir")] == [
        "de"
    ] * 2
    assert {found.get("class") for found in source.xpath(".//*[@lang]")} == {"line"}


def test_a_quote_that_was_made_longer_says_it_too() -> None:
    app = FastAPI()
    app.include_router(passage_router(SHELF), prefix="/quoth")
    german, _ = SHELF.documents()
    grown = TestClient(app).get(f"/quoth/passage?doc={german.id}&s=0-28&grow=after").json()["html"]
    assert lxml.html.fragment_fromstring(grown).xpath("//blockquote")[0].get("lang") == "de"
