from __future__ import annotations

from pathlib import Path

import pytest

from quoth.parsing.table_header import TableHeader, header_of
from quoth.parsing.text_builder import TextBuilder
from quoth.records import Parsed, heading_path

from . import docx_writer as docx
from . import odt_writer as odt
from .checks import parse_bytes


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
        ["Name:", "Ana Ruiz"],
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


def held(parsed: Parsed) -> list[tuple[str, tuple[str, ...]]]:
    """Each block with what it stands under."""
    return [(block.span.of(parsed.text), heading_path(parsed.outline, block.span.start)) for block in parsed.blocks]


TABLE = [
    ("Fares", ("Fares",)),
    ("Quay\tFare", ("Fares",)),
    ("Tor\tfour", ("Fares", "Quay · Fare")),
    ("Bell\tfive", ("Fares", "Quay · Fare")),
    ("Thereafter.", ("Fares",)),
]


def test_a_header_of_a_word_document_holds_to_the_end_of_its_table(tmp_path: Path) -> None:
    table = "".join(
        docx.row(*map(docx.paragraph, row)) for row in (("Quay", "Fare"), ("Tor", "four"), ("Bell", "five"))
    )
    body = docx.paragraph("Fares", "berschrift1") + f"<w:tbl>{table}</w:tbl>" + docx.paragraph("Thereafter.")
    assert held(parse_bytes(tmp_path, "a.docx", docx.make_docx(body))) == TABLE


def test_rows_that_word_repeats_on_every_page_are_the_header(tmp_path: Path) -> None:
    marked = docx.row(*map(docx.paragraph, ("1", "2"))).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>")
    body = f"<w:tbl>{marked}{docx.row(*map(docx.paragraph, ('3', '4')))}</w:tbl>"
    assert held(parse_bytes(tmp_path, "a.docx", docx.make_docx(body))) == [("1\t2", ()), ("3\t4", ("1 · 2",))]


def test_a_header_of_an_open_document_holds_to_the_end_of_its_table(tmp_path: Path) -> None:
    rows = [odt.row(*map(odt.paragraph, row)) for row in (("Quay", "Fare"), ("Tor", "four"), ("Bell", "five"))]
    for first in (rows[0], f"<table:table-header-rows>{rows[0]}</table:table-header-rows>"):
        table = f"<table:table>{first}{rows[1]}{rows[2]}</table:table>"
        content = odt.make_odt(odt.heading("Fares") + table + odt.paragraph("Thereafter."))
        assert held(parse_bytes(tmp_path, "a.odt", content)) == TABLE


def test_a_header_of_rich_text_holds_for_the_rows_that_follow_one_another(tmp_path: Path) -> None:
    rows = "".join(
        rf"\trowd\cellx1\cellx2\pard\intbl {quay}\cell {fare}\cell\row" + "\n"
        for quay, fare in (("Quay", "Fare"), ("Tor", "four"), ("Bell", "five"))
    )
    content = rf"{{\rtf1\ansi\pard\outlinelevel0 Fares\par\pard{rows}\pard\outlinelevel9 Thereafter.\par}}"
    assert held(parse_bytes(tmp_path, "a.rtf", content.encode())) == TABLE


@pytest.mark.parametrize(
    "first", ["<tr><th>Quay<th>Fare</tr>", "<thead><tr><td>Quay<td>Fare</tr></thead>", "<tr><th>Quay</th><th>Fare</th>"]
)
def test_a_header_of_a_page_holds_to_the_end_of_its_table(tmp_path: Path, first: str) -> None:
    page = f"<h1>Fares</h1><table>{first}<tr><td>Tor<td>four<tr><td>Bell<td>five</table><p>Thereafter."
    assert held(parse_bytes(tmp_path, "a.html", page.encode())) == TABLE


def test_cells_of_a_page_that_no_header_marks_have_none(tmp_path: Path) -> None:
    for table in ("<tr><td>Quay<td>Fare<tr><td>Tor<td>four", "<tr><th>Quay<td>Tor<tr><th>Fare<td>four"):
        parsed = parse_bytes(tmp_path, "a.html", f"<table>{table}</table>".encode())
        assert parsed.outline == ()


def test_two_rows_of_names_are_one_header_and_later_ones_another(tmp_path: Path) -> None:
    page = (
        "<table><tr><th>Quay<th>Fares<tr><th>old<th>new<tr><td>Tor<td>4<tr><th>Boat<th>Berths<tr><td>Alba<td>12</table>"
    )
    assert held(parse_bytes(tmp_path, "a.html", page.encode()))[2:] == [
        ("Tor\t4", ("Quay · Fares · old · new",)),
        ("Boat\tBerths", ()),
        ("Alba\t12", ("Boat · Berths",)),
    ]


def test_a_table_in_a_cell_ends_without_ending_the_text_around_it(tmp_path: Path) -> None:
    inner = "<table><tr><th>Quay<th>Fare<tr><td>Tor<td>four</table>"
    page = f"<table><tr><th>Left<th>Right<tr><td>{inner}<td>Words.</table><p>Thereafter."
    assert held(parse_bytes(tmp_path, "a.html", page.encode()))[-3:] == [
        ("Tor\tfour", ("Quay · Fare",)),
        ("Words.", ()),
        ("Thereafter.", ()),
    ]
