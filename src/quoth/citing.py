"""A span of a document to a citation that can be checked: pure."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence

from quoth.records import Citation, Document, Locator, Run, Span

CONTEXT_CHARACTERS = 32
"""Kept on either side of a quote to recognise it when it has moved."""
_COUNTING_LINES = ("code_cell", "markdown_cell", "raw_cell", "output", "message")
"""Units whose lines are those that their reader sees, counted from the beginning of each."""

_CELLS = ("code_cell", "markdown_cell", "raw_cell")


def cite(document: Document, span: Span) -> Citation:
    """The citation of `document.text[span.start:span.end]`. Raises ValueError when the span lies outside the text."""
    text = document.text
    if span.end > len(text) or not len(span):
        raise ValueError(f"{span.start}-{span.end} is not a quote of {document.info.source} ({len(text)} characters)")
    quote = span.of(text)
    locator, page_start = _locate(document, span.start)
    last, _ = _locate(document, span.end - 1)
    counts_lines = document.is_file_text or locator.page is not None or locator.unit in _COUNTING_LINES
    lines_from = 0 if document.is_file_text else page_start
    confidences = [run.locator.ocr_confidence for run in _runs_in(document, span)]
    return Citation(
        title=document.info.title,
        source=document.info.source,
        quote=quote,
        start=span.start,
        end=span.end,
        file_sha256=document.info.file_sha256,
        quote_sha256=sha256(quote),
        prefix=text[max(0, span.start - CONTEXT_CHARACTERS) : span.start],
        suffix=text[span.end : span.end + CONTEXT_CHARACTERS],
        section=document.section_at(span.start),
        page=locator.page,
        page_label=locator.page_label,
        last_page=last.page,
        first_line=line_number(text, span.start, lines_from) if counts_lines else None,
        last_line=_last_line(document, span, locator, page_start) if counts_lines else None,
        paragraph=locator.paragraph,
        anchor=locator.anchor,
        unit=locator.unit,
        number=locator.number,
        last_number=last.number if _are_counted_together(locator, last) else None,
        begin=locator.begin,
        until=last.until,
        ocr_confidence=min((known for known in confidences if known is not None), default=None),
        author=document.info.author,
        date=document.info.date,
        last_page_label=last.page_label,
    )


def sha256(text: str) -> str:
    """Of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def line_number(text: str, offset: int, line_one: int = 0) -> int:
    r"""1 + the line ends between `line_one` and `offset`.

    A line ends with \r\n, \r or \n, as editors count; str.splitlines cuts at eight more characters.
    """
    ends = text.count("\n", line_one, offset) + text.count("\r", line_one, offset)
    return 1 + ends - text.count("\r\n", line_one, offset)


def _last_line(document: Document, span: Span, first: Locator, first_start: int) -> int | None:
    """On a pdf's last page, lines are counted from that page's top; None in another cell, where they begin anew."""
    if document.is_file_text:
        return line_number(document.text, span.end - 1)
    _, last_start = _locate(document, span.end - 1)
    if first.unit in _COUNTING_LINES and last_start != first_start:
        return None
    return line_number(document.text, span.end - 1, last_start)


def _are_counted_together(first: Locator, last: Locator) -> bool:
    """Units of one kind, and the cells of a notebook with what they put out."""
    return first.unit == last.unit or (first.unit in _CELLS and last.unit in (*_CELLS, "output"))


def _runs_in(document: Document, span: Span) -> Sequence[Run]:
    """Those that hold somewhere in it."""
    first, last = (_run_at(document, offset) for offset in (span.start, span.end - 1))
    return document.runs[max(0, first) : last + 1]


def _run_at(document: Document, offset: int) -> int:
    """Position of the run that holds at `offset`; -1 before the first."""
    return bisect_right(document.runs, offset, key=lambda run: run.start) - 1


def _locate(document: Document, offset: int) -> tuple[Locator, int]:
    """The locator that holds at `offset`, and the offset where it begins to."""
    position = _run_at(document, offset)
    if position < 0:
        return Locator(), 0
    run = document.runs[position]
    return run.locator, run.start
