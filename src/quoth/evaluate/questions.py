"""A file of questions, one JSON object a line, as docs/reference/questions.md describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quoth.errors import CitationError, QuestionFileError
from quoth.records import Span
from quoth.render import citations_from_json

LINES_NAMED = 5
"""For each kind of error, in one message."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One place where the answer stands, as far as the file says it: the words, the place, or both."""

    quote: str = ""
    """Words that must stand there; "" when the file names only the place."""
    source: str = ""
    """Path in the folder of documents; "" when the words are to be looked for in all of them."""
    span: Span | None = None
    file_sha256: str = ""
    """Of the file when the question was written; "" when not known."""


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """One line of the file."""

    line: int
    """From 1."""
    id: str
    """As written, else the number of the line."""
    text: str
    golds: tuple[Gold, ...]
    """Each of them is one way to be right. None: the documents do not answer it."""
    history: tuple[str, ...] = ()
    """Questions asked before it, oldest first."""

    @property
    def is_answerable(self) -> bool:
        return bool(self.golds)


class _LineError(Exception):
    """What is wrong with a line and what to do."""


def read_questions(text: str, name: str) -> tuple[WrittenQuestion, ...]:
    """The questions in `text`, in order; empty lines are passed over.

    `name` is that of the file. Raises QuestionFileError when there is no question, and for wrong lines, all at once.
    """
    questions = []
    problems: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), start=1):  # not splitlines: JSON may hold U+2028
        if line.strip():
            try:
                questions.append(_question(line, number))
            except _LineError as error:
                problems.setdefault(str(error), []).append(number)
    if problems:
        raise QuestionFileError(f"{name}, " + "; ".join(f"{_lines(at)}: {what}" for what, at in problems.items()))
    if not questions:
        raise QuestionFileError(f'{name} holds no question; write one JSON object a line: {{"question": "…", …}}')
    return tuple(questions)


def _lines(numbers: Sequence[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:LINES_NAMED])
    rest = len(numbers) - LINES_NAMED
    return f"line{'s' * (len(numbers) > 1)} {named}" + (f" and {rest:,} more" if rest > 0 else "")


def _question(line: str, number: int) -> WrittenQuestion:
    try:
        record = json.loads(line.removeprefix("\ufeff"))  # a mark in mid-file: files were put together
    except (ValueError, RecursionError) as error:
        raise _LineError(f"this is not JSON ({error}); write one object on each line") from error
    if "\\ud" in line.lower() and any("\ud800" <= character <= "\udfff" for character in _all_text(record)):
        raise _LineError("it holds half a character (a lone surrogate, \\ud800 to \\udfff); write it anew")
    if not isinstance(record, dict):
        raise _LineError('this is not an object; write {"question": "…", "quote": "…"}')
    text = record.get("question")
    if not isinstance(text, str) or not text.strip():
        raise _LineError('there is no text under "question"; write what is asked')
    is_answerable = record.get("answerable", True)
    if not isinstance(is_answerable, bool):
        raise _LineError('"answerable" must be true or false')
    golds = (*_quoted(record), *_cited(record))
    if is_answerable and not golds:
        raise _LineError(
            'it does not say where the answer is; give "quote", "source" with "spans", or "citation", or write '
            '"answerable": false'
        )
    if golds and not is_answerable:
        raise _LineError('it says "answerable": false, but also where the answer is; take away one of them')
    return WrittenQuestion(number, str(record.get("id", number)), text, golds, _history(record))


def _all_text(record: object) -> str:
    return json.dumps(record, ensure_ascii=False)


def _quoted(record: Mapping[str, Any]) -> tuple[Gold, ...]:
    """From "quote", "source" and "spans"."""
    quotes, spans = _texts(record, "quote"), _spans(record)
    if not spans:
        sources = _texts(record, "source") or [""]
        if len(sources) == len(quotes):
            return tuple(Gold(quote, source) for quote, source in zip(quotes, sources, strict=True))
        return tuple(Gold(quote, source) for quote in quotes for source in sources)
    if quotes and len(quotes) != len(spans):
        raise _LineError(
            f'there are {len(quotes)} of "quote" and {len(spans)} of "spans"; give one quote for each span'
        )
    return tuple(
        Gold(quote, source, span)
        for quote, source, span in zip(quotes or [""] * len(spans), _sources(record, len(spans)), spans, strict=True)
    )


def _sources(record: Mapping[str, Any], spans: int) -> list[str]:
    """The file of each span: one for all, or a list with one for each. "span_docs" and "doc" are other names for it."""
    sources = _texts(record, "source") or _texts(record, "span_docs") or _texts(record, "doc")
    if len(sources) == 1:
        return sources * spans
    if len(sources) != spans:
        raise _LineError('"spans" need "source": the file that they are places of, or a list with one file for each')
    return sources


def _spans(record: Mapping[str, Any]) -> list[Span]:
    written = record.get("spans", [])
    if not isinstance(written, list) or not all(_is_span(span) for span in written):
        raise _LineError('"spans" must be a list of [start, end], counted in characters from 0, the end not included')
    return [Span(start, end) for start, end in written]


def _is_span(span: object) -> bool:
    is_pair = isinstance(span, list) and len(span) == 2 and all(type(offset) is int for offset in span)
    return is_pair and 0 <= span[0] < span[1]  # type: ignore[index]  # is_pair says that it is a list


def _texts(record: Mapping[str, Any], key: str) -> list[str]:
    """One text or a list of them, none of them empty."""
    value = record.get(key, [])
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise _LineError(f'"{key}" must be a text or a list of texts')
    return texts


def _cited(record: Mapping[str, Any]) -> tuple[Gold, ...]:
    """From "citation": one, a list of them, or a whole answer."""
    if "citation" not in record:
        return ()
    try:
        citations = citations_from_json(json.dumps(record["citation"]))
    except CitationError as error:
        raise _LineError(f'"citation" cannot be used: {error}') from error
    return tuple(
        Gold(cited.quote, cited.source, Span(cited.start, cited.end), cited.file_sha256) for cited in citations
    )


def _history(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Earlier questions: texts, or objects with a "question", such as the answers of `quoth ask --json`."""
    turns = record.get("history", [])
    if not isinstance(turns, list):
        raise _LineError('"history" must be a list of the questions asked before')
    return tuple(_asked(turn.get("question") if isinstance(turn, dict) else turn) for turn in turns)


def _asked(question: object) -> str:
    if not isinstance(question, str) or not question.strip():
        raise _LineError('"history" must hold texts, or objects with a "question"')
    return question
