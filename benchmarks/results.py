"""What was measured, as tables: kept in results.json, shown in results.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.machine import Stamp
from quoth.evaluate.intervals import Interval

Cell = str | int | float | Interval

JSON_NAME = "results.json"
MARKDOWN_NAME = "results.md"
OPENING = "# Results\n\nWritten by `make bench`; how each figure is made stands in [README.md](README.md).\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured. `name` is unique in its table; units stand in the names of the cells."""

    name: str
    cells: Mapping[str, Cell]
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    """Unique in the results."""
    note: str
    rows: tuple[Row, ...]


def merge(kept: Sequence[Table], measured: Iterable[Table]) -> tuple[Table, ...]:
    """`kept` with new rows in the place of old ones of the same name; new rows and tables at the end."""
    tables = {table.title: table for table in kept}
    for table in measured:
        rows = {row.name: row for row in tables[table.title].rows} if table.title in tables else {}
        rows.update((row.name, row) for row in table.rows)
        tables[table.title] = replace(table, rows=tuple(rows.values()))
    return tuple(tables.values())


def stamp_rows(table: Table, stamp: Stamp) -> Table:
    return replace(table, rows=tuple(replace(row, stamp=stamp) for row in table.rows))


def load(folder: Path, name: str = JSON_NAME) -> tuple[Table, ...]:
    """The tables of an earlier run, none when there was none."""
    path = folder / name
    return from_json(path.read_text(encoding="utf-8")) if path.exists() else ()


def save(folder: Path, tables: Sequence[Table], titles: Sequence[str]) -> None:
    """Write both files, tables in the order of `titles`, others behind them."""
    position = {title: number for number, title in enumerate(titles)}
    ordered = sorted(tables, key=lambda table: position.get(table.title, len(titles)))
    (folder / JSON_NAME).write_text(to_json(ordered), encoding="utf-8")
    (folder / MARKDOWN_NAME).write_text(to_markdown(ordered), encoding="utf-8")


def to_json(tables: Sequence[Table]) -> str:
    return json.dumps([asdict(table) for table in tables], ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> tuple[Table, ...]:
    """The tables that `to_json` wrote."""
    return tuple(
        Table(
            title=table["title"],
            note=table["note"],
            rows=tuple(
                Row(
                    name=row["name"],
                    cells={
                        name: Interval(**cell) if isinstance(cell, dict) else cell
                        for name, cell in row["cells"].items()
                    },
                    stamp=Stamp(**row["stamp"]) if row["stamp"] else None,
                )
                for row in table["rows"]
            ),
        )
        for table in json.loads(text)
    )


def to_markdown(tables: Sequence[Table], opening: str = OPENING) -> str:
    return "\n".join([opening, *(_section(table) for table in tables)])


def _section(table: Table) -> str:
    columns = list(dict.fromkeys(name for row in table.rows for name in row.cells))
    lines = [f"## {table.title}", "", table.note, "", _line(["", *columns]), _line(["---"] + ["---:"] * len(columns))]
    for row in table.rows:
        cells = [show(row.cells[name]) if name in row.cells else "" for name in columns]
        lines.append(_line([row.name, *cells]))
    return "\n".join([*lines, "", *_provenance(table.rows), ""])


def _provenance(rows: Sequence[Row]) -> list[str]:
    """One line for each way in which rows came about."""
    names: dict[Stamp, list[str]] = {}
    for row in rows:
        if row.stamp is not None:
            names.setdefault(row.stamp, []).append(row.name)
    lines = []
    for stamp, measured in names.items():
        which = "" if len(names) == 1 else ", ".join(measured) + ": "
        lines.append(
            f"<sub>{which}`{stamp.command}`, {stamp.date}, commit {stamp.commit}; {stamp.machine}, load {stamp.load}; "
            f"{stamp.versions}</sub>\n"
        )
    return lines


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def show(cell: Cell) -> str:
    """A number with as many digits as mean something."""
    if isinstance(cell, float):
        digits = 3 if abs(cell) < 1 else 2 if abs(cell) < 10 else 1 if abs(cell) < 1000 else 0
        return f"{cell:,.{digits}f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
