from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.letters import LETTER, QUESTION, Quoth


@pytest.fixture
def answer(built: Quoth) -> str:
    return built("ask", QUESTION, "-k", "1", "--json").stdout


def test_quotes_that_still_stand_are_exact(built: Quoth, answer: str) -> None:
    Path("answer.json").write_text(answer)
    result = built("verify", "answer.json")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "exact    weber.txt, lines 1-2: the file is unchanged",
        "         seeds/weber.txt:1",
        "",
        "1 exact",
    ]


def test_quotes_that_moved_end_with_3_and_say_where_they_are(built: Quoth, answer: str) -> None:
    Path("seeds/weber.txt").write_text("Corrected.\n" + LETTER)
    result = built("verify", "-", "--json", stdin=answer)
    verification = json.loads(result.stdout)
    assert (result.exit_code, verification["format"], verification["moved"]) == (3, "quoth.verification/1", 1)
    assert verification["results"][0]["now"]["first_line"] == 2


def test_quotes_that_changed_end_with_4(built: Quoth, answer: str) -> None:
    Path("seeds/weber.txt").write_text(LETTER.replace("Lisbon", "Porto"))
    result = built("verify", "-", stdin=answer)
    assert result.exit_code == 4
    assert result.stdout.startswith("changed  weber.txt, lines 1-2: the words do not stand in weber.txt any more\n")


def test_one_citation_taken_out_of_an_answer_can_be_checked(built: Quoth, answer: str) -> None:
    citation = json.dumps(json.loads(answer)["hits"][0]["citation"])
    assert built("verify", "-", stdin="\ufeff" + citation).exit_code == 0


def evidence_of(answer: str) -> str:
    """One passage twice, as the page would export it."""
    exhibit = {"citation": json.loads(answer)["hits"][0]["citation"], "note": "mine", "log": None}
    return json.dumps({"format": "quoth.evidence/1", "made_at": "2026-11-23T13:20:05Z", "exhibits": [exhibit] * 2})


def test_every_quote_of_an_evidence_file_is_checked(built: Quoth, answer: str) -> None:
    Path("evidence.json").write_text(evidence_of(answer))
    result = built("verify", "evidence.json")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "2 exact")
    Path("seeds/weber.txt").write_text("Corrected.\n" + LETTER)
    assert built("verify", "evidence.json").exit_code == 3
    Path("seeds/weber.txt").write_text(LETTER.replace("Lisbon", "Porto"))
    assert built("verify", "evidence.json").exit_code == 4


def test_evidence_without_exhibits_is_refused(built: Quoth) -> None:
    result = built("verify", "-", stdin='{"format": "quoth.evidence/1", "exhibits": [1]}')
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("quoth: the evidence has no list of exhibits; ")


@pytest.mark.parametrize(
    ("stdin", "complaint"),
    [
        (b"nonsense", "quoth: this is not JSON "),
        (b"\xff\xfe\xfa", "quoth: the file of citations is not UTF-8 text ("),
        (b"[]", "quoth: there is no citation in it; "),
    ],
)
def test_what_is_no_citation_is_refused_in_one_line(built: Quoth, stdin: bytes, complaint: str) -> None:
    result = built("verify", "-", stdin=stdin)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith(complaint)
