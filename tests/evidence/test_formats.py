"""Each format, read back by a reader of that format, holds the quote."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.evidence.making import LOG, citations, document_of, evidence_of, evidences, exhibit_of, hard_quotes, texts
from tests.render.test_csv import exact_text

from quoth.evidence import FORMS, Evidence, Exhibit
from quoth.evidence.keys import cite_keys, page_range, pinpoint
from quoth.evidence.references import tex
from quoth.evidence.spreadsheet import COLUMNS
from quoth.records import Citation, VerificationResult
from quoth.render.visible import visible

NEWS = document_of("It rained. The mayor resigned.\nNobody asked why.\n")
PAPER = document_of(
    "First page.\nOn the second it says 5 mg.\n", "trials/Größe & dose.pdf", title="Dose", pages=(0, 12)
)
TEX = {"textbackslash{}": "\\", "textbraceleft{}": "{", "textbraceright{}": "}", "textasciicircum{}": "^",
       "textasciitilde{}": "~", **{sign: sign for sign in "$&#%_"}}  # fmt: skip


def export(name: str, *exhibits: Exhibit) -> bytes:
    return FORMS[name].write(evidence_of(*exhibits))


def on_lines(text: str) -> str:
    return visible(re.sub("\r\n|\r", "\n", text))


def in_xml(text: str) -> str:
    return on_lines(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def on_one_line(text: str) -> str:
    return visible(re.sub("\r\n|\r|\n", " ", text))


def exhibit_with(quote: str, note: str = "") -> Exhibit:
    return exhibit_of(document_of(quote), note=note)


def block_quote(markdown: str) -> str:
    """What its first paragraph shows."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inside = tokens[[token.type for token in tokens].index("blockquote_open") + 2]
    children = inside.children or []
    assert {child.type for child in children} <= {"text", "text_special", "hardbreak"}
    return "".join("\n" if child.type == "hardbreak" else child.content for child in children)


def untex(written: str) -> str:
    """What TeX prints; fails on a command or a brace that is not known."""
    pattern = "|".join(re.escape(f"\\{command}") for command in TEX)
    return re.sub(rf"(?P<sign>{pattern})|{{}}|(?P<wrong>[\\{{}}])", _print, written)


def _print(match: re.Match[str]) -> str:
    assert match["wrong"] is None, match
    return TEX[match["sign"][1:]] if match["sign"] else ""


def bibtex_fields(entry: str) -> dict[str, str]:
    """As BibTeX cuts them: by counting braces, whatever stands before one."""
    fields, at = {}, entry.index(",\n") + 2
    while match := re.compile(r"  (\w+) = ").match(entry, at):
        depth, at = 0, match.end()
        begin = at
        while True:
            depth += (entry[at] == "{") - (entry[at] == "}")
            at += 1
            if not depth:
                break
        fields[match[1]] = entry[begin + 1 : at - 1]
        assert entry[at : at + 2] == ",\n"
        at += 2
    assert entry[at:] == "}\n"
    return fields


def ris_pairs(written: str) -> list[tuple[str, str]]:
    assert written.endswith("ER  - \r\n")
    return [(line[:2], line[6:]) for line in written.removesuffix("\r\n").split("\r\n") if line[2:6] == "  - "]


@given(hard_quotes)
def test_markdown_shows_the_quote_line_by_line(quote: str) -> None:
    assert block_quote(export("markdown", exhibit_with(quote)).decode()) == on_lines(quote)


@settings(deadline=None, max_examples=25)
@given(hard_quotes, texts)
def test_word_shows_the_quote_and_the_note(quote: str, note: str) -> None:
    document = docx.Document(io.BytesIO(export("docx", exhibit_with(quote, note))))
    shown = {paragraph.style.name if paragraph.style else "": paragraph.text for paragraph in document.paragraphs}
    assert shown["Quote"] == in_xml(quote)
    notes = [paragraph.text for paragraph in document.paragraphs if paragraph.text.startswith("Note: ")]
    assert not note or notes[0] == f"Note: {in_xml(note)}"


