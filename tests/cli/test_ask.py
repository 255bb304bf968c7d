from __future__ import annotations

import json
from pathlib import Path

from tests.cli.letters import LETTER, QUESTION, Quoth


def test_ask_prints_the_quote_with_its_citation(built: Quoth) -> None:
    result = built("ask", QUESTION, "-k", "1")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("Answers (chance")
    assert result.stdout.splitlines()[2:5] == [
        "1. weber.txt, lines 1-2",
        "   > Anna Maria Weber met the mayor in Lisbon in May.",
        "   | Nobody asked why. She left on the next morning by ship.",
    ]
    assert result.stdout.splitlines()[5:] == ["   seeds/weber.txt:1"]


def test_ask_in_json_gives_exact_text_and_offsets(built: Quoth) -> None:
    answer = json.loads(built("ask", QUESTION, "--json").stdout)
    citation = answer["hits"][0]["citation"]
    assert (answer["format"], answer["verdict"], citation["source"]) == ("quoth.answer/1", "answers", "weber.txt")
    assert citation["quote"] == LETTER[citation["start"] : citation["end"]]


def test_ask_in_markdown_is_a_block_quote(built: Quoth) -> None:
    shown = built("ask", QUESTION, "-k", "1", "--markdown").stdout
    assert "\n> <strong>Anna Maria Weber met the mayor in Lisbon in May\\.</strong>\n" in shown


def test_a_question_without_answer_ends_with_3(built: Quoth) -> None:
    result = built("ask", "How long must sourdough ferment?")
    assert result.exit_code == 3
    assert result.stdout.startswith(("Nothing found", "Closest passages"))


def test_ask_looks_into_the_documents_that_are_named(built: Quoth) -> None:
    answer = json.loads(built("ask", QUESTION, "--source", "*.md", "--source", "*.pdf", "--json").stdout)
    assert answer["coverage"]["documents"] == 1
    assert {hit["citation"]["source"] for hit in answer["hits"]} <= {"ships.md"}


def test_escape_codes_in_a_document_do_not_reach_the_terminal(quoth: Quoth) -> None:
    Path("seeds/weber.txt").write_text(LETTER.replace("mayor", "\x1b[31mmayor\x1b]0;x\x07"))
    quoth("build")
    assert "\x1b" not in quoth("ask", QUESTION).stdout
    assert "␛[31mmayor␛]0;x␇" in quoth("ask", QUESTION).stdout
    citation = json.loads(quoth("ask", QUESTION, "--json").stdout)["hits"][0]["citation"]
    assert "\x1b[31mmayor\x1b]0;x\x07" in citation["quote"]


def test_a_question_after_another_says_what_it_takes_over_and_can_drop_it(built: Quoth) -> None:
    follow_up = ["ask", "Why did she leave?", "--after", QUESTION]
    carried = json.loads(built(*follow_up, "--json").stdout)["searched_for"]
    assert [(term["term"], term["origin"]) for term in carried] == [
        ("weber", "title"),
        ("Anna Maria Weber", "question"),
        ("Lisbon", "question"),
        ("May", "question"),
    ]
    assert {term["question"] for term in carried} == {QUESTION}
    less = json.loads(built(*follow_up, "--drop", "may", "--drop", "Lisbon", "--json").stdout)["searched_for"]
    assert [term["term"] for term in less] == ["weber", "Anna Maria Weber"]
    said = "Searched also for “weber”, “Anna Maria Weber”, “Lisbon”, “May”: the question leans on the one before it."
    assert said in built(*follow_up).stdout.splitlines()
    assert built(*follow_up, "--markdown").stdout.splitlines()[4].replace("\\", "") == said
