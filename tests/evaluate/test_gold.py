from __future__ import annotations

from tests.contracts.making import make_document

from quoth.evaluate.gold import LocatedQuestion, LostQuestion, locate
from quoth.evaluate.questions import Gold, WrittenQuestion
from quoth.evaluate.scoring import Place
from quoth.records import Document, Span

SENTENCE = "The harbour of Lisbon was closed by order of the mayor on the second of March, to all ships alike."
LETTERS = {"a.txt": f"Dear Anna,\n{SENTENCE} It was May.", "b.txt": f"{SENTENCE} In May\nthey left."}


def documents() -> dict[str, Document]:
    made = [make_document(source, text)[0] for source, text in LETTERS.items()]
    return {document.info.id: document for document in made}


def locate_one(*golds: Gold) -> LocatedQuestion | LostQuestion:
    known = documents()
    infos = [document.info for document in known.values()]
    (found,) = locate([WrittenQuestion(1, "1", "When?", golds)], infos, known.__getitem__)
    return found


def places(*golds: Gold) -> list[tuple[str, int, int]]:
    found = locate_one(*golds)
    assert isinstance(found, LocatedQuestion)
    return [(place.source, place.span.start, place.span.end) for place in found.golds]


def reason(*golds: Gold) -> str:
    found = locate_one(*golds)
    assert isinstance(found, LostQuestion)
    return found.reason


def test_words_are_found_in_all_documents_or_in_the_one_that_is_named() -> None:
    assert places(Gold("Dear Anna")) == [("a.txt", 0, 9)]
    assert places(Gold("May", "a.txt")) == [("a.txt", LETTERS["a.txt"].index("May"), LETTERS["a.txt"].index("May") + 3)]


def test_a_sentence_counts_wherever_it_stands_and_a_few_words_must_stand_once() -> None:
    assert [source for source, _, _ in places(Gold(SENTENCE))] == ["a.txt", "b.txt"]
    assert "“May” stand in 2 places of any document; quote more words" in reason(Gold("May"))


def test_white_space_counts() -> None:
    assert places(Gold("In May\nthey left")) == [("b.txt", len(SENTENCE) + 1, len(SENTENCE) + 17)]
    assert "“In May they left” do not stand in any document, white space included" in reason(Gold("In May they left"))


def test_a_place_holds_as_it_is_named_when_the_words_stand_there() -> None:
    assert places(Gold("", "a.txt", Span(5, 9))) == [("a.txt", 5, 9)]
    assert places(Gold("Anna", "a.txt", Span(5, 9))) == [("a.txt", 5, 9)]


def test_words_that_have_moved_are_used_where_they_stand_now_and_it_is_said() -> None:
    found = locate_one(Gold("Dear Anna", "a.txt", Span(40, 49), "f" * 64))
    assert isinstance(found, LocatedQuestion)
    assert found.golds == (Place("a.txt", Span(0, 9)),)
    assert "a.txt has changed since the question was written" in found.note
    assert "have moved" in locate_one(Gold("Dear Anna", "a.txt", Span(40, 49))).note  # type: ignore[union-attr]  # located


def test_a_renamed_file_is_known_by_its_content() -> None:
    info = next(document.info for document in documents().values() if document.info.source == "a.txt")
    assert places(Gold("Anna", "old.txt", Span(5, 9), info.file_sha256)) == [("a.txt", 5, 9)]


def test_what_is_not_there_any_more_is_said() -> None:
    assert reason(Gold("x", "a.tx")) == "a.tx is not in the index; did you mean a.txt?"
    assert "run `quoth build`" in reason(Gold("x", "letters/1999/winter.pdf"))
    assert "do not stand in a.txt" in reason(Gold("Bob", "a.txt", Span(5, 8)))
    assert "ends after 121 characters, before the place" in reason(Gold("", "a.txt", Span(500, 510)))


def test_a_question_with_one_place_lost_of_two_is_not_asked() -> None:
    assert "Bob" in reason(Gold("Dear Anna"), Gold("Bob"))


def test_a_question_without_answer_needs_no_place() -> None:
    assert places() == []
