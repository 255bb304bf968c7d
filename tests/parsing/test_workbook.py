from __future__ import annotations

import datetime
import io
import re
import time
import zipfile
from pathlib import Path

import pytest

from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import parse_file, workbook
from quoth.records import Span, State

from .checks import parse_bytes, shown
from .docx_writer import make_docx, paragraph
from .test_table import OLE
from .xlsx_writer import Value, make_xlsx, with_part, with_sheet

FARES: dict[str, list[list[Value]]] = {
    "Fares": [["Quay", "Fare", "Since"], ["Bell Quay", 4, datetime.date(1931, 5, 1)], ["Tor", 4.5, None]]
}


def number(place: str, value: str) -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def where(folder: Path, content: bytes, quote: str) -> str:
    (folder / "fares.xlsx").write_bytes(content)
    document = read_document(folder, "fares.xlsx", parse_file).document
    start = document.text.index(quote)
    return cite(document, Span(start, start + len(quote))).label


def test_each_row_is_a_block_whose_cells_tabs_part(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.xlsx", make_xlsx(FARES))
    assert (parsed.kind, parsed.state, parsed.title) == ("xlsx", State.READ, None)
    assert parsed.text == "Quay\tFare\tSince\nBell Quay\t4\t1931-05-01\nTor\t4.5"
    assert {block.kind for block in parsed.blocks} == {"table"}


def test_a_row_is_cited_with_its_sheet_its_header_and_its_cells(tmp_path: Path) -> None:
    content = make_xlsx({**FARES, "Boats": [[None, "Name", "Berths"], [], [None, "Alba", 12], [None, "Berta", None]]})
    assert where(tmp_path, content, "Quay\tFare") == "fares.xlsx, Fares, row 1 (A1:C1)"
    assert where(tmp_path, content, "Tor\t4.5") == "fares.xlsx, Fares › Quay · Fare · Since, row 3 (A3:B3)"
    assert where(tmp_path, content, "Alba\t12\nBerta") == "fares.xlsx, Boats › Name · Berths, rows 3-4 (B3:B4)"


def test_a_sheet_without_header_has_none(tmp_path: Path) -> None:
    content = make_xlsx({**FARES, "Numbers": [[1, 2], [3, 4]]})
    assert where(tmp_path, content, "3\t4") == "fares.xlsx, Numbers, row 2 (A2:B2)"


@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [
        (4.0, "General", "4"),
        (0.1 + 0.2, "General", "0.3"),
        (-1234567.891, "#,##0.00", "-1234567.891"),
        (1e21, "General", "1e+21"),
        (0.07, "0%", "7%"),
        (0.285, "0.00%", "28.5%"),
        (True, "General", "TRUE"),
        (datetime.datetime(2024, 5, 31), "dd/mm/yyyy", "2024-05-31"),
        (datetime.datetime(2024, 5, 31, 9, 30), "dd/mm/yyyy hh:mm", "2024-05-31 09:30:00"),
        (datetime.time(9, 30), "hh:mm", "09:30:00"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
        ("two\nlines\tand a tab", "General", "two lines and a tab"),
        ("one_x000D_two _x005F_x0041_", "General", "one two _x0041_"),
        ("#DIV/0!", "General", "#DIV/0!"),
    ],
)
def test_values_are_those_that_people_see(tmp_path: Path, value: Value, number_format: str, seen: str) -> None:
    content = make_xlsx({"S": [[value]]}, formats={"A1": number_format})
    assert parse_bytes(tmp_path, "a.xlsx", content).text == seen


def test_title_author_and_date_are_those_of_its_properties(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.xlsx", make_xlsx(FARES, title="Fares of the island", author="Ana Ruiz"))
    assert (parsed.title, parsed.author, parsed.date) == ("Fares of the island", "Ana Ruiz", "2024-05-31")
    bare = parse_bytes(tmp_path, "b.xlsx", with_part(make_xlsx(FARES), "docProps/core.xml", None))
    assert (bare.title, bare.author, bare.date) == (None, "", "")


def test_hidden_sheets_are_read_and_named_so(tmp_path: Path) -> None:
    content = make_xlsx({**FARES, "Wages": [["Ode", 3]]}, hidden=["Wages"])
    assert where(tmp_path, content, "Ode\t3") == "fares.xlsx, Wages (hidden), row 1 (A1:B1)"


def test_formulas_show_their_results_and_those_without_are_told(tmp_path: Path) -> None:
    base = make_xlsx(FARES)
    computed = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>'
    assert parse_bytes(tmp_path, "a.xlsx", with_sheet(base, computed)).state is State.READ
    for bare in ("<f>1+1</f>", "<f>1+1</f><v/>", "<f>1+1</f><v></v>", '<f t="shared" si="0"/>'):
        parsed = parse_bytes(
            tmp_path, "b.xlsx", with_sheet(base, f'<row r="1">{number("A1", "7")}<c r="B1">{bare}</c></row>')
        )
        assert (parsed.text, parsed.state) == ("7", State.PARTLY_READ)
        assert "formulas were saved without their results" in parsed.reason


def test_a_sheet_that_is_missing_is_told(tmp_path: Path) -> None:
    content = make_xlsx({**FARES, "Wages": [["Ode", 3]]})
    parsed = parse_bytes(tmp_path, "a.xlsx", with_part(content, "xl/worksheets/sheet2.xml", None))
    assert (parsed.state, len(parsed.blocks)) == (State.PARTLY_READ, 3)
    assert parsed.reason == 'the sheet "Wages" is missing; get another copy of the file'


def test_properties_and_names_that_are_not_valid_cost_nothing(tmp_path: Path) -> None:
    custom = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><x/></Properties>'
    )
    content = with_part(make_xlsx(FARES), "docProps/custom.xml", custom)
    assert parse_bytes(tmp_path, "a.xlsx", content).state is State.READ


def test_an_article_in_a_cell_is_a_paragraph(tmp_path: Path) -> None:
    article = "The ferry ran twice a day. " * 100
    parsed = parse_bytes(tmp_path, "a.xlsx", make_xlsx({"S": [["Tor", article], ["Bell", "short"]]}))
    assert [kind for kind, _ in shown(parsed)] == ["paragraph", "table"]


def test_the_last_cell_of_a_sheet_is_read_in_time(tmp_path: Path) -> None:
    rows = f'<row r="1">{number("A1", "1")}</row><row r="1048576">{text("XFD1048576", "corner")}</row>'
    content = with_sheet(make_xlsx(FARES), rows)
    started = time.process_time()
    assert where(tmp_path, content, "corner") == "fares.xlsx, Fares, row 1048576 (XFD1048576)"
    assert time.process_time() - started < 20


def test_rows_that_reach_to_the_last_column_are_read_in_time(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}">{number(f"A{row}", "1")}{number(f"XFD{row}", "2")}</row>' for row in range(1, 4_000)
    )
    started = time.process_time()
    parsed = parse_bytes(tmp_path, "a.xlsx", with_sheet(make_xlsx(FARES), rows))
    assert time.process_time() - started < 5
    assert (parsed.state, len(parsed.blocks)) == (State.READ, 3_999)
    assert parsed.text.startswith("1\t2\n1\t2\n")


