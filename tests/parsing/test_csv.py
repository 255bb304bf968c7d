from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import csv_text, parse_file
from quoth.records import Document, Heading, Parsed, Span, State

from .checks import parse_bytes, shown, uncovered


def rows_of(parsed: Parsed) -> list[tuple[int | None, str]]:
    """Number and text of each."""
    return [
        (run.locator.number, block.span.of(parsed.text)) for run, block in zip(parsed.runs, parsed.blocks, strict=True)
    ]


def document_of(folder: Path, content: bytes, name: str = "fares.csv") -> Document:
    (folder / name).write_bytes(content)
    return read_document(folder, name, parse_file).document


def where(document: Document, quote: str) -> str:
    start = document.text.index(quote)
    return cite(document, Span(start, start + len(quote))).where


def test_the_text_is_the_file_and_each_row_a_block(tmp_path: Path) -> None:
    content = 'Name,Fare\r\n"Quay, Bell",4\r\n\r\n,\r\n  Tor ,"a ""b"""'
    parsed = parse_bytes(tmp_path, "a.csv", content.encode())
    assert (parsed.kind, parsed.text, parsed.is_file_text, parsed.state) == ("csv", content, True, State.READ)
    assert rows_of(parsed) == [(1, "Name,Fare"), (2, '"Quay, Bell",4'), (5, '  Tor ,"a ""b"""')]
    assert {block.kind for block in parsed.blocks} == {"table"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_cell_over_several_lines_stays_in_its_row(tmp_path: Path, end: str) -> None:
    content = f'Name,Remark{end}Tor,"one{end}{end}two"{end}Bell,"three"{end}'
    parsed = parse_bytes(tmp_path, "a.csv", content.encode())
    assert rows_of(parsed) == [(1, "Name,Remark"), (2, f'Tor,"one{end}{end}two"'), (3, 'Bell,"three"')]


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("Name;Fare\n1,5;2,5\n3,5;4,5\n", "Name · Fare"),
        ("Name,Fare\n1;5,2\n", "Name · Fare"),
        ("Name\tFare, one way\nTor, the old\t2\n", "Name · Fare, one way"),
        ("Name|Fare|Day\na, b|2|x\n", "Name · Fare · Day"),
        ("sep=|\nName, first|Fare, last\na|b\n", "Name, first · Fare, last"),
        ('"Name, first";"Fare, last"\n"a, b";"c, d"\n', "Name, first · Fare, last"),
        ("\ufeff" + '"Name","Fare"\n1,2\n', "Name · Fare"),
    ],
)
def test_the_delimiter_is_found(tmp_path: Path, content: str, header: str) -> None:
    parsed = parse_bytes(tmp_path, "a.csv", content.encode())
    assert [heading.title for heading in parsed.outline] == [header]
    assert parsed.text == content


def test_the_names_of_the_columns_hold_for_the_rows_below_them(tmp_path: Path) -> None:
    document = document_of(tmp_path, b'Name,Fare\nTor,4\nBell,"5\n6"\n')
    assert document.outline == (Heading(10, 20, "Name · Fare", is_in_text=False),)
    assert document.info.title == "fares.csv"
    assert where(document, "Name,Fare") == "row 1, line 1"
    assert where(document, "Tor,4") == "Name · Fare, row 2, line 2"
    assert where(document, 'Tor,4\nBell,"5\n6"') == "Name · Fare, rows 2-3, lines 2-4"


@pytest.mark.parametrize(
    "content", ["Name,Fare\n", "1,2\n3,4\n", "Name,,Fare\na,b,c\n", "Name\nTor\n", "2019,2020\n1,2"]
)
def test_a_first_row_without_names_is_no_header(tmp_path: Path, content: str) -> None:
    assert parse_bytes(tmp_path, "a.csv", content.encode()).outline == ()


def test_a_quote_that_nothing_closes_costs_no_row(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.csv", b'Name,Size\n"Tor, old",4\n"5 inch,6\nBell,7\n"x","y"\n')
    assert parsed.state is State.READ
    assert rows_of(parsed) == [
        (1, "Name,Size"),
        (2, '"Tor, old",4'),
        (3, '"5 inch,6'),
        (4, "Bell,7"),
        (5, '"x","y"'),
    ]


def test_a_cell_of_ten_megabytes_is_read_line_by_line(tmp_path: Path) -> None:
    cell = b"word " * 2_000_000
    parsed = parse_bytes(tmp_path, "a.csv", b'Name,Text\nTor,"' + cell + b'"\nBell,5\n')
    assert [(number, len(row)) for number, row in rows_of(parsed)] == [(1, 9), (2, 10_000_006), (3, 6)]


def test_an_article_in_a_cell_is_one_row_of_prose(tmp_path: Path) -> None:
    article = "The ferry ran twice a day.\n" * 10_000
    parsed = parse_bytes(tmp_path, "a.csv", f'Name,Text\nTor,"{article}"\nBell,5\n'.encode())
    assert [(number, len(row)) for number, row in rows_of(parsed)] == [(1, 9), (2, 270_006), (3, 6)]
    assert [kind for kind, _ in shown(parsed)] == ["table", "paragraph", "table"]


def test_a_table_with_too_many_rows_is_partly_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "MAX_ROWS", 2)
    parsed = parse_bytes(tmp_path, "a.csv", b"Name,Fare\nTor,4\nBell,5\n")
    assert (parsed.text, parsed.state) == ("Name,Fare\nTor,4\n", State.PARTLY_READ)
    assert "rows were read; split the file" in parsed.reason


def test_bytes_that_are_no_text_and_blanks_alone_are_told(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.csv", b"a,\0\x01\x02\x03\x04\n" * 101).state is State.DAMAGED
    assert parse_bytes(tmp_path, "b.csv", b"\n \n").state is State.EMPTY


def test_old_encodings_are_read_with_their_accents(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.csv", "Straße;Größe\nMühlenweg;über 4\nAn der Brücke;fünf\n".encode("cp1252"))
    assert rows_of(parsed)[1] == (2, "Mühlenweg;über 4")


def test_a_file_full_of_stray_quotes_is_read_line_by_line_in_time(tmp_path: Path) -> None:
    content = b'"5 inch,6\n' * 50_000
    started = time.process_time()
    parsed = parse_bytes(tmp_path, "a.csv", content)
    assert time.process_time() - started < 10
    assert len(parsed.blocks) == 50_000


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('ab1",;\t|\n\r '), max_size=60))
def test_no_visible_word_is_left_out_of_the_rows(content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        parsed = parse_bytes(Path(folder), "a.csv", content.encode() or b" ")
    if parsed.state.has_text:
        assert parsed.text == content
        assert not set(uncovered(parsed)) - set('",;\t|')
