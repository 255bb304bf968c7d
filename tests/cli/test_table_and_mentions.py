from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.letters import LETTER, QUESTION, Quoth


def read_csv(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_table_has_a_block_for_each_document(built: Quoth) -> None:
    result = built("table", QUESTION, "How many ships lay in the harbour?")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Documents 1 to 2 of 2."
    assert "    answers: Anna Maria Weber met the mayor in Lisbon in May." in lines
    assert lines.index("Ships") < lines.index("weber.txt")


def test_table_in_json_has_an_answer_for_each_document_and_question(built: Quoth) -> None:
    table = json.loads(built("table", QUESTION, "Who sleeps?", "--json").stdout)
    assert (table["format"], table["questions"], table["documents"]) == ("quoth.table/1", [QUESTION, "Who sleeps?"], 2)
    assert [row["document"]["source"] for row in table["rows"]] == ["ships.md", "weber.txt"]
    citation = table["rows"][1]["answers"][0]["hits"][0]["citation"]
    assert citation["quote"] == LETTER[citation["start"] : citation["end"]]


def test_table_in_csv_has_the_exact_quote_in_a_column_of_its_own(built: Quoth) -> None:
    rows = read_csv(built("table", QUESTION, "--csv", "--in", "*.txt").stdout)
    assert [(row["source"], row["verdict"]) for row in rows] == [("weber.txt", "answers")]
    assert rows[0]["quote"] == LETTER[int(rows[0]["start"]) : int(rows[0]["end"])]
    assert rows[0]["highlight"] == "Anna Maria Weber met the mayor in Lisbon in May."


def test_a_table_without_any_answer_ends_with_3(built: Quoth) -> None:
    assert built("table", "How long must sourdough ferment?").exit_code == 3


def test_mentions_counts_and_lists_them(built: Quoth) -> None:
    result = built("mentions", '"lay in the HARBOUR"')
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "1 passage in 1 of 2 documents, where the phrases stand 1 time.",
        "  ships.md: 1 passage, 1 time",
        "",
        "Ships",
        "",
        "  | Twelve ships lay in the harbour of Bergen all winter.",
        "  Ships, line 3 (seeds/ships.md:3)",
    ]


def test_words_that_are_nowhere_end_with_3_and_say_how_often_each_stands(built: Quoth) -> None:
    result = built("mentions", "harbour Weber")
    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "0 passages in 0 of 2 documents.",
        "  harbour: 1 passage",
        "  Weber: 1 passage",
    ]


def test_mentions_in_json_and_csv_hold_the_quote_as_it_stands(built: Quoth) -> None:
    found = json.loads(built("mentions", "ships winter", "--json").stdout)
    assert (found["format"], found["total"], found["words"][0]) == (
        "quoth.mentions/1",
        1,
        {"word": "ships", "passages": 2},
    )
    (row,) = read_csv(built("mentions", "ships winter", "--csv").stdout)
    assert row["quote"] == found["mentions"][0]["citation"]["quote"]
    assert row["highlight"] == "ships … winter"


def test_no_spreadsheet_computes_what_a_document_says(quoth: Quoth) -> None:
    Path("seeds/sum.txt").write_text("=HYPERLINK(1) is a formula of the ferry.\n")
    quoth("build")
    (row,) = read_csv(quoth("mentions", "ferry", "--csv").stdout)
    assert row["quote"] == "'=HYPERLINK(1) is a formula of the ferry."
