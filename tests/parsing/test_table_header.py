from __future__ import annotations

import pytest

from quoth.parsing.table_header import TableHeader, header_of
from quoth.parsing.text_builder import TextBuilder
from quoth.records import heading_path


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


def headings_of(*rows: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Each row with what it stands under; an empty one is a gap."""
    builder = TextBuilder()
    header = TableHeader(builder)
    after_gap = False
    for row in rows:
        if row:
            header.pass_row(row, after_gap=after_gap)
            builder.add(",".join(row), "table")
        after_gap = not row
    header.begin()
    builder.add("Thereafter.")
    parsed = builder.finish("html")
    return [(block.span.of(parsed.text), heading_path(parsed.outline, block.span.start)) for block in parsed.blocks]


def test_a_header_holds_from_the_second_row_to_the_end_of_the_table() -> None:
    held = ("Name · Fare",)
    assert headings_of(["Fares of 1931"], ["Name", "Fare"], ["Tor", "4"], ["in all", ""], [], ["Bell", "5"]) == [
        ("Fares of 1931", ()),
        ("Name,Fare", ()),
        ("Tor,4", held),
        ("in all,", held),
        ("Bell,5", held),
        ("Thereafter.", ()),
    ]


def test_names_after_a_gap_below_values_begin_another_table() -> None:
    rows = [["Name", "Fare"], ["Tor", "4"], [], ["Quay", "Boats"], ["Bell", "2"]]
    assert headings_of(*rows)[2:] == [("Quay,Boats", ()), ("Bell,2", ("Quay · Boats",)), ("Thereafter.", ())]
    words = [["Name", "Keeper"], ["Tor", "Ana"], [], ["Bell", "Ode"]]
    assert headings_of(*words)[2] == ("Bell,Ode", ("Name · Keeper",))


def test_a_table_of_one_row_has_no_header() -> None:
    assert headings_of(["Name", "Fare"]) == [("Name,Fare", ()), ("Thereafter.", ())]
