from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.citing import cite, line_number
from quoth.evidence.keys import page_range
from quoth.records import Document, DocumentInfo, Heading, Locator, Run, Span, State, Unit

INFO = DocumentInfo(
    id="0" * 32,
    source="notes/a.txt",
    title="Notes",
    kind="txt",
    state=State.READ,
    reason="",
    file_sha256="f" * 64,
    size=1,
    mtime_ns=1,
    characters=1,
    passages=1,
    language="en",
    parser_version=1,
)


def document(text: str, **fields: object) -> Document:
    return replace(Document(INFO, text, is_file_text=True), **fields)  # type: ignore[arg-type]  # fields by name


def test_a_citation_holds_the_slice_and_its_hash() -> None:
    citation = cite(document("Anna said: “Œuf”, twice.\n"), Span(11, 16))
    assert citation.quote == "“Œuf”"
    assert citation.quote_sha256 == hashlib.sha256("“Œuf”".encode()).hexdigest()
    assert (citation.prefix, citation.suffix) == ("Anna said: ", ", twice.\n")


def test_lines_are_those_of_the_file() -> None:
    citation = cite(document("one\ntwo\nthree\nfour\n"), Span(4, 13))
    assert (citation.first_line, citation.last_line) == (2, 3)
    assert citation.label == "Notes, lines 2-3"


def test_a_line_ends_where_editors_end_it() -> None:
    text = "a\r\nb\rc\nd\x0be\x85f\u2028g"
    assert [line_number(text, text.index(letter)) for letter in "abcdefg"] == [1, 2, 3, 4, 4, 4, 4]


