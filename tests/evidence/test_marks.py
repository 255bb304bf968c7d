from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.making import LOG, citations, document_of, exhibit_of, logs

from quoth.errors import CitationError
from quoth.evaluate.questions import read_questions
from quoth.evidence import Mark, MarkKind, log_fields, marks_from_json, questions_file
from quoth.records import Citation
from quoth.render import citation_json

CITED = exhibit_of(document_of("It rained. The mayor resigned.\n"), "The mayor resigned.").citation
asked_logs = logs.filter(lambda log: bool(log.question.strip()) and all(map(str.strip, log.history)))
marks = st.one_of(
    st.builds(Mark, st.sampled_from([MarkKind.ANSWERS, MarkKind.WRONG]), asked_logs | st.just(LOG), citations),
    st.builds(Mark, st.just(MarkKind.NOTHING), asked_logs, st.none()),
)


def as_kept(*several: Mark) -> str:
    """As the page sends them."""
    listed = [
        {
            "mark": mark.kind,
            "log": log_fields(mark.log),
            "citation": json.loads(citation_json(mark.citation)) if mark.citation else None,
        }
        for mark in several
    ]
    return json.dumps({"format": "quoth.marks/1", "marks": listed})


def of(kind: MarkKind, citation: Citation | None = CITED) -> Mark:
    return Mark(kind, LOG, citation)


@given(st.lists(marks, max_size=3))
def test_marks_come_back_from_what_the_page_sends(several: list[Mark]) -> None:
    assert marks_from_json(as_kept(*several)) == tuple(several)


@given(st.lists(marks, max_size=4))
def test_every_line_is_a_question_that_can_be_evaluated(several: list[Mark]) -> None:
    file = questions_file(several)
    assert file.text.count("\n") == file.questions
    assert file.questions + file.left_out == len({(mark.log.question, mark.log.history) for mark in several})
    if file.questions:
        read = read_questions(file.text, "questions.jsonl")
        marked = dict.fromkeys((mark.log.question, mark.log.history) for mark in several)
        said = {(mark.log.question, mark.log.history) for mark in several if mark.kind is not MarkKind.WRONG}
        assert [(question.text, question.history) for question in read] == [asked for asked in marked if asked in said]


def test_several_places_of_one_question_stand_in_one_line() -> None:
    other = exhibit_of(document_of("Nobody asked why.", "b.txt")).citation
    file = questions_file([of(MarkKind.ANSWERS), of(MarkKind.WRONG, other), of(MarkKind.ANSWERS, other)])
    [question] = read_questions(file.text, "q")
    assert [gold.quote for gold in question.golds] == ["The mayor resigned.", "Nobody asked why."]
    assert json.loads(file.text)["wrong"] == [json.loads(citation_json(other))]


def test_a_question_is_unanswerable_only_when_that_was_said() -> None:
    wrong = of(MarkKind.WRONG)
    assert questions_file([wrong]).text == ""
    assert (questions_file([wrong]).questions, questions_file([wrong]).left_out) == (0, 1)
    [question] = read_questions(questions_file([wrong, of(MarkKind.NOTHING, None)]).text, "q")
    assert not question.is_answerable


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{", "this is not JSON"),
        ("[]", 'this is not of the form "quoth.marks/1"'),
        ('{"format": "quoth.marks/1"}', 'this is not of the form "quoth.marks/1"'),
        (
            as_kept(of(MarkKind.WRONG)).replace('"wrong"', '"maybe"'),
            "mark 1: 'mark' is not one of answers, wrong, nothing",
        ),
        (as_kept(of(MarkKind.WRONG)).replace(LOG.question, " "), "mark 1 has no question"),
        (as_kept(of(MarkKind.WRONG, None)), "the citation of mark 1 is not of the form"),
    ],
)
def test_what_is_no_mark_is_refused_with_its_place(written: str, complaint: str) -> None:
    with pytest.raises(CitationError) as refused:
        marks_from_json(written)
    assert str(refused.value).startswith(complaint)
