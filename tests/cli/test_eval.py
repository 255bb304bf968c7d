from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.cli.letters import QUESTION, Quoth

QUESTIONS = (
    {"question": QUESTION, "quote": "met the mayor in Lisbon"},
    {"question": "How many ships lay in the harbour of Bergen?", "source": "ships.md", "spans": [[9, 21]]},
    {"question": "How long must sourdough ferment?", "answerable": False},
)


def write(*questions: object, name: str = "q.jsonl") -> str:
    Path(name).write_text("".join(f"{json.dumps(question)}\n" for question in questions), encoding="utf-8")
    return name


def test_eval_tells_how_often_the_answer_is_found(built: Quoth) -> None:
    result = built("eval", write(*QUESTIONS))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("2 answerable questions, 1 not answerable.")
    assert "hit@1    1.000 (1.000-1.000)    the first passage answers" in result.stdout


def test_eval_in_json_gives_all_figures(built: Quoth) -> None:
    form = json.loads(built("eval", write(*QUESTIONS), "--json").stdout)
    (report,) = form["reports"]
    assert (form["format"], report["answerable"], report["unanswerable"]) == ("quoth.evaluation/1", 2, 1)
    assert report["measures"]["hit@1"]["value"] == 1.0


def test_eval_writes_a_table_the_figures_and_the_plots(built: Quoth) -> None:
    result = built("eval", write(*QUESTIONS), "--output", "out/one")
    assert result.stderr.splitlines()[-1] == "written: out/one"
    assert sorted(path.name for path in Path("out/one").iterdir()) == [
        "evaluation.json", "hit_at_k.png", "questions.csv", "reliability.png", "risk_coverage.png",
    ]  # fmt: skip
    with Path("out/one/questions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["question"], row["rank"], row["source"]) for row in rows[:2]] == [
        (QUESTION, "1", "weber.txt"),
        ("How many ships lay in the harbour of Bergen?", "1", "ships.md"),
    ]


def test_a_citation_of_an_answer_is_a_question_to_evaluate(built: Quoth) -> None:
    answer = json.loads(built("ask", QUESTION, "--json").stdout)
    name = write({"question": QUESTION, "citation": answer["hits"][0]["citation"]})
    assert json.loads(built("eval", name, "--json").stdout)["reports"][0]["measures"]["hit@1"]["value"] == 1.0


def test_a_question_whose_answer_is_gone_is_told_and_the_others_are_asked(built: Quoth) -> None:
    result = built("eval", write(*QUESTIONS, {"question": "Who?", "quote": "met the queen"}), "--output", "out")
    assert result.exit_code == 3
    assert "line 4, not asked: the words “met the queen” do not stand in any document" in result.stderr
    assert "2 answerable questions" in result.stdout
    assert "met the queen" in Path("out/questions.csv").read_text(encoding="utf-8")


def test_a_question_whose_document_has_changed_is_asked_and_it_is_told(built: Quoth) -> None:
    answer = json.loads(built("ask", QUESTION, "--json").stdout)
    Path("seeds/weber.txt").write_text(f"Foreword.\n\n{Path('seeds/weber.txt').read_text()}", encoding="utf-8")
    built("build")
    result = built("eval", write({"question": QUESTION, "citation": answer["hits"][0]["citation"]}), "--output", "out")
    note = "weber.txt has changed since the question was written; the words still stand in it"
    assert (result.exit_code, f"line 1: {note}" in result.stderr) == (0, True)
    assert note in Path("out/questions.csv").read_text(encoding="utf-8")


def test_a_wrong_line_is_an_error_before_anything_is_asked(built: Quoth) -> None:
    result = built("eval", write({"question": "Who?"}))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("quoth: q.jsonl, line 1: it does not say where the answer is")


def test_two_settings_are_compared_on_the_same_questions(built: Quoth) -> None:
    result = built("eval", write(*QUESTIONS), "--set", "rerank=false", "--output", "out")
    assert result.exit_code == 0
    assert "A: as set" in result.stdout
    assert "B: rerank=false" in result.stdout
    assert "cannot be told apart with these questions" in result.stdout
    rows = Path("out/questions.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["as set"] * 3 + ["rerank=false"] * 3


def test_a_second_file_of_settings_can_name_an_index_of_its_own(built: Quoth) -> None:
    Path("long.toml").write_text('passage_characters = 400\nembeddings = "long"\n', encoding="utf-8")
    assert "holds no index" in built("eval", write(*QUESTIONS), "--compare", "long.toml").stderr
    assert built("build", "--config", "long.toml").exit_code == 0
    assert "B: long.toml" in built("eval", write(*QUESTIONS), "--compare", "long.toml").stdout
    Path("seeds/new.txt").write_text("Nothing new.", encoding="utf-8")
    built("build", "--config", "long.toml")
    assert "are not of the same files (new.txt" in built("eval", write(*QUESTIONS), "--compare", "long.toml").stderr


@pytest.mark.parametrize(
    ("arguments", "exit_code", "complaint"),
    [
        (["--set", "passage_characters=400"], 1, "need an index of their own"),
        (["--set", "rerank=true"], 1, "the two settings are the same"),
        (["--set", "rerang=true"], 1, "did you mean 'rerank'?"),
        (["--set", "rerank=false", "--compare", "q.jsonl"], 2, "give --compare or --set, not both"),
    ],
)
def test_settings_that_cannot_be_compared_are_refused(
    built: Quoth, arguments: list[str], exit_code: int, complaint: str
) -> None:
    result = built("eval", write(*QUESTIONS), *arguments)
    assert result.exit_code == exit_code
    assert complaint in result.stderr


def test_a_follow_up_is_asked_after_the_questions_before_it(built: Quoth) -> None:
    name = write({"question": "When did she leave by ship?", "quote": "on the next morning", "history": [QUESTION]})
    assert json.loads(built("eval", name, "--json").stdout)["reports"][0]["measures"]["hit@1"]["value"] == 1.0


def test_questions_come_from_stdin_too(built: Quoth) -> None:
    assert built("eval", "-", stdin=json.dumps(QUESTIONS[0])).exit_code == 0
    assert "is not UTF-8 text" in built("eval", "-", stdin=b'{"question": "\xff"}').stderr
