"""Whatever is said of a file that is not wholly read also says what to do. The reasons are taken from the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import quoth
from quoth.records import State

PACKAGE = Path(quoth.__file__).parent
MODULES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (PACKAGE / "parsing").glob("*.py")}
MODULES[PACKAGE / "documents.py"] = ast.parse((PACKAGE / "documents.py").read_text(encoding="utf-8"))

ADVICE = re.compile(
    r"(?:[;,:]|, or) (?:\w+ (?:it |the \w+ )?(?:and|or) )?"
    r"(?:save|get|split|unpack|put|remove|check|give|build|run|leave|take|make|look|open|is the ending)\b"
)


def constants() -> dict[str, str]:
    """Texts that modules give a name in capitals."""
    found: dict[str, str] = {}
    for tree in MODULES.values():
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name) and (texts := list(texts_of(node.value, {}))):
                    found[target.id] = texts[0]
    return found


def texts_of(node: ast.expr, named: dict[str, str]) -> Iterator[str]:
    """What an expression says, with "…" for values."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(next(texts_of(value, named), "…") for value in values)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in named:
            yield named[name]
        case ast.FormattedValue(value=value):  # how it is written is no text
            yield from texts_of(value, named)
        case ast.IfExp() | ast.BoolOp() | ast.Call(func=ast.Attribute(attr="format")) | (ast.Attribute()):
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    yield from texts_of(part, named)


def is_state(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "State"


def reasons_in(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(args=given, keywords=keywords):
                yield from (after for state, after in pairwise(given) if is_state(state))
                yield from (keyword.value for keyword in keywords if keyword.arg in {"reason", "trouble"})
            case ast.Tuple(elts=[*_, state, reason]) if is_state(state):
                yield reason
            case ast.Assign(targets=[ast.Name(id="reason" | "trouble"), *_], value=value):
                yield value
            case ast.AugAssign(target=ast.Subscript(value=ast.Attribute(attr="others"), slice=value)):
                yield value
            case ast.FunctionDef(name="_lost" | "_why_sealed"):
                yield from (part.value for part in ast.walk(node) if isinstance(part, ast.Return) and part.value)
            case ast.FunctionDef(name=name) if "trouble" in name:
                yield from (part.value for part in ast.walk(node) if isinstance(part, ast.Yield) and part.value)


def reasons() -> set[str]:
    named = constants()
    found = {text for tree in MODULES.values() for node in reasons_in(tree) for text in texts_of(node, named)}
    return found - {""}


def test_every_reason_says_what_to_do() -> None:
    assert sorted(reason for reason in reasons() if not ADVICE.search(reason)) == []


def test_every_state_but_read_has_reasons() -> None:
    stated = {
        node.attr
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "State"
    }
    assert stated == {state.name for state in State}
    assert len(reasons()) > 30


def test_advice_is_told_from_what_only_describes() -> None:
    assert ADVICE.search("the file is empty; save it again")
    assert not ADVICE.search("the file holds no text")
    assert not ADVICE.search("the file is empty: nothing was saved in it")
