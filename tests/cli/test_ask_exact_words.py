from __future__ import annotations

import json

import pytest
from tests.cli.letters import Quoth, start_quoth


def test_quoted_words_must_stand_there(built: Quoth) -> None:
    result = built("ask", 'Where is "the mayor in Lisbon"?')
    assert "Only passages that hold “the mayor in Lisbon” word for word." in result.stdout.splitlines()
    assert "weber.txt" in result.stdout
    assert "ships.md" not in result.stdout


def test_words_that_stand_nowhere_are_named_with_what_was_searched(built: Quoth) -> None:
    result = built("ask", '"the mayor of Lisbon" -harbour')
    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "Nothing found. Searched 2 passages of 2 documents.",
        "No passage holds “the mayor of Lisbon” word for word without “harbour”.",
    ]


def test_words_that_are_left_out_are_named(built: Quoth) -> None:
    answer = json.loads(built("ask", "harbour in winter or Lisbon in May -ships", "--json").stdout)
    assert {hit["citation"]["source"] for hit in answer["hits"]} <= {"weber.txt"}
    assert (answer["phrases"], answer["excluded"]) == ([], ["ships"])
    assert "Passages with “ships” are left out." in built("ask", "Lisbon in May -ships").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("-ships who met the mayor in Lisbon?", "-k", "1"),
        ("-k", "1", "-ships who met the mayor in Lisbon?"),
        ("-k", "1", "--", "-ships who met the mayor in Lisbon?"),
        ("-viking ships met the mayor in Lisbon?", "-k1"),
        ("-kitten 5 met the mayor in Lisbon?",),
        ("-5 degrees, met the mayor in Lisbon?", "--source", "weber*"),
    ],
)
def test_a_question_may_begin_with_a_minus(built: Quoth, arguments: tuple[str, ...]) -> None:
    result = built("ask", *arguments)
    assert result.exit_code in (0, 3)
    assert "weber.txt, lines 1-2" in result.stdout


def test_an_unknown_option_is_still_an_error(built: Quoth) -> None:
    assert built("ask", "-x", "Who met the mayor?").exit_code == 2
    assert built("ask", "--unknown", "Who met the mayor?").exit_code == 2
    assert built("ask", "--source", "-no such file", "Who met the mayor?").exit_code == 1


def test_the_program_itself_takes_a_question_that_begins_with_a_minus(built: Quoth) -> None:
    process = start_quoth("ask", '-ships who met "the mayor in Lisbon"', "--json")
    shown, complaints = process.communicate(timeout=60)
    assert complaints == ""
    assert json.loads(shown)["excluded"] == ["ships"]
    assert process.returncode in (0, 3)


def test_a_question_that_only_leaves_out_says_what_to_do(built: Quoth) -> None:
    result = built("ask", "--", "-ships")
    assert result.exit_code == 1
    assert "say what to look for as well" in result.stderr


def test_the_help_explains_both() -> None:
    process = start_quoth("ask", "--help")
    shown, _ = process.communicate(timeout=60)
    assert "Words in quotation marks must stand in a passage as they are" in " ".join(shown.split())
    assert "-word" in shown
    assert """quoth ask 'Who signed "the treaty of Lisbon" -draft'""" in shown
