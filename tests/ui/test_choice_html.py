from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.browser.shelf import Shelf, make_document

from quoth.records import Skipped, State
from quoth.ui.address import Address
from quoth.ui.choice_html import folders_of, pattern_of, read_pattern, render_choice
from quoth.ui.documents_html import LISTED, Search, render_documents, render_list
from quoth.ui.routes import add_routes

SHELF = Shelf(
    [
        make_document("letters/1911/a.txt", "One.", title="The first letter"),
        make_document("letters/b.txt", "Two."),
        make_document("map [old].pdf", "Three. Four.", title="Map", pages=(0, 7)),
    ],
    unread=[Skipped("scan.pdf", State.NEEDS_OCR, "Its pages are pictures; run it through OCR first.")],
)


@given(st.text(min_size=1), st.text())
def test_the_pattern_of_a_path_matches_this_path_only_and_is_read_as_it(path: str, other: str) -> None:
    assert fnmatchcase(path, pattern_of(path))
    assert fnmatchcase(other, pattern_of(path)) == (other == path)
    assert read_pattern(pattern_of(path)) == path


def test_a_pattern_is_shown_as_it_was_typed() -> None:
    assert [read_pattern(pattern) for pattern in ("letters/*", "[ab].txt", "a[[]1]*")] == [
        "letters/*",
        "[ab].txt",
        "a[[]1]*",
    ]


def test_folders_are_counted_with_all_that_lies_below_them() -> None:
    assert folders_of(["letters/1911/a.txt", "letters/b.txt", "c.txt", "x[1]/d.txt"]) == {
        "letters/*": 2,
        "letters/1911/*": 1,
        "x[[]1]/*": 1,
    }


def test_the_choice_says_how_many_are_asked_and_how_to_take_a_pattern_back() -> None:
    shown = render_choice(SHELF, Address("Who?", sources=("letters/*", "*.pdf")))
    assert "Asking 3 of 3 documents:" in shown
    assert 'href="?q=Who%3F&amp;in=%2A.pdf" data-open aria-label="Do not ask letters/*"' in shown
    assert 'href="?q=Who%3F" data-open>all documents</a>' in shown
    assert render_choice(SHELF, Address("Who?")) == ""


def test_a_pattern_that_no_document_matches_is_named() -> None:
    shown = render_choice(SHELF, Address("Who?", sources=("<b>*",)))
    assert "No document matches:" in shown
    assert "<bdi>&lt;b&gt;*</bdi>" in shown


def test_each_document_is_listed_with_its_facts_and_a_file_that_was_not_read_with_what_to_do() -> None:
    shown = render_documents(SHELF, Address(view="documents"))
    assert "3 documents · 3 passages · 1 file not read, or only in part" in shown
    assert "PDF · 2 pages · 1 passage · English" in shown
    assert "<strong>Needs OCR</strong> · Its pages are pictures; run it through OCR first." in shown
    assert 'data-pattern="map [[]old].pdf" aria-label="Ask Map">' in shown


def test_the_kind_of_a_file_that_was_not_read_is_told_and_passages_only_of_what_was() -> None:
    scan = next(info for info in SHELF.documents() if info.state is State.NEEDS_OCR)
    shown = render_list(SHELF, [replace(scan, kind="pdf")], Search(Address(view="documents")))
    assert '<p class="facts">PDF</p>' in shown


@pytest.mark.parametrize(
    ("sources", "ticked"), [(("letters/b.txt",), " checked>"), (("letters/*",), " checked disabled>")]
)
def test_what_is_asked_is_ticked(sources: tuple[str, ...], ticked: str) -> None:
    shown = render_documents(SHELF, Address(view="documents", sources=sources))
    assert f'data-pattern="letters/b.txt" aria-label="Ask letters/b.txt"{ticked}' in shown


def test_the_list_is_found_in_by_title_and_path_and_by_what_was_not_read() -> None:
    address, documents = Address(view="documents"), SHELF.documents()
    assert "1 of 4" in render_list(SHELF, documents, Search(address, "FIRST let"))
    assert "2 of 4" in render_list(SHELF, documents, Search(address, "letters/"))
    assert "1 of 4" in render_list(SHELF, documents, Search(address, only_unread=True))
    assert "No title or path matches." in render_list(SHELF, documents, Search(address, "zebra"))


def test_thousands_of_documents_come_in_parts() -> None:
    shelf = Shelf([make_document(f"{number:04}.txt", "Text.") for number in range(3_000)])
    shown = render_documents(shelf, Address(view="documents", page=2, sources=("*",)))
    assert shown.count('class="file"') == LISTED
    assert "51 to 100 of 3,000" in shown
    assert 'href="?view=documents&amp;in=%2A"' in shown
    assert 'href="?view=documents&amp;page=3&amp;in=%2A"' in shown
    assert "2,951 to 3,000 of 3,000" in render_documents(shelf, Address(view="documents", page=9_000))
    assert len(shown) < 50_000


def test_a_list_of_documents_with_too_long_a_choice_is_refused_in_the_language_of_the_reader() -> None:
    app = FastAPI()
    add_routes(app, SHELF)
    refused = TestClient(app).get(f"/quoth/documents?in={'a' * 60_000}", headers={"Accept-Language": "de"})
    assert (refused.status_code, refused.text[:28]) == (422, "Diese Adresse ist zu lang; w")