def test_rows_and_cells_without_numbers_follow_one_another(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r='7'><c r='C7'><v>3</v></c><c><v>4</v></c></row><row><c/></row>"
    )
    content = with_sheet(make_xlsx(FARES), rows)
    assert where(tmp_path, content, "1\t2") == "fares.xlsx, Fares, row 1 (A1:B1)"
    assert where(tmp_path, content, "3\t4") == "fares.xlsx, Fares, row 7 (C7:D7)"


def test_the_strict_flavour_and_dates_that_count_from_1904_are_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_xlsx(FARES))) as archive, zipfile.ZipFile(packed, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name).replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
            for kind in ("officeDocument", "spreadsheetml"):
                old, new = f"http://schemas.openxmlformats.org/{kind}/2006", f"http://purl.oclc.org/ooxml/{kind}"
                part = part.replace(old.encode(), new.encode())
            copy.writestr(name, part)
    assert parse_bytes(tmp_path, "a.xlsx", packed.getvalue()).text.splitlines()[1] == "Bell Quay\t4\t1935-05-02"


def test_readings_above_characters_are_left_out_and_formatted_runs_are_joined(tmp_path: Path) -> None:
    runs = '<r><t>東</t></r><r><rPr><b/></rPr><t>京 bay</t></r><rPh sb="0" eb="2"><t>とうきょう</t></rPh>'
    content = with_sheet(make_xlsx(FARES), f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>')
    assert parse_bytes(tmp_path, "a.xlsx", content).text == "東京 bay"


def test_a_date_that_does_not_exist_is_shown_as_its_number(tmp_path: Path) -> None:
    content = make_xlsx({"S": [[-5], [1e9]]}, formats={"A1": "dd/mm/yyyy", "A2": "dd/mm/yyyy"})
    assert parse_bytes(tmp_path, "a.xlsx", content).text == "1899-12-25\n1000000000"


def test_a_workbook_with_too_many_cells_is_partly_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 6)
    parsed = parse_bytes(tmp_path, "a.xlsx", make_xlsx(FARES))
    assert (parsed.text, parsed.state) == ("Quay\tFare\tSince\nBell Quay\t4\t1931-05-01", State.PARTLY_READ)
    assert "cells were read; split the file" in parsed.reason


def test_a_sheet_that_unpacks_to_too_much_is_never_unpacked(tmp_path: Path) -> None:
    content = with_part(make_xlsx(FARES), "xl/worksheets/sheet1.xml", b" " * 101_000_000)
    assert parse_bytes(tmp_path, "a.xlsx", content).state is State.TOO_BIG


