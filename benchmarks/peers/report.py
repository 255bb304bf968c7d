"""The table: peers.json keeps it, peers.md shows it. A row is one system on one set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.machine import Stamp
from benchmarks.peers.systems import QUOTH, WORKERS
from benchmarks.quality import SHOWN
from benchmarks.results import Cell, Row, Table, load, merge, stamp_rows, to_json, to_markdown

SETS = (
    "squad2_dev",
    "chroma_chunking",
    "policyqa_dev",
    "xquad_en",
    "xquad_es",
    "xquad_de",
    "xquad_ru",
    "xquad_ar",
    "xquad_zh",
    "inscit_dev",
)
SYSTEMS = (QUOTH, *WORKERS)
JSON_NAME = "peers.json"
MARKDOWN_NAME = "peers.md"
TITLE = "Quoth and its peers"
NOTE = (
    "Answerable questions, each asked of all documents of the set; policyqa_dev of the question's own document; "
    "inscit_dev as the question stands, without what was said before. Ranges hold 95 % of bootstrap resamples of the "
    f"questions. {SHOWN} passages were asked for. ms a question: median, systems asked in turns. seconds to index: "
    "without loading the model. passages: in the index. characters shown: mean length of a passage that was shown."
)
OPENING = (
    "# Peers\n\nWritten by `make peers`; how each figure is made, and how each system is set up, stands in "
    "[README.md](README.md#peers).\n"
)


def read_table(folder: Path) -> Table:
    """The table of earlier runs, without rows when there was none."""
    tables = load(folder, JSON_NAME)
    return tables[0] if tables else Table(TITLE, NOTE, ())


def write_table(folder: Path, table: Table) -> None:
    """Write both files."""
    (folder / JSON_NAME).write_text(to_json([table]), encoding="utf-8")
    (folder / MARKDOWN_NAME).write_text(to_markdown([table], OPENING), encoding="utf-8")


def row_name(name: str, system: str) -> str:
    return f"{name}: {system}"


def is_measured(table: Table, name: str, system: str, questions: int) -> bool:
    """Whether the table holds this row, measured on as many questions: a quick look does not stand for all of them."""
    return any(row.name == row_name(name, system) and row.cells["questions"] == questions for row in table.rows)


def with_set(table: Table, name: str, cells: Mapping[str, Mapping[str, Cell]], stamp: Stamp) -> Table:
    """The table with new rows of a set, cells by name of the system, in the place of old ones."""
    rows = tuple(Row(row_name(name, system), of_system) for system, of_system in cells.items())
    (merged,) = merge([table], [stamp_rows(Table(TITLE, NOTE, rows), stamp)])
    return replace(merged, rows=tuple(sorted(merged.rows, key=_position)))


def _position(row: Row) -> tuple[int, str, int]:
    name, _, system = row.name.partition(": ")
    return _place(name, SETS), name, _place(system, SYSTEMS)


def _place(name: str, names: Sequence[str]) -> int:
    return names.index(name) if name in names else len(names)