@given(evidences)
def test_csv_has_every_text_and_no_cell_that_is_computed(evidence: Evidence) -> None:
    written = FORMS["csv"].write(evidence).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(written, newline=""), strict=True)
    assert tuple(header) == COLUMNS
    assert len(rows) == len(evidence.exhibits)
    for row, exhibit in zip(rows, evidence.exhibits, strict=True):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝"))]
        cells = dict(zip(header, (exact_text(cell) for cell in row), strict=True))
        assert (cells["quote"], cells["note"]) == (exhibit.citation.quote, exhibit.note)
        assert cells["title"] == exhibit.citation.title


def test_a_formula_in_a_quote_is_text_in_a_spreadsheet() -> None:
    written = export("csv", exhibit_with("=HYPERLINK(1)")).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(written)))["quote"] == "'=HYPERLINK(1)"


@given(hard_quotes)
def test_bibtex_prints_the_quote(quote: str) -> None:
    fields = bibtex_fields(export("bibtex", exhibit_with(quote, "a {note}")).decode())
    assert untex(fields["abstract"]) == on_one_line(quote)
    assert untex(fields["annote"]) == "a {note}"


@given(st.text("-`'<>,?!a"))
def test_tex_makes_no_sign_of_two(text: str) -> None:
    assert not re.search(r"--|``|''|<<|>>|,,|[?!]`", tex(text))
    assert untex(tex(text)) == text


@given(hard_quotes)
def test_ris_has_the_quote_on_one_line_and_no_tag_of_its_own(quote: str) -> None:
    text = f"{quote}\r\nER  - \r\nTY  - BOOK"
    pairs = ris_pairs(export("ris", exhibit_with(text)).decode())
    assert dict(pairs)["AB"] == on_one_line(text)
    assert [tag for tag, _ in pairs] == ["TY", "ID", "TI", "AB", "N1", "L1", "DB", "ER"]


@given(st.lists(citations, max_size=5))
def test_csl_has_the_quotes_exactly(several: list[Citation]) -> None:
    entries = json.loads(export("csl", *map(Exhibit, several)))
    assert [entry["abstract"] for entry in entries] == [citation.quote for citation in several]
    assert {entry["type"] for entry in entries} <= {"document"}


@given(st.lists(citations | st.just(exhibit_with("x").citation), max_size=8))
def test_keys_are_plain_and_none_is_given_twice(several: list[Citation]) -> None:
    keys = cite_keys(several)
    assert len(set(keys)) == len(several)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", key) for key in keys)


def test_a_page_is_the_locator_of_a_pdf() -> None:
    exhibit = exhibit_of(PAPER, "On the second it says 5 mg.")
    fields = bibtex_fields(export("bibtex", exhibit).decode())
    assert (fields["pages"], fields["title"]) == ("2", "{Dose}")
    assert export("bibtex", exhibit).startswith(b"@misc{grosse-dose-p2,\n")
    pairs = dict(ris_pairs(export("ris", exhibit).decode()))
    assert (pairs["TY"], pairs["SP"], pairs["L1"]) == ("GEN", "2", "trials/Größe & dose.pdf")
    [entry] = json.loads(export("csl", exhibit))
    assert (entry["page"], entry["locator"], entry["accessed"]) == ("2", "2", {"date-parts": [[2026, 11, 22]]})
    assert "p. 2, line 1" in entry["note"]


