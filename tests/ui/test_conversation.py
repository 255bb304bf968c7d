from __future__ import annotations

from tests.browser.shelf import Shelf, make_document

from quoth.ui.address import parse_address
from quoth.ui.conversation import MOST_TURNS, Turn, ask, clean_question, go_to, object_to
from quoth.ui.home_html import render_home
from quoth.ui.render_html import Html

SHELF = Shelf([make_document("a.txt", "The lighthouse went dark.")])


def test_only_the_last_turns_are_kept() -> None:
    turns: tuple[Turn, ...] = ()
    for number in range(MOST_TURNS + 3):
        turns = ask(SHELF, f"question {number}", turns).turns
    assert len(turns) == MOST_TURNS
    assert turns[-1].question == f"question {MOST_TURNS + 2}"


def test_a_question_that_was_asked_is_not_asked_again_to_show_it() -> None:
    turns = (Turn("lighthouse", Html("<p>kept</p>")),)
    view = go_to(SHELF, parse_address("?q=lighthouse"), turns)
    assert view.turns == turns
    assert "<p>kept</p>" in view.conversation


def test_the_first_page_keeps_the_turns_for_later() -> None:
    turns = (Turn("lighthouse", Html("<p>kept</p>")),)
    view = go_to(SHELF, parse_address(""), turns)
    assert view.turns == turns
    assert "kept" not in view.conversation


def test_an_address_with_an_over_long_question_shows_why_it_is_not_asked() -> None:
    view = go_to(SHELF, parse_address("?q=" + "x" * 2001), ())
    assert view.turns == ()
    assert "2,001 characters" in view.notice


def test_questions_are_cleaned_before_they_are_judged() -> None:
    assert clean_question("  why? \n") == "why?"
    assert clean_question("a\ud800b") == "a?b"
    assert object_to(clean_question(" \n ")) == "Type a question first."
    assert object_to("x" * 2000) == ""


def test_a_thousand_documents_are_listed_up_to_a_limit() -> None:
    home = render_home([make_document(f"{number}.txt", "text").info for number in range(1000)], ())
    assert home.count("<li>") == 201
    assert "and 800 more" in home
