from __future__ import annotations

import pytest

from quoth.parsing.table_header import header_of, is_data


@pytest.mark.parametrize(
    ("row", "header"),
    [
        (["Name", "Unit price", "Date"], "Name · Unit price · Date"),
        (["Country", "2019", "2020-05"], "Country · 2019 · 2020-05"),
        (["", "Fare", "Day"], "Fare · Day"),
        (["Name", "Fare", "", " "], "Name · Fare"),
        (["Name\nof quay", "Fare  (one way)"], "Name of quay · Fare (one way)"),
        (["名前", "価格"], "名前 · 価格"),
    ],
)
def test_names_of_columns_make_a_header(row: list[str], header: str) -> None:
    assert header_of(row) == header


@pytest.mark.parametrize(
    "row",
    [
        [],
        ["Name"],
        ["", "Name"],
        ["1", "2", "3"],
        ["2019", "2020"],
        ["Name", "", "Fare"],
        ["Tor", "4.5"],
        ["Tor", "2024-05-31"],
        ["Tor", "It is the oldest quay of the island, and nobody has landed there."],
    ],
)
def test_numbers_gaps_sentences_and_single_cells_make_none(row: list[str]) -> None:
    assert header_of(row) == ""


def test_a_row_with_a_number_or_date_is_of_data() -> None:
    assert is_data(["Tor", "2024-05-31"])
    assert not is_data(["Tor", "", "Quay 4"])
