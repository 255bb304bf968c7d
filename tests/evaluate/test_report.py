from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from tests.evaluate.making import lost, reply

from quoth.errors import QuestionFileError
from quoth.evaluate.intervals import Interval
from quoth.evaluate.report import Run, evaluation_of, report_of
from quoth.evaluate.writing import COLUMNS, evaluation_json, evaluation_text, questions_csv, remarks
from quoth.records import Verdict

RUN = Run(
    "",
    (
        reply(1, 0.9, line=1),
        reply(2, 0.6, line=2),
        reply(None, 0.2, line=3),
        reply(None, 0.1, line=4, answerable=False),
        lost(5),
    ),
)


def test_figures_are_those_of_the_questions_that_were_asked() -> None:
    (report,) = evaluation_of([RUN]).reports
    assert (report.answerable, report.unanswerable) == (3, 1)
    assert report.measures["hit@1"].value == pytest.approx(1 / 3)
    assert report.measures["R@500"].value == pytest.approx(2 / 3)
    assert [hit.value for hit in report.hits[:3]] == pytest.approx([1 / 3, 2 / 3, 2 / 3])
    assert len(report.hits) == 20
    assert report.said_answers is not None
    assert report.said_answers.value == 0.5
    assert report.wrong_answers is not None
    assert report.wrong_answers.value == 0.5
    assert report.auroc is not None
    assert report.auroc.value == 1.0
    assert report.risk[-1].risk == 0.75
    assert report.verdicts["not answerable"][Verdict.CLOSEST] == 1.0
    assert report.calibration_error == pytest.approx((0.1 + 0.6 + 0.2 + 0.1) / 4)


def test_only_unanswerable_questions_have_verdicts_but_no_ranks() -> None:
    evaluation = evaluation_of([Run("", (reply(None, 0.7, answerable=False),))])
    assert evaluation.reports[0].measures == {}
    assert evaluation.reports[0].auroc is None
    assert "wrong among those: 100 % (100-100 %)" in evaluation_text(evaluation)


def test_when_no_question_could_be_asked_there_is_nothing_to_tell() -> None:
    with pytest.raises(QuestionFileError, match="none of the questions could be asked"):
        evaluation_of([Run("", (lost(1),))])


def test_two_runs_are_compared_on_the_questions_of_both() -> None:
    before = Run("A", (reply(2, 0.5, line=1), reply(1, 0.5, line=2), lost(3)))
    after = Run("B", (reply(1, 0.5, line=1), reply(1, 0.5, line=2), reply(None, 0.5, line=3)))
    evaluation = evaluation_of([before, after])
    assert [report.answerable for report in evaluation.reports] == [2, 2]
    assert evaluation.differences["hit@1"].value == 0.5
    assert evaluation.differences["hit@3"] == Interval(0.0, 0.0, 0.0)


def test_words_say_whether_a_difference_is_more_than_chance() -> None:
    worse = tuple(reply(2, 0.5, line=line) for line in range(30))
    better = tuple(reply(1, 0.5, line=line) for line in range(30))
    lines = evaluation_text(evaluation_of([Run("as set", worse), Run("rerank=false", better)])).splitlines()
    hit_1 = next(line for line in lines if line.startswith("hit@1 "))
    hit_3 = next(line for line in lines if line.startswith("hit@3 "))
    assert "+1.000 (+1.000 to +1.000)  B is better, by more than chance would explain" in hit_1
    assert hit_3.endswith("cannot be told apart with these questions")
    turned = evaluation_text(evaluation_of([Run("a", better), Run("b", worse)]))
    assert "-1.000 (-1.000 to -1.000)  B is worse, by more than chance would explain" in turned


def test_the_table_has_a_row_for_each_question_lost_ones_too() -> None:
    rows = list(csv.DictReader(io.StringIO(questions_csv([RUN]))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["found"] for row in rows] == ["yes", "yes", "no", "", ""]
    assert rows[1] == {
        "settings": "", "line": "2", "id": "q2", "question": "Question 2?", "answerable": "yes", "found": "yes",
        "rank": "2", "characters_read": "400", "highlighted": "", "verdict": "answers", "probability": "0.6000",
        "citation": "Letters, line 3", "source": "a.txt", "start": "7", "end": "12", "note": "", "not_asked": "",
    }  # fmt: skip
    assert rows[4]["not_asked"] == "the file is gone"


def test_highlights_are_counted_over_the_answers_that_one_could_hold() -> None:
    marks = (True, True, False, None)
    replies = tuple(replace(reply(1, 0.9, line=line), is_highlighted=mark) for line, mark in enumerate(marks))
    evaluation = evaluation_of([Run("", replies)])
    assert evaluation.reports[0].highlighted is not None
    assert evaluation.reports[0].highlighted.value == pytest.approx(2 / 3)
    assert "highlighted 0.667 " in evaluation_text(evaluation)
    rows = csv.DictReader(io.StringIO(questions_csv([Run("", replies)])))
    assert [row["highlighted"] for row in rows] == ["yes", "yes", "no", ""]
    assert report_of([reply(None, 0.1)], "").highlighted is None


def test_lost_questions_stand_in_the_text_and_in_the_json() -> None:
    assert list(remarks(RUN.replies)) == ["line 5, not asked: the file is gone"]
    form = json.loads(evaluation_json(evaluation_of([RUN]), [RUN]))
    assert form["not_asked"] == [{"line": 5, "id": "q5", "reason": "the file is gone"}]
    assert form["reports"][0]["measures"]["hit@1"]["value"] == pytest.approx(1 / 3)


def test_every_measure_has_its_interval_and_its_meaning_in_the_text() -> None:
    lines = evaluation_text(evaluation_of([RUN])).splitlines()
    assert lines[0].startswith("3 answerable questions, 1 not answerable.")
    assert lines[2] == "hit@1    0.333 (0.000-1.000)    the first passage answers"
