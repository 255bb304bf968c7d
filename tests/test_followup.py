from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render.examples import answer_of, hit_of

from quoth.analyze import analyze
from quoth.followup import MOST_TERMS, Leaning, carry, leaning_of
from quoth.records import Answer, CarriedTerm

questions = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def turn(question: str, title: str = "", source: str = "news.txt", text: str = "It rained.") -> Answer:
    """An answer whose best passage came from a document with that title; without title, nothing was found."""
    hit = hit_of(text)
    found = [replace(hit, citation=replace(hit.citation, title=title, source=source))] if title else []
    return replace(answer_of(*found), question=question)


def terms(question: str, *history: Answer | str, drop: Sequence[str] = ()) -> list[str]:
    return [carried.term for carried in carry(question, history, languages=("en",), drop=drop).terms]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Where was she born?", "en"),
        ("And in 1990?", "en"),
        ("What about the second edition?", "en"),
        ("Tell me more.", "en"),
        ("What are their habits?", "en"),
        ("Who said that?", "en"),
        ("Why?", "en"),
        ("Und im Mai?", "de"),
        ("Wann wurde er geboren?", "de"),
        ("Was ist mit den Kosten?", "de"),
        ("¿Y en Lisboa?", "es"),
        ("¿Cuándo murió ella?", "es"),
        ("Et à Lisbonne ?", "fr"),
        ("Quand est-elle née ?", "fr"),
    ],
)
def test_a_question_that_points_back_refers(question: str, language: str) -> None:
    assert leaning_of(question, language) is Leaning.REFERS


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Where was Anna Weber born?", "en"),
        ("When did Weber say that she was ill?", "en"),
        ("What happened in 1990?", "en"),
        ("whale", "en"),
        ("blue whale migration", "en"),
        ("Wie viele Schiffe lagen im Hafen?", "de"),
        ("¿Cuándo cerró el puerto de Lisboa?", "es"),
        ("Quand le port de Lisbonne a-t-il fermé ?", "fr"),
        ("Где он родился?", "ru"),
        ("Quand le port a-t-il fermé en mars 1920 ?", "fr"),
    ],
)
def test_a_question_that_names_its_subject_stands_alone(question: str, language: str) -> None:
    assert leaning_of(question, language) is Leaning.ALONE


def test_the_title_of_the_last_source_and_the_names_of_the_last_question_are_carried() -> None:
    last = turn("Where did Anna Weber meet the mayor?", "Letters of a traveller")
    assert carry("Where was she born?", [last]).terms == (
        CarriedTerm("Letters of a traveller", "title", "Where did Anna Weber meet the mayor?"),
        CarriedTerm("Anna Weber", "question", "Where did Anna Weber meet the mayor?"),
    )


def test_of_a_question_without_names_its_own_words_are_carried() -> None:
    assert terms("When were they cut?", "tell me how roses survive the winter") == ["roses survive", "winter"]


def test_a_file_name_that_stands_for_a_title_loses_its_suffix() -> None:
    assert terms("When was it written?", turn("What is in it?", "weber.txt", "letters/weber.txt")) == ["weber"]


def test_what_the_question_says_itself_is_not_carried() -> None:
    last = turn("Where did Anna Weber meet the mayor?", "The mayor")
    assert terms("Did she meet the mayor again?", last) == ["Anna Weber"]


def test_a_term_can_be_dropped_whatever_its_case() -> None:
    last = turn("Where did Anna Weber live?", "Letters")
    assert terms("Where was she born?", last, drop=["letters"]) == ["Anna Weber"]
    assert carry("Where was she born?", [last], drop=["Letters", "anna weber"]).terms == ()


def test_a_question_that_names_nothing_gets_the_title_when_it_is_about_the_same() -> None:
    last = turn("What did the harbour cost?", "The new harbour", text="The crane lifted bells.")
    assert terms("Which crane was the heaviest?", last) == ["The new harbour"]
    assert terms("Which roses need pruning?", last) == []


def test_the_first_question_has_nothing_to_lean_on() -> None:
    assert terms("Where was she born?") == []


def test_after_a_question_that_found_nothing_what_it_was_given_is_carried_on() -> None:
    lent = CarriedTerm("Letters", "title", "Who was Anna?")
    last = replace(turn("And her aunt?"), searched_for=(lent,))
    assert lent in carry("Where did she live?", [last]).terms


@given(questions, questions, questions)
def test_every_carried_term_stands_in_the_turn_it_is_said_to_come_from(question: str, earlier: str, title: str) -> None:
    last = turn(earlier, title)
    carried = carry(question, [last], languages=("en",))
    assert len(carried.terms) <= MOST_TERMS
    for term in carried.terms:
        assert term.term in (title if term.origin == "title" else earlier)
        assert analyze(term.term, "en") or term.origin == "title"


@given(questions, questions)
def test_dropping_every_term_leaves_nothing(question: str, earlier: str) -> None:
    last = turn(earlier, "A title")
    dropped: list[str] = []
    while found := terms(question, last, drop=dropped):
        dropped += found
    assert carry(question, [last], languages=("en",), drop=dropped).text == ""
