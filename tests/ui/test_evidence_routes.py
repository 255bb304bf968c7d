from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.browser.shelf import Shelf, make_document, write_files
from tests.evidence.making import MADE_AT

from quoth.citing import cite
from quoth.evidence import FORMS, Evidence, Exhibit, evidence_from_json, evidence_json
from quoth.records import Span, VerificationResult
from quoth.ui.evidence_routes import MOST_BYTES, MOST_EXHIBITS, evidence_router

NEWS = make_document("news.txt", "The ferry sank. Nobody asked why.", title="The news")
PINNED = Exhibit(cite(NEWS, Span(0, 15)), "mine")
FORGED = replace(PINNED, citation=replace(PINNED.citation, quote="The ferry won.!"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(tmp_path, [NEWS])
    return tmp_path


@pytest.fixture
def client(folder: Path) -> TestClient:
    app = FastAPI()
    app.include_router(evidence_router(Shelf([NEWS], folder=folder)), prefix="/quoth")
    return TestClient(app)


def body(*exhibits: Exhibit) -> str:
    return evidence_json(Evidence(exhibits, MADE_AT))


@pytest.mark.parametrize("name", FORMS)
def test_each_format_comes_as_a_file_that_is_not_kept(client: TestClient, name: str) -> None:
    answered = client.post(f"/quoth/evidence/{name}", content=body(PINNED))
    assert answered.status_code == 200
    assert answered.headers["content-disposition"] == f'attachment; filename="{FORMS[name].file_name}"'
    assert answered.headers["cache-control"] == "no-store"
    assert answered.headers["content-type"] == FORMS[name].media_type


def test_the_quote_of_a_file_is_that_of_the_index_never_that_of_the_sender(client: TestClient) -> None:
    claimed = replace(PINNED, citation=replace(PINNED.citation, title="Holy writ", first_line=7))
    answered = client.post("/quoth/evidence/json", content=body(claimed, FORGED))
    first, second = evidence_from_json(answered.text).exhibits
    assert (first.citation, first.note, first.document_id) == (PINNED.citation, "mine", NEWS.info.id)
    assert second.standing is VerificationResult.CHANGED


def test_what_no_longer_stands_is_told_of_in_the_readers_language(client: TestClient) -> None:
    answered = client.post(
        "/quoth/evidence/csv", content=body(PINNED, FORGED), headers={"Accept-Language": "de-DE,de;q=0.9"}
    )
    assert unquote(answered.headers["x-quoth-message"]) == (
        "2 Stellen in der Datei. 1 konnte nicht bestätigt werden; die Datei sagt, warum."
    )


@pytest.mark.parametrize("now", ["The ferry swam. Nobody asked why.", None])
def test_what_is_in_the_index_but_not_in_the_file_any_more_is_not_confirmed(
    client: TestClient, folder: Path, now: str | None
) -> None:
    file = folder / NEWS.info.source
    if now is None:
        file.unlink()
    else:
        file.write_text(now, "utf-8")
    answered = client.post("/quoth/evidence/json", content=body(PINNED, PINNED))
    told = "2 passages in the file. 2 of them could not be confirmed; the file says why."
    assert unquote(answered.headers["x-quoth-message"]) == told
    remark = (
        "news.txt was changed since the index was built; build it again"
        if now
        else "news.txt is not in the folder of documents any more"
    )
    for exhibit in evidence_from_json(answered.text).exhibits:
        assert (exhibit.standing, exhibit.remark) == (VerificationResult.CHANGED, remark)
    written = client.post("/quoth/evidence/markdown", content=body(PINNED)).text
    assert "Each quote stands" not in written
    assert "1 passage could not be confirmed and is marked so" in written


def test_what_is_no_evidence_is_refused_in_words(client: TestClient) -> None:
    answered = client.post("/quoth/evidence/json", content="{}")
    assert (answered.status_code, answered.text[:43]) == (400, "This cannot be read: this is not of the for")
    german = client.post("/quoth/evidence/json", content="{}", headers={"Accept-Language": "de"})
    assert german.text.startswith("Das lässt sich nicht lesen: ")
    assert client.post("/quoth/evidence/json", content=b"\xff").status_code == 400
    assert client.post("/quoth/questions", content="[]").status_code == 400


def test_a_format_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.post("/quoth/evidence/exe", content=body(PINNED)).status_code == 404


def test_more_than_fits_is_refused(client: TestClient) -> None:
    assert client.post("/quoth/evidence/csv", content=b" " * (MOST_BYTES + 1)).status_code == 413
    many = json.loads(body(PINNED))
    many["exhibits"] *= MOST_EXHIBITS + 1
    answered = client.post("/quoth/evidence/csv", content=json.dumps(many))
    assert (answered.status_code, answered.text) == (413, "At most 1,000 passages fit into one file.")
