"""The replay of conversations asks as a reader would, and counts what it changes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from benchmarks.followups import Pair, ask_after, conversations_of, half_of, pick, replay, rows_of
from benchmarks.sets import Question, read_questions
from tests.test_library import open_library

from quoth.evaluate.scoring import Place
from quoth.followup import Leaning
from quoth.library import Library
from quoth.records import Span

LETTER = "Anna Weber came to Lisbon in May. She left by ship."


def question(number: str, text: str, source: str = "weber.txt", *earlier: str) -> Question:
    return Question(number, text, (source,), (Place(source, Span(0, 33)),), True, earlier)


FIRST = question("talk-0", "When did Anna Weber come to Lisbon?")
SECOND = question("talk-1", "Why did she leave?", "weber.txt", FIRST.text)
OTHER = question("chat-0", "What blooms?", "garden.txt")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "weber.txt").write_text(LETTER)
    (tmp_path / "docs" / "garden.txt").write_text("Roses bloom in June.")
    library = open_library(tmp_path / "index")
    library.build(tmp_path / "docs")
    return library


def test_earlier_questions_are_read_with_a_question() -> None:
    line = json.dumps({"id": "1", "question": "Why?", "doc": "a.txt", "history": ["Who?", "When?"]})
    assert next(read_questions([line])).history == ("Who?", "When?")


def test_a_question_without_earlier_ones_begins_a_conversation() -> None:
    assert conversations_of([FIRST, SECOND, OTHER]) == ((FIRST, SECOND), (OTHER,))


def test_half_of_the_conversations_is_the_same_on_every_run() -> None:
    many = [(question(f"talk{number}-0", "Who?"),) for number in range(10)]
    assert half_of(many) == half_of(many[::-1])
    assert len(half_of(many)) == 5


def test_a_replay_knows_the_answers_before_and_leaves_the_first_question_out(library: Library) -> None:
    (pair,) = replay(library, (FIRST, SECOND), is_left_out=True)
    assert pair.question == SECOND
    assert pair.alone == library.ask(SECOND.text, k=10)
    assert [carried.term for carried in pair.after.searched_for] == ["weber", "Anna Weber", "Lisbon"]
    assert pair.leaning is Leaning.REFERS


def test_what_was_won_and_lost_is_counted(library: Library) -> None:
    found, nothing = library.ask(FIRST.text), library.ask('"zeppelin"')
    assert nothing.hits == ()
    pairs = [Pair(FIRST, nothing, found), Pair(FIRST, found, nothing), Pair(FIRST, found, found)]
    (row,) = rows_of(pairs, {"all": lambda pair: True, "none": lambda pair: False})
    assert (row.name, row.cells["questions"], row.cells["won"], row.cells["lost"]) == ("all", 3, 1, 1)
    assert str(row.cells["hit@5 alone"]).startswith("0.667")


def test_another_question_is_drawn_from_the_same_document_or_from_another() -> None:
    chance = random.Random(1)
    assert pick(FIRST, [FIRST, SECOND, OTHER], chance, True) == SECOND
    assert pick(FIRST, [FIRST, SECOND, OTHER], chance, False) == OTHER


def test_a_question_that_stands_alone_is_asked_after_another(library: Library) -> None:
    pair = ask_after(library, FIRST, OTHER)
    assert pair.leaning is Leaning.ALONE
    assert pair.alone == pair.after
