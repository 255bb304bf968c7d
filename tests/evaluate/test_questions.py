from __future__ import annotations

import json

import pytest

from quoth.errors import QuestionFileError
from quoth.evaluate.questions import Gold, WrittenQuestion, read_questions
from quoth.records import Citation, Span
from quoth.render import citation_json

CITATION = Citation("Letters", "a.txt", "met the mayor", 7, 20, "f" * 64, "0" * 64)


def read(*records: object) -> tuple[WrittenQuestion, ...]:
    return read_questions("\n".join(json.dumps(record) for record in records), "q.jsonl")


def golds_of(**record: object) -> tuple[Gold, ...]:
    (question,) = read({"question": "Who?", **record})
    return question.golds


def test_an_answer_can_be_told_by_its_words_its_place_or_a_citation() -> None:
    assert golds_of(quote="met the mayor") == (Gold("met the mayor"),)
    assert golds_of(quote="met the mayor", source="a.txt") == (Gold("met the mayor", "a.txt"),)
    assert golds_of(source="a.txt", spans=[[7, 20], [30, 32]]) == (
        Gold("", "a.txt", Span(7, 20)),
        Gold("", "a.txt", Span(30, 32)),
    )
    assert golds_of(citation=json.loads(citation_json(CITATION))) == (
        Gold("met the mayor", "a.txt", Span(7, 20), "f" * 64),
    )


def test_words_beside_a_place_must_stand_at_it() -> None:
    assert golds_of(source="a.txt", spans=[[7, 20]], quote="met the mayor") == (
        Gold("met the mayor", "a.txt", Span(7, 20)),
    )


def test_the_form_of_the_benchmark_sets_is_understood() -> None:
    assert golds_of(
        doc=["b.txt", "a.txt"], spans=[[1, 2], [3, 9]], span_docs=["a.txt", "b.txt"], answers=["x", "y"]
    ) == (
        Gold("", "a.txt", Span(1, 2)),
        Gold("", "b.txt", Span(3, 9)),
    )
    assert golds_of(doc="a.txt", spans=[[1, 2]], paragraph=[0, 9]) == (Gold("", "a.txt", Span(1, 2)),)
    (unanswerable,) = read({"id": "7", "question": "Why?", "doc": "a.txt", "spans": [], "answerable": False})
    assert (unanswerable.id, unanswerable.golds, unanswerable.is_answerable) == ("7", (), False)


def test_as_many_files_as_quotes_are_taken_in_pairs_and_other_numbers_crosswise() -> None:
    (paired,) = read({"question": "Who?", "quote": ["A", "B"], "source": ["a", "b"]})
    assert [(gold.quote, gold.source) for gold in paired.golds] == [("A", "a"), ("B", "b")]
    (crossed,) = read({"question": "Who?", "quote": "A", "source": ["a", "b"]})
    assert [(gold.quote, gold.source) for gold in crossed.golds] == [("A", "a"), ("A", "b")]


def test_files_that_were_put_together_have_a_mark_in_the_middle() -> None:
    line = '{"question": "Who?", "quote": "A"}'
    assert len(read_questions(f"{line}\n\ufeff{line}", "q.jsonl")) == 2


def test_a_question_without_an_id_has_the_number_of_its_line() -> None:
    first, second = read_questions(
        '\n{"question": "A?", "answerable": false}\r\n\n{"question": "B?", "quote": "b"}\n', "q"
    )
    assert [(one.id, one.line) for one in (first, second)] == [("2", 2), ("4", 4)]


def test_earlier_questions_come_as_texts_or_as_answers() -> None:
    (question,) = read({"question": "And she?", "quote": "x", "history": ["Who met whom?", {"question": "When?"}]})
    assert question.history == ("Who met whom?", "When?")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"question": "Who?"', "this is not JSON"),
        ('["Who?"]', "this is not an object"),
        ('{"question": "Wh\\ud83d was it?", "answerable": false}', "holds half a character"),
        ('{"question": "Who?", "quote": "x", "id": "\\uDC00"}', "holds half a character"),
        ('{"quote": "x"}', 'there is no text under "question"'),
        ('{"question": " ", "quote": "x"}', 'there is no text under "question"'),
        ('{"question": "Who?"}', "does not say where the answer is"),
        ('{"question": "Who?", "qoute": "x"}', 'give "quote", "source" with "spans", or "citation"'),
        ('{"question": "Who?", "answerable": "no"}', '"answerable" must be true or false'),
        ('{"question": "Who?", "answerable": false, "quote": "x"}', "take away one of them"),
        ('{"question": "Who?", "quote": ""}', '"quote" must be a text'),
        ('{"question": "Who?", "spans": [[1, 2]]}', '"spans" need "source"'),
        ('{"question": "Who?", "source": ["a", "b", "c"], "spans": [[1, 2], [3, 4]]}', "one file for each"),
        ('{"question": "Who?", "source": "a", "spans": [[2, 2]]}', '"spans" must be a list of [start, end]'),
        ('{"question": "Who?", "source": "a", "spans": [[1.0, 2]]}', '"spans" must be a list of [start, end]'),
        ('{"question": "Who?", "source": "a", "spans": [1, 2]}', '"spans" must be a list of [start, end]'),
        ('{"question": "Who?", "source": "a", "spans": [[1, 2]], "quote": ["x", "y"]}', "one quote for each span"),
        ('{"question": "Who?", "citation": {"quote": "x"}}', '"citation" cannot be used'),
        ('{"question": "Who?", "quote": "x", "history": "When?"}', '"history" must be a list'),
        ('{"question": "Who?", "quote": "x", "history": [1]}', '"history" must hold texts'),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do(line: str, complaint: str) -> None:
    with pytest.raises(QuestionFileError) as caught:
        read_questions('{"question": "A?", "answerable": false}\n' + line, "q.jsonl")
    assert str(caught.value).startswith("q.jsonl, line 2: ")
    assert complaint in str(caught.value)


def test_all_wrong_lines_are_told_at_once_those_of_one_kind_together() -> None:
    with pytest.raises(QuestionFileError) as caught:
        read(*[{"question": "Who?"}] * 7, {"quote": "x"})
    assert "lines 1, 2, 3, 4, 5 and 2 more: it does not say where" in str(caught.value)
    assert "; line 8: there is no text" in str(caught.value)


def test_a_file_without_questions_is_refused() -> None:
    with pytest.raises(QuestionFileError, match="holds no question"):
        read_questions("\n \n", "q.jsonl")
