"""Tables for spreadsheets (RFC 4180), which compute nothing of what stands in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from quoth.records import Citation, DocumentInfo, EachAnswer, Mentions, Span

BYTE_ORDER_MARK = "\ufeff"
"""At the beginning of a file: spreadsheets take UTF-8 without it for something else."""
PLACE_COLUMNS = (
    "where", "section", "page", "page_label", "last_page", "first_line", "last_line", "paragraph", "unit",
    "number", "last_number", "begin", "until", "ocr_confidence", "author", "date", "start", "end", "file_sha256",
    "quote_sha256", "last_page_label",
)  # fmt: skip
"""Of `place_cells`."""
TABLE_COLUMNS = ("title", "source", "question", "verdict", "probability", "highlight", "quote", *PLACE_COLUMNS)
MENTION_COLUMNS = ("number", "title", "source", "highlight", "quote", *PLACE_COLUMNS)
# A cell that begins with one of these is a formula or a command in some program (OWASP, "CSV Injection"), the
# full-width signs in Japanese and Chinese ones. Where the comma is for decimals, cells end at semicolons instead, and
# then at line ends, too, for quotation marks count only at the beginning of a cell. With the apostrophe among the
# signs, one at such a place is always ours.
_BEGINNING = re.compile(r"""\A(?=[\t\r\n=+\-@＝＋－＠'|%])|[;\t\r\n]"*(?=[=+\-@＝＋－＠'|%])""")


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """What a spreadsheet would compute has an apostrophe before it; `safe_cell` says where."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([safe_cell(value) for value in row] for row in rows)
    return written.getvalue()


def safe_cell(value: object) -> object:
    """A text with an apostrophe before a sign of formulas at its beginning and after a semicolon, tab or line end.

    Taking one away from each of these places gives the exact text. Numbers are left as they are: none is negative.
    """
    return _BEGINNING.sub(r"\g<0>'", value) if isinstance(value, str) else value


def table_csv(answers: Sequence[EachAnswer]) -> str:
    """A line for each document and question, by document; `answers` are of the same documents. No head."""
    rows = zip(*(answer.rows for answer in answers), strict=True)
    return csv_lines(
        [*_document(row.document), row.answer.question, row.answer.verdict.value, row.answer.probability, *hit]
        for of_document in rows
        for row in of_document
        for hit in [_of_hit(row.answer.hits[0].citation, row.answer.hits[0].highlights) if row.answer.hits else ()]
    )


def mentions_csv(found: Mentions) -> str:
    """A line for each mention, numbered from 1. No head."""
    return csv_lines(
        [number, one.citation.title, one.citation.source, *_of_hit(one.citation, one.highlights)]
        for number, one in enumerate(found.mentions, start=found.offset + 1)
    )


def _document(info: DocumentInfo) -> list[object]:
    return [info.title, info.source]


def _of_hit(citation: Citation, highlights: Sequence[Span]) -> list[object]:
    inside = [citation.quote[span.start - citation.start : span.end - citation.start] for span in highlights]
    return [" … ".join(inside), citation.quote, *place_cells(citation)]


def place_cells(citation: Citation) -> list[object]:
    """Where its quote stands, and what it can be checked by."""
    return [
        citation.where,
        " › ".join(citation.section),
        citation.page,
        citation.page_label,
        citation.last_page,
        citation.first_line,
        citation.last_line,
        citation.paragraph,
        citation.unit,
        citation.number,
        citation.last_number,
        citation.begin,
        citation.until,
        citation.ocr_confidence,
        citation.author,
        citation.date,
        citation.start,
        citation.end,
        citation.file_sha256,
        citation.quote_sha256,
        citation.last_page_label,
    ]
