"""A zip archive in the folder, from the build to the page that shows its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.parsing.pdf_writer import PdfPage, lines_of, make_pdf
from tests.parsing.zip_writer import make_zip

from quoth.library import Library
from quoth.records import Citation, State, VerificationResult
from quoth.settings import Settings
from quoth.testing import HashEmbedder
from quoth.ui.arrivals import Folder, Limits, RefusedError
from quoth.ui.original_routes import make_original_router

LETTER = b"Anna wrote from Lisbon in March. She had sold the house."
PAPER = make_pdf([PdfPage(lines_of("The keeper slept.\nNobody woke him."))])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    path = tmp_path / "documents" / "post.zip"
    path.write_bytes(make_zip({"in/anna.txt": LETTER, "paper.pdf": PAPER}))
    (tmp_path / "documents" / "beside.txt").write_text("Something else stands beside it.")
    return path


@pytest.fixture
def library(tmp_path: Path, archive: Path) -> Iterator[Library]:
    with Library(tmp_path / "index", Settings(folder=str(archive.parent)), HashEmbedder()) as built:
        built.build()
        yield built


def cited(library: Library) -> Citation:
    return library.ask("Who sold the house in March?").hits[0].citation


def test_a_question_is_answered_from_an_archive_and_the_citation_verified(library: Library, archive: Path) -> None:
    citation = cited(library)
    assert (citation.source, citation.quote) == ("post.zip/in/anna.txt", LETTER.decode())
    assert library.verify(citation).result is VerificationResult.EXACT
    archive.write_bytes(make_zip({"in/anna.txt": b"A new first line.\n\n" + LETTER}))
    assert library.verify(citation).result is VerificationResult.MOVED
    archive.write_bytes(make_zip({"paper.pdf": PAPER}))
    gone = library.verify(citation)
    assert gone.result is VerificationResult.CHANGED
    assert "post.zip/in/anna.txt is not in the folder any more" in gone.reason


def test_a_build_after_a_change_in_an_archive_reads_only_what_changed_in_it(library: Library, archive: Path) -> None:
    assert library.build().unchanged == 3
    archive.write_bytes(make_zip({"in/anna.txt": LETTER, "paper.pdf": PAPER, "new.txt": b"A third one."}))
    assert library.status().stale == ("post.zip/in/anna.txt", "post.zip/new.txt", "post.zip/paper.pdf")
    report = library.build()
    assert (report.added, report.changed, report.removed, report.unchanged) == (("post.zip/new.txt",), (), (), 3)
    assert library.status().stale == ()


def test_an_unpacked_archive_is_not_embedded_again(library: Library, archive: Path) -> None:
    archive.unlink()
    (archive.parent / "post").mkdir()
    (archive.parent / "post" / "anna.txt").write_bytes(LETTER)
    report = library.build()
    assert (report.added, report.embedded) == (("post/anna.txt",), 0)


def test_what_was_read_of_an_archive_that_is_damaged_now_leaves_the_index(library: Library, archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-30])
    report = library.build()
    assert report.removed == ("post.zip/in/anna.txt", "post.zip/paper.pdf")
    assert [(skip.source, skip.state) for skip in report.skipped] == [("post.zip", State.DAMAGED)]


def test_the_pages_of_a_pdf_in_an_archive_are_drawn_and_the_file_can_be_saved(library: Library, archive: Path) -> None:
    app = FastAPI()
    app.include_router(make_original_router(library))
    page = TestClient(app)
    ids = {info.source: info.id for info in library.documents()}
    assert page.get(f"/page/{ids['post.zip/paper.pdf']}/1.png?w=800").content.startswith(b"\x89PNG")
    boxes = page.get(f"/boxes/{ids['post.zip/paper.pdf']}?s=0-17").json()
    assert [(box["kind"], box["page"]) for box in boxes] == [("cited", 1), ("marked", 1)]
    saved = page.get(f"/original/{ids['post.zip/in/anna.txt']}")
    assert (saved.status_code, saved.content) == (200, LETTER)
    assert "anna.txt" in saved.headers["content-disposition"]
    assert "X-Quoth-Changed" not in saved.headers
    archive.write_bytes(make_zip({"in/anna.txt": b"Another letter."}))
    changed = page.get(f"/original/{ids['post.zip/in/anna.txt']}")
    assert (changed.content, changed.headers["X-Quoth-Changed"]) == (b"Another letter.", "1")
    assert page.get(f"/page/{ids['post.zip/paper.pdf']}/1.png").status_code == 409
    archive.write_bytes(b"PK, but no archive any more")
    refused = page.get(f"/original/{ids['post.zip/in/anna.txt']}")
    assert (refused.status_code, "the archive is damaged" in refused.text) == (409, True)


def test_a_file_in_an_archive_is_not_removed_by_the_page(library: Library, archive: Path) -> None:
    with pytest.raises(RefusedError, match="lies in a zip archive, which this page does not change"):
        Folder(library, Limits(file=1_000, total=3_000)).remove("post.zip/in/anna.txt")
    assert archive.exists()


def test_a_citation_leads_out_of_no_archive(library: Library) -> None:
    citation = replace(cited(library), source="post.zip/../../documents/beside.txt")
    with pytest.raises(Exception, match="is not the path of a document inside the folder"):
        library.verify(citation)
