from __future__ import annotations

from dataclasses import replace

from tests.evidence.making import MADE_AT, document_of, evidence_of, exhibit_of

from quoth.evidence import Exhibit, renew
from quoth.records import Document, VerificationResult

TEXT = "It rained. The mayor resigned.\nNobody asked why.\n"
OLD = document_of(TEXT)
PINNED = exhibit_of(OLD, "The mayor resigned.", note="mine")


def unchanged(document_id: str) -> str:
    """What is found out of a file that is as it was read."""
    return ""


def renewed(*exhibits: Exhibit, library: tuple[Document, ...]) -> tuple[Exhibit, ...]:
    documents = {document.info.id: document for document in library}
    known = [document.info for document in library]
    return renew(evidence_of(*exhibits), known, documents.__getitem__, unchanged, MADE_AT).exhibits


def test_a_quote_that_stands_is_cut_out_of_its_document_again() -> None:
    claimed = replace(PINNED, citation=replace(PINNED.citation, title="Another", section=("X",), first_line=99))
    [found] = renewed(claimed, library=(OLD,))
    assert (found.citation, found.note, found.log) == (PINNED.citation, "mine", PINNED.log)
    assert (found.standing, found.document_id) == (VerificationResult.EXACT, OLD.info.id)


def test_a_quote_that_moved_is_cited_where_it_stands_now() -> None:
    new = document_of("Corrected.\n" + TEXT)
    [found] = renewed(PINNED, library=(new,))
    assert (found.standing, found.citation.first_line) == (VerificationResult.MOVED, 2)
    assert (found.citation.file_sha256, found.document_id) == (new.info.file_sha256, new.info.id)
    assert found.remark == "the same words stand at line 2"


def test_a_renamed_file_is_known_by_its_content() -> None:
    [found] = renewed(PINNED, library=(document_of(TEXT, "old/news.txt"),))
    assert (found.standing, found.citation.source) == (VerificationResult.MOVED, "old/news.txt")


def test_words_that_are_gone_are_kept_and_marked() -> None:
    [found] = renewed(PINNED, library=(document_of("Sunny."),))
    assert (found.citation, found.standing) == (PINNED.citation, VerificationResult.CHANGED)
    assert (found.remark, found.document_id) == ("the words do not stand in news.txt any more", "")


def test_a_document_that_is_gone_is_told_of() -> None:
    [found] = renewed(PINNED, library=())
    assert (found.standing, found.remark) == (VerificationResult.CHANGED, "news.txt is not in the index any more")


def test_words_put_into_a_citation_are_not_confirmed() -> None:
    forged = replace(PINNED.citation, quote="The mayor stayed.")
    [found] = renewed(replace(PINNED, citation=forged), library=(OLD,))
    assert found.standing is VerificationResult.CHANGED
    assert found.remark == "the quote is not the one that was cited: its hash differs"


def test_order_and_number_stay_whatever_became_of_each() -> None:
    gone = exhibit_of(document_of("Gone.", "gone.txt"))
    notes = [f"{found.note}{found.standing}" for found in renewed(gone, PINNED, gone, library=(OLD,))]
    assert notes == ["changed", "mineexact", "changed"]


def test_a_document_that_a_build_takes_away_meanwhile_is_gone() -> None:
    def read(document_id: str) -> Document:
        raise KeyError(document_id)

    [found] = renew(evidence_of(PINNED), [OLD.info], read, unchanged, MADE_AT).exhibits
    assert found.standing is VerificationResult.CHANGED


def test_a_letter_that_stands_everywhere_takes_no_time() -> None:
    document = document_of("a" * 2_000_000)
    far = exhibit_of(document, "a")
    [found] = renewed(replace(far, citation=replace(far.citation, start=1_999_999)), library=(document,))
    assert (found.standing, found.citation.start) == (VerificationResult.EXACT, 1_999_999)


def test_a_quote_of_a_file_that_was_changed_since_is_not_confirmed_and_the_file_is_looked_at_once() -> None:
    asked: list[str] = []

    def check(document_id: str) -> str:
        asked.append(document_id)
        return "news.txt was changed" if document_id == OLD.info.id else ""

    other = document_of("It rained.", "other.txt")
    documents = {document.info.id: document for document in (OLD, other)}
    known = [document.info for document in documents.values()]
    evidence = evidence_of(PINNED, PINNED, exhibit_of(other, "It rained."))
    found = renew(evidence, known, documents.__getitem__, check, MADE_AT).exhibits
    assert [(one.standing, one.remark) for one in found] == [
        (VerificationResult.CHANGED, "news.txt was changed"),
        (VerificationResult.CHANGED, "news.txt was changed"),
        (VerificationResult.EXACT, "the file is unchanged"),
    ]
    assert asked == [OLD.info.id, other.info.id]