def test_who_wrote_the_document_and_when_stands_in_every_reference() -> None:
    citation = replace(exhibit_of(NEWS).citation, author="Ana Ruiz; Board {of} Trade", date="2024-05")
    exhibit = Exhibit(citation)
    bibtex = export("bibtex", exhibit).decode()
    assert r"author = {{Ana Ruiz} and {Board \textbraceleft{}of\textbraceright{} Trade}}" in bibtex
    assert "year = {2024}" in bibtex
    assert "AU  - Ana Ruiz\r\nAU  - Board {of} Trade\r\nPY  - 2024\r\n" in export("ris", exhibit).decode()
    [entry] = json.loads(export("csl", exhibit))
    assert entry["author"] == [{"literal": "Ana Ruiz"}, {"literal": "Board {of} Trade"}]
    assert entry["issued"] == {"date-parts": [[2024, 5]]}
    [entry] = json.loads(export("csl", Exhibit(replace(citation, date="soon"))))
    assert "issued" not in entry


def test_no_field_of_evidence_from_elsewhere_begins_an_entry_of_its_own() -> None:
    forged = "2020},\n}\n@misc{forged,\n  title = {Never said"
    stood = replace(exhibit_of(NEWS).citation, first_line=None, number=3)
    exhibit = Exhibit(replace(stood, date=forged, unit=f"x,\n title={{y}}}}\r\nER  - {forged}"))
    bibtex, ris = export("bibtex", exhibit).decode(), export("ris", exhibit).decode()
    assert [line for line in bibtex.splitlines() if not re.fullmatch(r"  [a-z]+ = {.*},|}", line)] == [
        "@misc{news-x-title-y-ER---2020-misc-forged-title-Never-said3,"
    ]
    assert not {"date", "year"} & set(bibtex_fields(bibtex))
    assert not {"PY", "DA"} & set(dict(ris_pairs(ris)))
    assert "ID  - news-x-title-y-ER---2020-misc-forged-title-Never-said3\r\n" in ris


def test_lines_are_the_locator_of_a_text() -> None:
    [entry] = json.loads(export("csl", exhibit_of(NEWS, "The mayor resigned.\nNobody")))
    assert (entry["locator"], "page" in entry) == ("lines 1-2", False)


def test_a_quote_over_two_pages_and_a_printed_number_are_given_as_ranges() -> None:
    citation = exhibit_of(PAPER).citation
    assert (page_range(citation, "--"), bibtex_fields(export("bibtex", Exhibit(citation)).decode())["pages"]) == (
        "1--2",
    ) * 2
    assert page_range(replace(citation, last_page=1, page_label="xii"), "-") == "xii"
    bare = replace(exhibit_of(NEWS).citation, first_line=None, last_line=None)
    assert pinpoint(bare) == f"characters 0-{len(NEWS.text)}"


@pytest.mark.parametrize("name", FORMS)
def test_every_format_says_how_the_quote_was_found_and_what_to_check(name: str) -> None:
    exhibit = exhibit_of(NEWS, "The mayor resigned.")
    content = export(name, exhibit)
    if name == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = package.read("word/document.xml")
    text = content.decode().replace("\\", "").replace("{}", "")
    for fact in (exhibit.citation.quote_sha256, NEWS.info.file_sha256, LOG.question, "2026-11-22", "model@abc"):
        assert fact in text, (name, fact)


@pytest.mark.parametrize("name", FORMS)
def test_every_format_marks_what_is_not_confirmed(name: str) -> None:
    gone = replace(exhibit_of(NEWS), standing=VerificationResult.CHANGED, remark="the words are gone")
    content = export(name, gone)
    if name == "docx":
        content = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs).encode()
    assert b"the words are gone" in content
    assert (b"changed" if name in ("csv", "json") else b"NOT CONFIRMED") in content


def test_a_word_file_is_quoths_and_of_the_time_of_the_export() -> None:
    properties = docx.Document(io.BytesIO(export("docx", exhibit_of(NEWS)))).core_properties
    assert (properties.author, properties.title, str(properties.created)[:19]) == (
        "Quoth",
        "Evidence",
        "2026-11-23 13:20:05",
    )


@pytest.mark.parametrize("name", FORMS)
def test_nothing_pinned_is_a_file_too(name: str) -> None:
    FORMS[name].write(evidence_of())
