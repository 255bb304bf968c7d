"""What the page says, in English, gathered from the code."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from quoth.records import UNIT_NAMES, State, Verdict
from quoth.render.languages import LANGUAGE_NAMES
from quoth.ui.conversation import FAILURE
from quoth.ui.views import VIEWS

UI = Path(__file__).parents[2] / "src" / "quoth" / "ui"


@cache
def labels() -> frozenset[str]:
    """Every text that is said: arguments of `say`, `say_count` and of errors for readers, and names of values."""
    found = {FAILURE, *(page.name for page in VIEWS.values()), *LANGUAGE_NAMES.values()}
    found |= {value.label for value in (*Verdict, *State)}
    found |= {pattern for patterns in UNIT_NAMES.values() for pattern in patterns}
    for file in UI.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if isinstance(node, ast.Call) and name in ("say", "say_count", "QuestionError", "BusyError"):
                literals = [argument for argument in node.args if isinstance(argument, ast.Constant)]
                found |= {literal.value for literal in literals if isinstance(literal.value, str)}
    return frozenset(found)
