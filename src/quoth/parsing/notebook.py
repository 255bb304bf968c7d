"""Jupyter notebooks: the sources of their cells and what these put out as text. Nothing is executed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from quoth.parsing.about import About, about
from quoth.parsing.decoding import decode
from quoth.parsing.markdown import find_blocks, find_title
from quoth.parsing.outcome import UnreadError
from quoth.parsing.stretches import Stretch, StretchBuilder
from quoth.records import Block, BlockKind, Locator, Parsed, Span, State, Unit

_NOT_A_NOTEBOOK: Final = "the file is not a notebook although its name says so; get another copy"
_UNITS: Final[Mapping[str, Unit]] = {
    "code": "code_cell",
    "markdown": "markdown_cell",
    "heading": "markdown_cell",  # of the format's version 3
    "raw": "raw_cell",
    "html": "raw_cell",
}
_COLOURS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
"""What a terminal is told besides the text (ECMA-48, 5.4)."""
_OVERWRITTEN = re.compile(r"^[^\n]*\r(?=[^\r\n])", re.MULTILINE)
"""Progress bars return to the beginning of their line."""
_STAND_IN = re.compile(r"\s*<[^<>\n]*>\s*")
"""What a notebook does not show because it shows a picture or a page instead: "<Figure size 640x480 with 1 Axes>"."""
_Json = dict[str, Any]
"""What was loaded has no types until it is looked at."""


def parse_notebook(path: Path) -> Parsed:
    """Each cell is a run, so that its lines are counted from its first, and so is each text that it put out."""
    notebook = _load(path.read_bytes())
    builder = StretchBuilder()
    unread: list[int] = []
    for number, cell in enumerate(_cells(notebook), 1):
        source = _source(cell)
        if source is None:
            unread.append(number)
            continue
        kind = str(cell.get("cell_type"))
        builder.add(_stretch(kind, source, cell), Locator(unit=_UNITS.get(kind, "raw_cell"), number=number))
        for text in _outputs(cell):
            builder.add(_code(text), Locator(unit="output", number=number))
    parsed = builder.finish("ipynb", _about(notebook), _told(unread))
    return replace(parsed, title=parsed.title or find_title(parsed.text, parsed.blocks))


def _load(content: bytes) -> _Json:
    try:
        notebook = json.loads(decode(content).text)
    except RecursionError:
        raise UnreadError(State.DAMAGED, "its contents are nested too deeply to be read; get another copy") from None
    except ValueError:
        raise UnreadError(State.DAMAGED, _NOT_A_NOTEBOOK) from None
    if not isinstance(notebook, dict) or not {"cells", "worksheets"} & notebook.keys():
        raise UnreadError(State.DAMAGED, _NOT_A_NOTEBOOK)
    return notebook


def _cells(notebook: _Json) -> Iterator[_Json]:
    """Of version 4, or of the worksheets of version 3. What is no cell comes as an empty one."""
    sheets = [notebook, *_dicts(notebook.get("worksheets"))]
    for sheet in sheets:
        yield from _dicts(sheet.get("cells"))


def _dicts(values: object) -> list[_Json]:
    return [value if isinstance(value, dict) else {} for value in values] if isinstance(values, list) else []


def _source(cell: _Json) -> str | None:
    """None for what the format does not know."""
    return _joined(cell.get("source", cell.get("input")))


def _joined(value: object) -> str | None:
    """Text as notebooks have it: whole, or line by line."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return None


def _stretch(kind: str, source: str, cell: _Json) -> Stretch:
    if kind == "markdown":
        source = source.rstrip()
        return Stretch(source, *find_blocks(source))
    if kind == "heading":
        level = cell.get("level")
        return _block(source, "heading", min(max(level, 1), 6) if type(level) is int else 1)
    return _code(source) if kind == "code" else _block(source, "paragraph")


def _code(text: str) -> Stretch:
    return _block(text, "code")


def _block(text: str, kind: BlockKind, level: int = 0) -> Stretch:
    text = text.rstrip()
    start = len(text) - len(text.lstrip())
    return Stretch(text, (Block(Span(start, len(text)), kind, level),) if text else ())


def _outputs(cell: _Json) -> Iterator[str]:
    """As a reader of the notebook sees them; pictures and pages are left out."""
    for output in _dicts(cell.get("outputs")):
        text = _text_of(output)
        if text:
            yield _OVERWRITTEN.sub("", _COLOURS.sub("", text).replace("\r\n", "\n"))


def _text_of(output: _Json) -> str | None:
    if output.get("output_type") in ("error", "pyerr"):
        lines = output.get("traceback")
        if isinstance(lines, list) and lines:
            return "\n".join(line for line in lines if isinstance(line, str))
        return f"{output.get('ename')}: {output.get('evalue')}"
    data = output.get("data")
    if not isinstance(data, dict):
        return _joined(output.get("text"))
    plain = _joined(data.get("text/plain"))
    marked = _joined(data.get("text/markdown"))
    return marked if plain is None or (len(data) > 1 and _STAND_IN.fullmatch(plain)) else plain


def _about(notebook: _Json) -> About:
    metadata = notebook.get("metadata")
    told = metadata if isinstance(metadata, dict) else {}
    names = [str(author["name"]) for author in _dicts(told.get("authors")) if isinstance(author.get("name"), str)]
    title = told.get("title")
    return about(title if isinstance(title, str) else None, "; ".join(names))


def _told(unread: Sequence[int]) -> str:
    if not unread:
        return ""
    shown = ", ".join(map(str, unread[:5])) + (" and more" if len(unread) > 5 else "")
    cells = "cell" if len(unread) == 1 else "cells"
    return f"{cells} {shown} could not be read, for they hold no text as notebooks have it; save the notebook again"
