"""Delimited tables, with commas, semicolons, tabs or bars: the text is the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quoth.parsing.csv_rows import records_of
from quoth.parsing.limits import MAX_ROWS
from quoth.parsing.plain import fit, read_text
from quoth.parsing.table_header import LONGEST_ROW, header_of
from quoth.records import TABLE_LEVEL, Block, Heading, Locator, Parsed, Run, Span, State

_TOO_MANY: Final = f"only the first {MAX_ROWS:,} rows were read; split the file to have the rest read as well"


def parse_csv(path: Path) -> Parsed:
    """Each record that is not empty is a block and a run of its own, over its own lines of the file.

    Rows are counted as a spreadsheet counts them, empty ones as well. The first row, where it names the columns, is a
    heading that holds for the rows below.
    """
    decoded = read_text(path)
    text, reason = fit(decoded)
    blocks: list[Block] = []
    runs: list[Run] = []
    outline: tuple[Heading, ...] = ()
    header = ""
    for number, lines, cells in _rows(text):
        if len(blocks) == MAX_ROWS:
            text, reason = text[: lines.start], _TOO_MANY
            break
        if not blocks:
            header = header_of(cells)
        elif header and not outline:
            outline = (Heading(lines.start, TABLE_LEVEL, header, is_in_text=False),)
        blocks.append(Block(lines, "table" if len(lines) <= LONGEST_ROW else "paragraph"))
        runs.append(Run(lines.start, Locator(unit="row", number=number)))
    return Parsed(
        kind="csv",
        text=text,
        runs=tuple(runs),
        blocks=tuple(blocks),
        outline=outline,
        is_file_text=True,
        encoding=decoded.encoding,
        state=State.PARTLY_READ if reason else State.READ,
        reason=reason,
    )


def _rows(text: str) -> Iterator[tuple[int, Span, list[str]]]:
    """Number, lines without their last end, and cells of each row that holds something."""
    for number, (lines, cells) in enumerate(records_of(text), 1):
        if any(cell.strip() for cell in cells):
            yield number, Span(lines.start, lines.start + len(lines.of(text).rstrip("\r\n"))), cells
