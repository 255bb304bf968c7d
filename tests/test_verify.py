from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.citing import cite
from quoth.documents import read_document
from quoth.errors import SourceError
from quoth.parsing import parse_file
from quoth.records import Citation, Document, DocumentInfo, Span, Verification, VerificationResult
from quoth.verify import occurrences, occurrences_near, verify

TEXT = "The mayor resigned.\nNobody asked why.\nThe mayor resigned.\nThen it rained.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news.txt").write_text(TEXT)
    return tmp_path


def citation_of(folder: Path, quote: str, start: int | None = None) -> Citation:
    document = read_document(folder, "news.txt", parse_file).document
    start = document.text.index(quote) if start is None else start
    return cite(document, Span(start, start + len(quote)))


def check(citation: Citation, folder: Path, known: tuple[DocumentInfo, ...] = ()) -> Verification:
    def read(source: str) -> Document:
        return read_document(folder, source, parse_file).document

    return verify(citation, folder=folder, read=read, known=known)


def test_an_unchanged_file_is_exact(folder: Path) -> None:
    found = check(citation_of(folder, "Nobody asked why."), folder)
    assert (found.result, found.file_changed) == (VerificationResult.EXACT, False)


def test_a_change_elsewhere_leaves_the_quote_exact_and_is_said(folder: Path) -> None:
    citation = citation_of(folder, "Nobody asked why.")
    (folder / "news.txt").write_text(TEXT + "More.\n")
    found = check(citation, folder)
    assert (found.result, found.file_changed) == (VerificationResult.EXACT, True)


def test_words_that_stand_elsewhere_have_moved(folder: Path) -> None:
    citation = citation_of(folder, "Nobody asked why.")
    (folder / "news.txt").write_text("Corrected.\n" + TEXT)
    found = check(citation, folder)
    assert found.result is VerificationResult.MOVED
    assert found.now is not None
    assert (found.now.start, found.now.first_line) == (citation.start + 11, 3)


def test_of_several_places_the_one_with_the_same_surroundings_is_taken(folder: Path) -> None:
    second = citation_of(folder, "The mayor resigned.", start=TEXT.rindex("The mayor"))
    (folder / "news.txt").write_text("A much longer beginning than before.\n" + TEXT)
    found = check(second, folder)
    assert found.now is not None
    assert found.now.start == second.start + 37
    assert "and at 1 more place" in found.reason


def test_words_that_are_gone_have_changed(folder: Path) -> None:
    citation = citation_of(folder, "Nobody asked why.")
    (folder / "news.txt").write_text(TEXT.replace("Nobody", "Somebody"))
    found = check(citation, folder)
    assert (found.result, found.now) == (VerificationResult.CHANGED, None)
    assert found.reason == "the words do not stand in news.txt any more"


def test_one_changed_character_is_a_change(folder: Path) -> None:
    citation = citation_of(folder, "Nobody asked why.")
    (folder / "news.txt").write_text(TEXT.replace("asked why", "asked\u00a0why"))
    assert check(citation, folder).result is VerificationResult.CHANGED


def test_a_citation_whose_quote_was_altered_is_a_change(folder: Path) -> None:
    forged = replace(citation_of(folder, "Nobody asked why."), quote="The mayor resigned.", start=0, end=19)
    found = check(forged, folder)
    assert found.result is VerificationResult.CHANGED
    assert "its hash differs" in found.reason


def test_a_renamed_file_is_found_by_its_hash(folder: Path) -> None:
    citation = citation_of(folder, "Nobody asked why.")
    (folder / "news.txt").rename(folder / "archive.txt")
    known = (read_document(folder, "archive.txt", parse_file).document.info,)
    found = check(citation, folder, known)
    assert found.result is VerificationResult.MOVED
    assert found.now is not None
    assert found.now.source == "archive.txt"


def test_a_file_that_is_gone_is_said(folder: Path) -> None:
    citation = citation_of(folder, "Nobody asked why.")
    (folder / "news.txt").unlink()
    found = check(citation, folder)
    assert (found.result, found.reason) == (VerificationResult.CHANGED, "news.txt is not in the folder any more")


def test_a_citation_cannot_make_us_read_outside_the_folder(folder: Path) -> None:
    outside = replace(citation_of(folder, "Nobody asked why."), source="../secret.txt")
    with pytest.raises(SourceError):
        check(outside, folder)


def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(folder: Path) -> None:
    citation = citation_of(folder, "Nobody asked why.")
    (folder / "news.txt").unlink()
    os.mkfifo(folder / "news.txt")
    assert "not a regular file" in check(citation, folder).reason


def test_of_a_quote_that_stands_everywhere_the_place_near_the_cited_one_is_taken(folder: Path) -> None:
    (folder / "news.txt").write_text("The tide. " * 500 + "Low: The tide. Ebb." + "The tide. " * 500)
    citation = citation_of(folder, "The tide.", 5_005)
    (folder / "news.txt").write_text("The tide. " * 480 + "Low: The tide. Ebb." + "The tide. " * 500)
    found = check(citation, folder)
    assert found.now is not None
    assert found.now.start == 4_805
    assert "and at 99 more places at least" in found.reason


def test_no_more_surroundings_are_compared_than_a_citation_keeps(folder: Path) -> None:
    like, near = "A" * 100 + "B" * 32 + "quote", "C" * 100 + "B" * 32 + "quote"
    (folder / "news.txt").write_text(like + near)
    citation = replace(citation_of(folder, "quote", len(like + near) - 5), prefix=like[:-5], start=260, end=265)
    found = check(citation, folder)
    assert found.now is not None
    assert found.now.start == len(like + near) - 5


@given(st.text("ab", max_size=30), st.text("ab", min_size=1, max_size=3), st.integers(0, 40))
def test_places_come_the_nearest_first(text: str, quote: str, place: int) -> None:
    everywhere = sorted(occurrences(text, quote), key=lambda start: (abs(start - place), start < place))
    assert list(occurrences_near(text, quote, place)) == everywhere
