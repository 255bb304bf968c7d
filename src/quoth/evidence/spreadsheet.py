"""Evidence as a table (RFC 4180) that no spreadsheet computes."""

from __future__ import annotations

import csv
import io

from quoth.evidence.exhibits import Evidence, Exhibit
from quoth.evidence.json_form import write_time

COLUMNS = (
    "number", "quote", "note", "title", "source", "where", "section", "page", "page_label", "last_page", "first_line",
    "last_line", "paragraph", "start", "end", "file_sha256", "quote_sha256", "standing", "remark", "question",
    "history", "sources", "asked_at", "generation", "model", "verdict", "probability",
)  # fmt: skip
# A cell that begins with one of these is a formula or a command in some program (OWASP, "CSV Injection"), the
# full-width signs in Japanese and Chinese ones. With the apostrophe among them, the first one is always ours.
_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", "|", "%")


def evidence_csv(evidence: Evidence) -> str:
    """A text that a spreadsheet would compute has an apostrophe before it. Taking one away gives the exact text."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for number, exhibit in enumerate(evidence.exhibits, start=1):
        table.writerow([_cell(value) for value in (number, *_row(exhibit))])
    return "\ufeff" + written.getvalue()  # spreadsheets take UTF-8 without a mark for something else


def _row(exhibit: Exhibit) -> list[object]:
    citation, log = exhibit.citation, exhibit.log
    found: list[object] = [""] * 8
    if log is not None:
        asked = [log.question, " | ".join(log.history), " | ".join(log.sources), write_time(log.asked_at)]
        found = [*asked, log.generation, log.model, log.verdict.value, log.probability]
    return [
        citation.quote,
        exhibit.note,
        citation.title,
        citation.source,
        citation.where,
        " › ".join(citation.section),
        citation.page,
        citation.page_label,
        citation.last_page,
        citation.first_line,
        citation.last_line,
        citation.paragraph,
        citation.start,
        citation.end,
        citation.file_sha256,
        citation.quote_sha256,
        exhibit.standing.value,
        exhibit.remark,
        *found,
    ]


def _cell(value: object) -> object:
    """Numbers are left as they are: none of them is negative."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_COMPUTED) else value
