from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.errors import QuestionError
from quoth.query import MOST_CONDITIONS, Query, read_query


@pytest.mark.parametrize(
    ("question", "text", "phrases"),
    [
        ('who signed "the treaty"?', "who signed the treaty?", ("the treaty",)),
        ("“the treaty”", "the treaty", ("the treaty",)),
        ("„der Vertrag“ von „Lissabon”", "der Vertrag von Lissabon", ("der Vertrag", "Lissabon")),
        ("«le traité» »der Vertrag«", "le traité der Vertrag", ("le traité", "der Vertrag")),
        ("「条約」は", "条約は", ("条約",)),
        ('“the treaty"', "the treaty", ("the treaty",)),
        ('"one""two" ("three")', "one two (three)", ("one", "two", "three")),
        ('"twice" and "twice"', "twice and twice", ("twice",)),
        ('"  a\nline " ', "a line", ("a line",)),
        ('"it\'s" "-v" "C++"', "it's -v C++", ("it's", "-v", "C++")),
    ],
)
def test_what_stands_in_quotation_marks_is_a_phrase(question: str, text: str, phrases: tuple[str, ...]) -> None:
    assert read_query(question) == Query(text, phrases)


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("谁签署了“里斯本条约”？", ("里斯本条约",)),
        ('谁签署了"里斯本条约"？', ("里斯本条约",)),
        ("谁签署了”里斯本条约”？", ("里斯本条约",)),
        ("誰が＂東京＂と言った", ("東京",)),
        ('誰が"東京"と"京都"と言った', ("東京", "京都")),
        ('ใครเขียน"หนังสือ"', ("หนังสือ",)),
        ('누가"조약"을', ("조약",)),
        ('Was heißt"Haus"', ("Haus",)),
        ("Was heißt„Haus“und„Hof“?", ("Haus", "Hof")),
        ("2019年“条约”和5“協定”", ("条约", "協定")),
    ],
)
def test_a_phrase_may_follow_a_word_without_a_space(question: str, phrases: tuple[str, ...]) -> None:
    assert read_query(question).phrases == phrases


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('"“x”"', ("“x”",)),
        ('who said "he said “no” twice" in May', ("he said “no” twice",)),
        ("“he said “no” twice”", ("he said “no” twice",)),
        ('"他说“好”了"', ("他说“好”了",)),
        ('"甲“和"乙“是', ("甲", "乙")),
        ('"one“ and „two” "three"', ("one", "two", "three")),
        ('unpaired " and “two”', ("two",)),
        ("unpaired “ and “two”", ("two",)),
    ],
)
def test_a_phrase_holds_the_quotation_marks_inside_of_it(question: str, phrases: tuple[str, ...]) -> None:
    assert read_query(question).phrases == phrases


@pytest.mark.parametrize(
    ("question", "text", "excluded"),
    [
        ("who signed -draft", "who signed", ("draft",)),
        ("-draft who signed -Entwurf?", "who signed ?", ("draft", "Entwurf")),
        ('who signed -"first draft" here', "who signed here", ("first draft",)),
        ("who signed -„erster Entwurf“", "who signed", ("erster Entwurf",)),
        ("cells -e-mail -covid19 -O'Brien,", "cells ,", ("e-mail", "covid19", "O'Brien")),
        ('cold -"5" degrees', "cold degrees", ("5",)),
        ("水 -茶", "水", ("茶",)),
    ],
)
def test_a_minus_before_a_word_or_a_phrase_excludes_it(question: str, text: str, excluded: tuple[str, ...]) -> None:
    assert read_query(question) == Query(text, (), excluded)


@pytest.mark.parametrize(
    "question",
    [
        "What's O'Brien's 'motto'?",
        "a well-known e-mail",
        "3 - 4 is -1, – 5 or –5",
        "-5 degrees, -.5, --verbose, -",
        "is it - or is it not?",
        'a 5" pipe in a 6" wall',
        "a 5” pipe in a 6” wall, 5“ und 6“ breit",
        'a 5"x6" pipe',
        'מה אמר צה"ל על ארה"ב',
        'an unpaired " mark',
        'nothing: "" and "  "',
        'nothing to be seen: "\u00ad" and -"\u200b" and "\u200b \u2060" -\u00ad',
        "Beratung und -betreuung, Vor- oder -nachteile",
        "  two  spaces\n",
        "",
    ],
)
def test_other_quotes_and_minus_signs_are_characters(question: str) -> None:
    assert read_query(question) == Query(question)


def test_phrases_and_exclusions_go_together() -> None:
    assert read_query('Who said "no comment" -spokesman -"press office" in May?') == Query(
        "Who said no comment in May?", ("no comment",), ("spokesman", "press office")
    )


@pytest.mark.parametrize("question", ["-draft", '-"first draft" ?', " -a -b "])
def test_a_question_that_only_excludes_is_refused_with_what_to_do(question: str) -> None:
    with pytest.raises(QuestionError, match=r'say what to look for as well.*quote it: "-'):
        read_query(question)


def test_an_exclusion_beside_a_phrase_is_enough() -> None:
    assert read_query('"the treaty" -draft') == Query("the treaty", ("the treaty",), ("draft",))


def test_too_many_conditions_are_refused() -> None:
    words = " ".join(f'"word {number}"' for number in range(MOST_CONDITIONS))
    assert len(read_query(words).phrases) == MOST_CONDITIONS
    with pytest.raises(QuestionError, match=r"11 quoted phrases and exclusions; ask with at most 10"):
        read_query(words + " -more")


@given(st.text())
def test_a_text_without_quotation_marks_and_minus_is_left_as_it_is(text: str) -> None:
    plain = "".join(character for character in text if character not in '-"“”„‟＂«»「」『』')
    assert read_query(plain) == Query(plain)


@given(st.text(alphabet='ab5 -"“”„«»\n?.', max_size=30))
def test_every_phrase_and_exclusion_stands_in_the_question(question: str) -> None:
    try:
        query = read_query(question)
    except QuestionError:
        return
    spaced = " ".join(question.split())
    for words in (*query.phrases, *query.excluded):
        assert words in spaced or words in question
        assert words == " ".join(words.split()) != ""
    assert all(phrase in query.text for phrase in query.phrases)
