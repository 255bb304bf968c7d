"""What a reader says of passages, as a file of questions for `quoth eval` (docs/reference/questions.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quoth.errors import CitationError
from quoth.evidence.exhibits import Log
from quoth.evidence.json_form import read_log
from quoth.records import Citation
from quoth.render.json_reading import read_citation
from quoth.render.json_writing import Fields, citation_fields, dump

MARKS_FORMAT = "quoth.marks/1"


class MarkKind(StrEnum):
    ANSWERS = "answers"
    WRONG = "wrong"
    NOTHING = "nothing"
    """Of a question: the documents do not answer it."""


@dataclass(frozen=True, slots=True)
class Mark:
    kind: MarkKind
    log: Log
    citation: Citation | None
    """Of the passage; None for NOTHING."""


@dataclass(frozen=True, slots=True)
class QuestionsFile:
    text: str
    """One JSON object a line."""
    questions: int
    left_out: int
    """Questions of which only is known what does not answer them: no line can be made of that."""


def marks_from_json(text: str) -> tuple[Mark, ...]:
    """Raises CitationError when they are not what the page keeps."""
    try:
        form = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CitationError(f"this is not JSON ({error})") from error
    listed = form.get("marks") if isinstance(form, dict) and form.get("format") == MARKS_FORMAT else None
    if not isinstance(listed, list):
        raise CitationError(f'this is not of the form "{MARKS_FORMAT}" with a list of "marks"')
    return tuple(_read_mark(one, f"mark {number}") for number, one in enumerate(listed, start=1))


def questions_file(marks: Sequence[Mark]) -> QuestionsFile:
    """One line for each question, in the order of their first marks; all of its marks stand in it."""
    groups: dict[tuple[str, tuple[str, ...]], list[Mark]] = {}
    for mark in marks:
        groups.setdefault((mark.log.question, mark.log.history), []).append(mark)
    lines = [line for group in groups.values() if (line := _line(group))]
    text = "".join(f"{dump(line, indent=None)}\n" for line in lines)
    return QuestionsFile(text, len(lines), len(groups) - len(lines))


def _line(marks: Sequence[Mark]) -> Fields:
    """Empty when the marks say neither where the answer is nor that there is none."""
    log = marks[0].log
    answers = [_cited(mark) for mark in marks if mark.kind is MarkKind.ANSWERS]
    wrong = [_cited(mark) for mark in marks if mark.kind is MarkKind.WRONG]
    if not answers and all(mark.kind is not MarkKind.NOTHING for mark in marks):
        return {}
    line: Fields = {"question": log.question}
    if log.history:
        line["history"] = log.history
    line |= {"citation": answers} if answers else {"answerable": False}
    return line | ({"wrong": wrong} if wrong else {})


def _cited(mark: Mark) -> Fields:
    return citation_fields(mark.citation) if mark.citation else {}


def _read_mark(form: object, name: str) -> Mark:
    if not isinstance(form, dict) or form.get("mark") not in tuple(MarkKind):
        raise CitationError(f"{name}: 'mark' is not one of {', '.join(MarkKind)}")
    kind, log = MarkKind(form["mark"]), read_log(form.get("log"), name)
    if not log.question.strip():
        raise CitationError(f"{name} has no question")
    of_passage = kind is not MarkKind.NOTHING
    citation = read_citation(form.get("citation"), f"the citation of {name}") if of_passage else None
    return Mark(kind, log, citation)
