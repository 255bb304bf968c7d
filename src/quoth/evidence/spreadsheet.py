"""Evidence as a table (RFC 4180) that no spreadsheet computes."""

from __future__ import annotations

from quoth.evidence.exhibits import Evidence, Exhibit
from quoth.evidence.json_form import write_time
from quoth.render.csv_writing import BYTE_ORDER_MARK, PLACE_COLUMNS, csv_lines, place_cells

COLUMNS = (
    "number", "quote", "note", "title", "source", *PLACE_COLUMNS, "standing", "remark", "question", "history",
    "sources", "asked_at", "generation", "model", "verdict", "probability", "drop",
)  # fmt: skip


def evidence_csv(evidence: Evidence) -> str:
    """What a spreadsheet would compute has an apostrophe before it, as `quoth.render.csv_lines` writes it."""
    rows = ([number, *_row(exhibit)] for number, exhibit in enumerate(evidence.exhibits, start=1))
    return BYTE_ORDER_MARK + csv_lines([COLUMNS, *rows])


def _row(exhibit: Exhibit) -> list[object]:
    citation, log = exhibit.citation, exhibit.log
    found: list[object] = [""] * 9
    if log is not None:
        asked = [log.question, " | ".join(log.history), " | ".join(log.sources), write_time(log.asked_at)]
        found = [*asked, log.generation, log.model, log.verdict.value, log.probability, " | ".join(log.drop)]
    return [
        citation.quote,
        exhibit.note,
        citation.title,
        citation.source,
        *place_cells(citation),
        exhibit.standing.value,
        exhibit.remark,
        *found,
    ]
