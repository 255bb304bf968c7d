from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoth.render import csv_lines

SIGNS = tuple("=+-@＝＋－＠|%")
HARD = st.text(st.sampled_from(";\t\r\n\"',=+-@|% a＝"))


def exact_text(cell: str) -> str:
    """What stands in `cell` without the apostrophes that keep it from being computed, as the documentation has it."""
    return re.sub(r"""(\A|[;\t\r\n]"*)'""", r"\1", cell)


def read(written: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter))


@given(st.lists(HARD | st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
@example(["=1", "'=1", "a;=1", "\n'-"])
def test_the_exact_text_can_be_had_again(texts: list[str]) -> None:
    if texts == [""]:
        texts = ["", ""]  # a line of its own is written for one empty text
    assert [exact_text(cell) for cell in read(csv_lines([texts]))[0]] == texts


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@given(rows=st.lists(st.lists(HARD, min_size=2, max_size=3), min_size=1, max_size=3))
@example(rows=[["seen", "so;=cmd|' /C calc'!A0"]])
@example(rows=[["seen", 'so\n"=HYPERLINK(1)']])
def test_no_cell_begins_with_a_sign_of_formulas_whatever_parts_the_cells(delimiter: str, rows: list[list[str]]) -> None:
    assert [cell for row in read(csv_lines(rows), delimiter) for cell in row if cell.startswith(SIGNS)] == []


def test_words_that_nothing_computes_stand_as_they_are() -> None:
    text = "It's 5 - 3; a well-known sum = 2, and 'so' on.\nx = 1"
    assert read(csv_lines([[text, 7]])) == [[text, "7"]]