def test_entities_are_neither_grown_nor_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    grown = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    for entities, entity in (
        (f'<!ENTITY a0 "ha">{grown}', "&a9;"),
        (f'<!ENTITY x SYSTEM "{tmp_path}/secret.txt">', "&x;"),
    ):
        row = f'<row r="1">{text("A1", entity)}{number("B1", "7")}</row>'
        content = with_sheet(make_xlsx(FARES), row, head=f"<!DOCTYPE worksheet [{entities}]>")
        parsed = parse_bytes(tmp_path, "a.xlsx", content)
        assert "secret" not in parsed.text
        assert len(parsed.text) < 100


def test_the_bytes_say_what_is_a_workbook(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.csv", make_xlsx(FARES)).kind == "xlsx"
    assert parse_bytes(tmp_path, "a.xlsx", make_docx(paragraph("a letter"))).text == "a letter"
    named = parse_bytes(tmp_path, "b.xlsx", b"Just text, whatever the name says.")
    assert named.reason == "the file is not an Excel workbook although its name says so; get another copy"
    binary = with_part(make_xlsx(FARES), "xl/workbook.bin", b"\0")
    assert parse_bytes(tmp_path, "a.xlsb", binary).state is State.UNSUPPORTED


def test_a_workbook_with_a_password_is_encrypted(tmp_path: Path) -> None:
    protected = parse_bytes(tmp_path, "a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"))
    assert protected.state is State.ENCRYPTED


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_a_part_that_is_no_xml_is_damage(tmp_path: Path, part: str) -> None:
    parsed = parse_bytes(tmp_path, "a.xlsx", with_part(make_xlsx(FARES), part, b"<half"))
    assert parsed.state is State.DAMAGED


def test_a_sheet_that_is_damaged_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    content = make_xlsx({**FARES, "Wages": [["Ode", 3]]})
    parsed = parse_bytes(tmp_path, "a.xlsx", with_part(content, "xl/worksheets/sheet1.xml", b"<half"))
    assert (parsed.text, parsed.state) == ("Ode\t3", State.PARTLY_READ)
    assert parsed.reason == 'the sheet "Fares" is damaged; get another copy of the file'


def test_a_workbook_of_nothing_is_empty(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.xlsx", make_xlsx({"Empty": []})).state is State.EMPTY
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert parse_file(tmp_path / "b.xlsx", "b.xlsx").state is State.DAMAGED


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("head", ['<!DOCTYPE x [<!ENTITY i "is">]>', '<!DOCTYPE x SYSTEM "x.dtd">'])
def test_a_workbook_whose_words_are_entities_is_refused(tmp_path: Path, part: str, head: str) -> None:
    content = make_xlsx({"S": [["The tenant is liable."]]})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = re.sub(r"^<\?xml.*?\?>\s*", "", archive.read(part).decode())
    end = xml.rindex("</", 0, xml.rindex("</"))
    broken = with_part(content, part, f"{head}{xml[:end]}&i;{xml[end:]}".encode())
    parsed = parse_bytes(tmp_path, "a.xlsx", broken)
    assert parsed.state is State.DAMAGED
    assert "refers to XML entities" in parsed.reason


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1">{text("A1", "first")}{text("A1", "second")}</row>',
        f'<row r="1">{text("A1", "first")}{text("B5", "second")}</row>',
        f'<row r="1">{text("A1", "first")}{text("ZZZZ1", "second")}</row>',
        f'<row r="1">{text("A1", "first")}{text("XFE1", "second")}</row>',
        *(
            f'<row r="1">{text("A1", "first")}</row><row r="{row}">{text("A1", "second")}</row>'
            for row in ("0", "-3", "1048577", "99999999999", "one")
        ),
    ],
)
def test_cells_whose_places_contradict_one_another_are_left_out_and_told(tmp_path: Path, rows: str) -> None:
    parsed = parse_bytes(tmp_path, "a.xlsx", with_sheet(make_xlsx(FARES), rows))
    assert (parsed.text, parsed.state) == ("first", State.PARTLY_READ)
    assert 'cells of the sheet "Fares" contradict one another' in parsed.reason


def test_a_row_without_number_stands_where_its_cells_say(tmp_path: Path) -> None:
    content = with_sheet(make_xlsx(FARES), f"<row>{number('B4', '7')}{number('C4', '8')}</row>")
    assert where(tmp_path, content, "7\t8") == "fares.xlsx, Fares, row 4 (B4:C4)"


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ('<c r="B1" t="s"><v>99</v></c>', "kept"),
        ('<c r="B1" t="s"><v>-1</v></c>', "kept"),
        ('<c r="B1"><v>abc</v></c>', "kept\tabc"),
        ('<c r="B1" s="x"><v>12</v></c>', "kept\t12"),
    ],
)
def test_a_cell_that_holds_no_value_of_its_type_costs_no_other(tmp_path: Path, cell: str, seen: str) -> None:
    rows = f'<row r="1">{text("A1", "kept")}{cell}</row>'
    parsed = parse_bytes(tmp_path, "a.xlsx", with_sheet(make_xlsx(FARES), rows))
    assert (parsed.text, parsed.state) == (seen, State.PARTLY_READ)
    assert 'cells of the sheet "Fares" hold what is no value of their type' in parsed.reason
