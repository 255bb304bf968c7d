from __future__ import annotations

import json
from dataclasses import replace

import lxml.html
import pytest
from tests.browser.shelf import Shelf, make_document

from quoth.errors import QuestionError
from quoth.ui.address import Address, parse_address
from quoth.ui.conversation import MOST_TURNS, Turn, ask, ask_beside, clean_question, go_to, object_to, open_address
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


def test_an_address_that_is_too_long_asks_nothing_and_says_what_to_do() -> None:
    turns = (Turn("lighthouse", Html("<p>kept</p>")),)
    view = open_address(SHELF, "?q=lighthouse&in=" + "a" * 501, turns)
    assert view.turns == turns
    assert "This address is too long; choose a folder or type a pattern" in view.conversation
    assert (view.source, view.choice) == ("", "")


@pytest.mark.parametrize(("search", "edited"), [("?in=" + "a" * 501, ""), ("", "?q=why&in=" + "a" * 501)])
def test_a_question_is_not_asked_of_other_documents_where_the_choice_is_too_long(search: str, edited: str) -> None:
    with pytest.raises(QuestionError, match="too long"):
        ask_beside(SHELF, "lighthouse", (), search=search, edited=edited)


def test_questions_are_cleaned_before_they_are_judged() -> None:
    assert clean_question("  why? \n") == "why?"
    assert clean_question("a\ud800b") == "a?b"
    assert object_to(clean_question(" \n ")) == "Type a question first."
    assert object_to("x" * 2000) == ""


def test_a_thousand_documents_are_listed_up_to_a_limit() -> None:
    home = render_home([make_document(f"{number}.txt", "text").info for number in range(1000)], ())
    assert home.count("<li>") == 201
    assert "and 800 more" in home


WHEN, WHY = "When did the Lighthouse of Ottilie close?", "Why did it go dark?"


def test_a_follow_up_has_the_questions_it_leans_on_in_its_address() -> None:
    turns = ask(SHELF, WHY, ask(SHELF, WHEN, ()).turns).turns
    assert turns[1].asked == Address(WHY, after=(WHEN,))
    assert ask(SHELF, "How was it lit?", turns).turns[2].after == (WHEN, WHY)


def test_an_address_brings_back_what_its_question_leans_on() -> None:
    asked = ask(SHELF, WHY, ask(SHELF, WHEN, ()).turns)
    view = go_to(SHELF, parse_address(asked.turns[1].asked.search), ())
    assert view.turns == asked.turns
    assert view.conversation == asked.conversation


def test_a_question_asked_without_a_term_takes_the_place_of_the_one_with_it() -> None:
    turns = ask(SHELF, WHY, ask(SHELF, WHEN, ()).turns).turns
    assert turns[1].answer is not None
    terms = [carried.term for carried in turns[1].answer.searched_for]
    assert terms == ["Lighthouse", "Ottilie"]
    view = go_to(SHELF, replace(turns[1].asked, drop=("Ottilie",)), turns)
    assert [turn.question for turn in view.turns] == [WHEN, WHY]
    assert view.turns[1].answer is not None
    assert [carried.term for carried in view.turns[1].answer.searched_for] == ["Lighthouse"]


def test_a_question_asked_alone_takes_nothing_over() -> None:
    turns = ask(SHELF, WHY, ask(SHELF, WHEN, ()).turns).turns
    view = go_to(SHELF, Address(WHY), turns)
    assert [(turn.question, turn.after) for turn in view.turns] == [(WHEN, ()), (WHY, ())]
    assert "carried" not in view.turns[1].body


def test_the_way_to_ask_alone_keeps_the_choice_of_documents() -> None:
    turns = ask(SHELF, WHY, ask(SHELF, WHEN, (), ["*.txt"]).turns, ["*.txt"]).turns
    alone = lxml.html.fragment_fromstring(turns[1].body, create_parent="div").xpath("//a[. = 'Ask it alone']/@href")
    assert [parse_address(href) for href in alone] == [Address(WHY, sources=("*.txt",))]


def test_what_a_follow_up_was_not_to_take_over_is_in_its_log() -> None:
    turns = ask(SHELF, WHY, ask(SHELF, WHEN, ()).turns).turns
    view = go_to(SHELF, replace(turns[1].asked, drop=("Ottilie",)), turns)
    [log] = lxml.html.fragment_fromstring(view.turns[1].body, create_parent="div").xpath("//p[@class='log']/@data-log")
    assert json.loads(log)["drop"] == ["Ottilie"]


def test_documents_opened_from_the_first_page_and_from_evidence_keep_the_choice() -> None:
    home = lxml.html.fragment_fromstring(go_to(SHELF, Address(), ()).conversation)
    evidence = lxml.html.fragment_fromstring(go_to(SHELF, Address(view="evidence"), ()).conversation)
    links = home.xpath("//*[@class='shelf']//a") + evidence.xpath("//p[@class='citation']//a")
    assert len(links) > 1
    assert all("data-carry" in link.attrib for link in links)


def test_earlier_questions_that_cannot_be_asked_are_left_out_of_an_address() -> None:
    view = go_to(SHELF, Address(WHY, after=(" ", "x" * 2001)), ())
    assert [turn.asked for turn in view.turns] == [Address(WHY)]


def test_a_new_conversation_forgets_the_turns() -> None:
    view = go_to(SHELF, parse_address("?new=1"), ask(SHELF, WHEN, ()).turns)
    assert view.turns == ()
    assert "home" in view.conversation


def test_who_hears_the_page_hears_what_was_taken_over() -> None:
    view = ask(SHELF, WHY, ask(SHELF, WHEN, ()).turns)
    assert "Searched also for “Lighthouse”, “Ottilie”: the question leans on the one before it." in view.notice
