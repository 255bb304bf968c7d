"""Requests and answers between us and the parsing process, as bytes that can hold nothing but data.

An answer is one line of JSON, in which runs, blocks, outline and furniture stand column by column, and then the text.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from types import NoneType
from typing import Any, Final, get_args

from quoth.records import Block, BlockKind, Heading, Locator, Parsed, Run, Span, State, Unit

READY: Final = b"ready"
REQUEST_BYTES: Final = 1_000_000
_PATIENCE: Final = b"wait "

_Columns = tuple[tuple[str, tuple[type, ...]], ...]

_NUMBER = (int, NoneType)
_WORDS = (str, NoneType)
_RUNS: Final[_Columns] = (
    ("start", (int,)),
    ("locator.page", _NUMBER),
    ("locator.page_label", _WORDS),
    ("locator.paragraph", _NUMBER),
    ("locator.anchor", _WORDS),
    ("locator.unit", _WORDS),
    ("locator.number", _NUMBER),
    ("locator.begin", _WORDS),
    ("locator.until", _WORDS),
    ("locator.ocr_confidence", _NUMBER),
)
_BLOCKS: Final[_Columns] = (("span.start", (int,)), ("span.end", (int,)), ("kind", (str,)), ("level", (int,)))
_OUTLINE: Final[_Columns] = (("start", (int,)), ("level", (int,)), ("title", (str,)), ("is_in_text", (bool,)))
_FURNITURE: Final[_Columns] = (("start", (int,)), ("end", (int,)))
_HEAD: Final[_Columns] = (
    ("kind", (str,)),
    ("title", _WORDS),
    ("is_file_text", (bool,)),
    ("encoding", _WORDS),
    ("reason", (str,)),
    ("author", (str,)),
    ("date", (str,)),
)
_KINDS: Final[dict[str, BlockKind]] = {kind: kind for kind in get_args(BlockKind)}


def dump_request(path: Path, source: str) -> bytes:
    """`path` as the system's own bytes: it need not be text, and the other process may decode it differently."""
    return json.dumps([os.fsencode(path).decode("latin-1"), source]).encode("ascii")


def load_request(content: bytes) -> tuple[Path, str]:
    path, source = json.loads(content)
    return Path(os.fsdecode(path.encode("latin-1"))), source


def dump_patience(seconds: float) -> bytes:
    """Said before an answer: what is begun now may take so long."""
    return _PATIENCE + str(math.ceil(seconds)).encode("ascii")


def load_patience(content: bytes) -> float | None:
    """None for an answer. Raises ValueError for what `dump_patience` did not make."""
    return float(int(content[len(_PATIENCE) :])) if content.startswith(_PATIENCE) else None


def dump(parsed: Parsed) -> bytes:
    head = {
        **{name: getattr(parsed, name) for name, _ in _HEAD},
        "state": parsed.state.value,
        "runs": _columns(parsed.runs, _RUNS),
        "blocks": _columns(parsed.blocks, _BLOCKS),
        "outline": _columns(parsed.outline, _OUTLINE),
        "furniture": _columns(parsed.furniture, _FURNITURE),
    }
    line = json.dumps(head, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    # surrogatepass: whether a text with a lone surrogate is sound is not judged here.
    return b"\n".join((line.encode("utf-8", "surrogatepass"), parsed.text.encode("utf-8", "surrogatepass")))


def load(content: bytes) -> Parsed:
    """Types are checked, values only where the records do. Raises ValueError for anything that `dump` did not make."""
    try:
        return _load(content)
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"not an answer: {type(error).__name__}: {error}") from error


def _load(content: bytes) -> Parsed:
    length = content.index(b"\n")
    head = json.loads(content[:length].decode("utf-8", "surrogatepass"))
    values = {name: head[name] for name, _ in _HEAD}
    for name, types in _HEAD:
        _check([values[name]], types)
    _check_units(head["runs"])
    return Parsed(
        **values,
        text=str(memoryview(content)[length + 1 :], "utf-8", "surrogatepass"),
        state=State(head["state"]),
        runs=tuple(Run(start, Locator(*place)) for start, *place in _rows(head["runs"], _RUNS)),
        blocks=tuple(Block(Span(*span), _KINDS[kind], level) for *span, kind, level in _rows(head["blocks"], _BLOCKS)),
        outline=tuple(Heading(*row) for row in _rows(head["outline"], _OUTLINE)),
        furniture=tuple(Span(*row) for row in _rows(head["furniture"], _FURNITURE)),
    )


def _check_units(runs: Any) -> None:
    column = [name for name, _ in _RUNS].index("locator.unit")
    if not {*runs[column]} <= {None, *get_args(Unit)}:
        raise ValueError("a unit that is not known")


def _columns(records: Sequence[object], columns: _Columns) -> list[list[object]]:
    return [list(map(attrgetter(name), records)) for name, _ in columns]


def _rows(content: object, columns: _Columns) -> Iterator[tuple[Any, ...]]:  # Any: their types have been checked
    if not isinstance(content, list) or len(content) != len(columns):
        raise ValueError("columns are missing")
    for column, (_, types) in zip(content, columns, strict=True):
        _check(column, types)
    return zip(*content, strict=True)


def _check(values: object, types: tuple[type, ...]) -> None:
    # Types themselves are compared, for True is an instance of int.
    if not isinstance(values, list) or not set(map(type, values)) <= set(types):
        raise ValueError(f"something other than {', '.join(kind.__name__ for kind in types)}")
