from __future__ import annotations

from dataclasses import replace

from tests.browser.shelf import make_document

from quoth.examples import LONGEST, find_examples
from quoth.records import Document, Heading, State

LETTER = (
    "Dear Ottilie!\n\nThe lighthouse went dark on Tuesday at eleven. Nobody was near the lamp, and the keeper slept.\n"
)
REPLY = "Three inspectors of the lighthouses have been sent to the island since\nthen. Each of them found nothing.\n"


def examples_of(*documents: Document) -> tuple[str, ...]:
    held = {document.info.id: document for document in documents}
    return find_examples([document.info for document in documents], held.__getitem__)


def test_headings_are_offered_where_there_are_any() -> None:
    headed = replace(make_document("b.md", "Roses\n\nThey bloom."), outline=(Heading(0, 1, "Roses"),))
    assert examples_of(make_document("a.txt", LETTER), headed) == ("Roses",)


def test_letters_without_headings_offer_one_of_their_first_sentences_as_it_stands() -> None:
    offered = examples_of(make_document("a.txt", LETTER), make_document("b.txt", REPLY))
    assert offered == ("The lighthouse went dark on Tuesday at eleven.", REPLY[: REPLY.index(" Each")])


def test_no_sentence_is_cut_to_be_offered() -> None:
    endless = f"The sea {'rose and fell and ' * LONGEST}rose. It was seen by everybody at the harbour.\n"
    assert examples_of(make_document("a.txt", endless)) == ()
    assert examples_of(make_document("b.txt", "Too short. " * 400)) == ()


def test_the_same_words_are_offered_once_and_files_without_text_are_passed_over() -> None:
    twice = [make_document(name, LETTER) for name in ("a.txt", "b.txt")]
    scan = make_document("scan.pdf", "", state=State.NEEDS_OCR)
    assert len(examples_of(scan, *twice)) == 1
    assert (
        len(examples_of(*(make_document(f"{n}.txt", f"Letter {n} was sent from the harbour.") for n in range(9)))) == 4
    )
