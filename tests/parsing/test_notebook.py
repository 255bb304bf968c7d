from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.parsing.checks import parse_bytes, shown
from tests.parsing.notebook_writer import code, make_notebook, markdown, result, stream

from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import parse_file
from quoth.records import Parsed, Span, State

TIDES = make_notebook(
    markdown(["# Tides\n", "\n", "What the *gauge* wrote.\n", "\n", "- one\n", "- two"]),
    code("\nimport csv\nrows = []\n\nprint('high')", stream(["high\n", "tide\n"])),
    markdown("## Results ##"),
    {"cell_type": "raw", "metadata": {}, "source": "as it\nis"},
)


def parse(folder: Path, content: bytes) -> Parsed:
    return parse_bytes(folder, "a.ipynb", content)


def outputs(folder: Path, *put_out: object) -> list[str]:
    return [text for _, text in shown(parse(folder, make_notebook(code("1", *put_out))))][1:]


def test_cells_are_blocks_as_they_stand(tmp_path: Path) -> None:
    parsed = parse(tmp_path, TIDES)
    assert shown(parsed) == [
        ("h1", "Tides"),
        ("paragraph", "What the *gauge* wrote."),
        ("list", "one"),
        ("list", "two"),
        ("code", "import csv\nrows = []\n\nprint('high')"),
        ("code", "high\ntide"),
        ("h2", "Results"),
        ("paragraph", "as it\nis"),
    ]
    assert (parsed.state, parsed.title, parsed.kind) == (State.READ, "Tides", "ipynb")


def test_each_cell_and_each_output_has_its_place(tmp_path: Path) -> None:
    parsed = parse(tmp_path, TIDES)
    places = [(run.locator.unit, run.locator.number) for run in parsed.runs]
    assert places == [("markdown_cell", 1), ("code_cell", 2), ("output", 2), ("markdown_cell", 3), ("raw_cell", 4)]


@pytest.mark.parametrize(
    ("quote", "where"),
    [
        ("gauge", "Tides, text cell 1, line 3"),
        ("rows = []", "Tides, code cell 2, line 3"),
        ("tide", "Tides, output of cell 2, line 2"),
        ("as it\nis", "Tides › Results, raw cell 4, lines 1-2"),
    ],
)
def test_a_citation_names_heading_cell_and_lines(tmp_path: Path, quote: str, where: str) -> None:
    (tmp_path / "a.ipynb").write_bytes(TIDES)
    document = read_document(tmp_path, "a.ipynb", parse_file).document
    start = document.text.rindex(quote)
    assert cite(document, Span(start, start + len(quote))).where == where


def test_text_is_read_from_what_was_put_out_and_pictures_are_not(tmp_path: Path) -> None:
    assert outputs(tmp_path, result(text_plain="   a\n0  1", text_html="<table>no")) == ["a\n0  1"]
    assert outputs(tmp_path, result(text_plain="<Figure size 640x480>", image_png="iVBOR")) == []
    assert outputs(tmp_path, result(text_plain="<Markdown object>", text_markdown=["**high** ", "tide"])) == [
        "**high** tide"
    ]
    assert outputs(tmp_path, result(text_plain="<Gauge 3>")) == ["<Gauge 3>"]
    error = {
        "output_type": "error",
        "ename": "KeyError",
        "evalue": "'x'",
        "traceback": ["\x1b[0;31mKeyError\x1b[0m", "'x'"],
    }
    assert outputs(tmp_path, error, {**error, "traceback": []}) == ["KeyError\n'x'", "KeyError: 'x'"]
    assert outputs(tmp_path, stream("\r 10%\r 20%\r100%\ndone\r\nyes\r")) == ["100%\ndone\nyes"]


def test_what_the_notebook_tells_of_itself_goes_before_its_headings(tmp_path: Path) -> None:
    authors = [{"name": "Anna Berg"}, {"name": "Bo"}, {"mail": "x"}, "junk"]
    parsed = parse(tmp_path, make_notebook(markdown("# Tides"), title="The tides", authors=authors))
    assert (parsed.title, parsed.author) == ("The tides", "Anna Berg; Bo")
    assert parse(tmp_path, make_notebook(markdown("# Tides"), title=3, authors="x")).title == "Tides"
    lower = make_notebook(markdown("### Setup"), code("x"), markdown("# Tides"))
    assert parse(tmp_path, lower).title == "Tides"


def test_version_three_is_read(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Tides"},
        {"cell_type": "code", "input": ["1 + 1"], "outputs": [{"output_type": "pyout", "text": ["2"]}]},
    ]
    old = json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}).encode()
    assert shown(parse(tmp_path, old)) == [("h2", "Tides"), ("code", "1 + 1"), ("code", "2")]


@pytest.mark.parametrize("junk", [None, 3, {"a": "b"}, ["x", 3], [["x"]], True])
def test_a_source_that_is_none_is_told(tmp_path: Path, junk: object) -> None:
    parsed = parse(tmp_path, make_notebook(markdown("words"), code(junk), "no cell"))
    assert (parsed.state, parsed.text) == (State.PARTLY_READ, "words")
    assert parsed.reason.startswith("cells 2, 3 could not be read")


@pytest.mark.parametrize("junk", [None, 3, {"a": "b"}, ["x", 3]])
def test_outputs_that_are_none_are_passed_over(tmp_path: Path, junk: object) -> None:
    assert outputs(tmp_path, junk, stream(junk), result(text_plain=junk), {"data": junk}) == []
    assert shown(parse(tmp_path, make_notebook({**code("1"), "outputs": junk}))) == [("code", "1")]


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"cells": ' + b'{"a":' * 100_000,
        TIDES[:-40],
        b"[]",
        b"{}",
        b'{"cells": [{"source": ' + b"9" * 10_000 + b"}]}",
        b"Just text.",
    ],
)
def test_what_is_no_notebook_is_damaged(tmp_path: Path, content: bytes) -> None:
    assert parse(tmp_path, content).state is State.DAMAGED


def test_a_notebook_without_words_is_empty(tmp_path: Path) -> None:
    assert parse(tmp_path, make_notebook(code(""), markdown(" \n"))).state is State.EMPTY
    assert parse(tmp_path, make_notebook()).state is State.EMPTY


def test_characters_that_cannot_be_stored_are_replaced(tmp_path: Path) -> None:
    assert parse(tmp_path, make_notebook(code("a\0b\ud800c"))).text == "a�b�c"


def test_a_long_line_without_an_end_is_read_in_time(tmp_path: Path) -> None:
    line = "x" * 1_000_000
    assert outputs(tmp_path, stream(line)) == [line]


def test_a_level_that_is_no_number_is_the_first(tmp_path: Path) -> None:
    cell = {"cell_type": "heading", "level": True, "source": "Tides"}
    assert shown(parse(tmp_path, make_notebook(cell))) == [("h1", "Tides")]