@given(st.text(alphabet="a\r\n", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_lines_are_counted_from_anywhere(text: str, line_one: int, offset: int) -> None:
    ends = re.findall(r"\r\n|\r|\n", text[line_one:offset])
    assert line_number(text, offset, line_one) == 1 + len(ends)


def test_a_page_is_named_by_its_label_and_its_number() -> None:
    runs = (Run(0, Locator(page=1, page_label="xi")), Run(10, Locator(page=2, page_label="xii")))
    pdf = document("first page\nsecond\npage", is_file_text=False, runs=runs)
    citation = cite(pdf, Span(18, 22))
    assert citation.label == "Notes, p. xii (page 2 of the file), line 3"
    assert cite(pdf, Span(2, 15)).where == "pp. xi-xii (pages 1-2 of the file)"
    assert page_range(cite(pdf, Span(2, 15)), "--") == "xi--xii"
    of_older_file = replace(cite(pdf, Span(2, 15)), last_page_label=None)
    assert (of_older_file.where, page_range(of_older_file, "-")) == ("pp. 1-2", "1-2")


def test_the_least_confidence_of_all_pages_is_said() -> None:
    percents = enumerate((93, 61, 95))
    pages = tuple(Run(4 * number, Locator(page=number + 1, ocr_confidence=percent)) for number, percent in percents)
    scan = document("one two three", is_file_text=False, runs=pages)
    assert cite(scan, Span(0, 12)).ocr_confidence == 61
    assert cite(scan, Span(0, 3)).ocr_confidence == 93


def test_a_paragraph_is_named_under_its_headings() -> None:
    html = document(
        "Costs\n\nIt was dear.",
        is_file_text=False,
        runs=(Run(0, Locator(paragraph=1)), Run(7, Locator(paragraph=2, anchor="costs"))),
        outline=(Heading(0, 1, "Results"), Heading(0, 2, "Costs")),
    )
    citation = cite(html, Span(7, 19))
    assert (citation.where, citation.anchor) == ("Results › Costs, paragraph 2", "costs")


@pytest.mark.parametrize(
    ("first", "last", "where"),
    [
        (Locator(unit="slide", number=3), None, "Costs, slide 3"),
        (Locator(unit="notes", number=3), None, "Costs, notes of slide 3"),
        (Locator(unit="slide", number=3), Locator(unit="slide", number=4), "Costs, slides 3-4"),
        (Locator(unit="row", number=4, begin="A4", until="D4"), None, "Costs, row 4 (A4:D4)"),
        (
            Locator(unit="row", number=4, begin="A4", until="D4"),
            Locator(unit="row", number=6, begin="A6", until="C6"),
            "Costs, rows 4-6 (A4:C6)",
        ),
        (
            Locator(unit="cue", number=1, begin="00:00:01.000", until="00:00:02.500"),
            Locator(unit="cue", number=2, begin="00:00:03.000", until="00:00:04.500"),
            "Costs, subtitles 1-2 (00:00:01.000-00:00:04.500)",
        ),
        (Locator(unit="code_cell", number=2), None, "Costs, code cell 2, lines 1-2"),
        (Locator(unit="message", number=2), Locator(unit="message", number=3), "Costs, messages 2-3"),
        (Locator(unit="message"), None, "Costs, lines 1-2"),
        (Locator(page=7, ocr_confidence=93), Locator(page=8, ocr_confidence=0), "pp. 7-8, OCR, 0 %"),
    ],
)
def test_a_unit_of_the_format_is_named_with_its_number_and_reach(
    first: Locator, last: Locator | None, where: str
) -> None:
    runs = (Run(0, first), *((Run(9, last),) if last else ()))
    found = document("one, two\nthree, four", is_file_text=False, runs=runs, outline=(Heading(0, 1, "Costs"),))
    assert cite(found, Span(0, 20)).where == where


def test_a_citation_tells_who_wrote_the_document_and_when() -> None:
    info = replace(INFO, author="Ana Ruiz; B. Ode", date="2024-05-31")
    citation = cite(replace(document("x"), info=info), Span(0, 1))
    assert (citation.author, citation.date) == ("Ana Ruiz; B. Ode", "2024-05-31")


@pytest.mark.parametrize(
    ("section", "label"),
    [
        (("Notes",), "Notes, paragraph 4"),
        (("NOTES ", "Tides"), "Notes, Tides, paragraph 4"),
        (("Notes on tides",), "Notes, Notes on tides, paragraph 4"),
        (("Tides", "Notes"), "Notes, Tides › Notes, paragraph 4"),
    ],
)
def test_a_title_that_is_the_first_heading_as_well_is_said_once(section: tuple[str, ...], label: str) -> None:
    outline = tuple(Heading(0, level, title) for level, title in enumerate(section, 1))
    runs = (Run(0, Locator(paragraph=4)),)
    cited = cite(document("The quote.", outline=outline, runs=runs, is_file_text=False), Span(0, 10))
    assert cited.label == label
    assert cited.section == section


def test_a_long_title_is_cut_after_a_word() -> None:
    titled = replace(INFO, title="The United States and its role in the coup d'état in Peru, a long story")
    label = cite(replace(document("x"), info=titled), Span(0, 1)).label
    assert label == "The United States and its role in the coup d'état in Peru…, line 1"


@pytest.mark.parametrize(
    ("quote", "label"),
    [
        ("one\ntwo", "Notes, text cell 1, lines 1-2"),
        ("two\n\ncode", "Notes, cells 1-2"),
        ("code\n\nput", "Notes, code cell 2, line 1"),
        ("out\n\nmore", "Notes, output of cell 2, line 2"),
    ],
)
def test_a_quote_over_cells_names_them_and_gives_no_line_of_another(quote: str, label: str) -> None:
    text = "one\ntwo\n\ncode\n\nput\nout\n\nmore"
    places: list[tuple[str, Unit, int]] = [
        ("one", "markdown_cell", 1), ("code", "code_cell", 2), ("put", "output", 2), ("more", "code_cell", 3)
    ]  # fmt: skip
    runs = tuple(Run(text.index(word), Locator(unit=unit, number=number)) for word, unit, number in places)
    start = text.index(quote)
    cell = document(text, runs=runs, is_file_text=False)
    assert cite(cell, Span(start, start + len(quote))).label == label


@pytest.mark.parametrize("span", [Span(0, 9), Span(3, 3), Span(7, 8)])
def test_a_span_that_is_no_quote_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match=r"is not a quote of notes/a\.txt"):
        cite(document("short"), span)


@given(st.text(min_size=1), st.data())
def test_a_quote_is_a_slice_of_its_document(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    text = text.encode("utf-8", "replace").decode()
    citation = cite(document(text), Span(start, end))
    assert citation.quote == text[citation.start : citation.end]
    assert text[: citation.start].endswith(citation.prefix)
    assert text[citation.end :].startswith(citation.suffix)
