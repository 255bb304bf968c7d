"""What evidence says beside its quotes, in words for people, the same in every format."""

from __future__ import annotations

from datetime import datetime

from quoth.evidence.exhibits import Exhibit, Log
from quoth.records import Citation, VerificationResult

HOW_TO_CHECK = (
    "Each quote stands in its file character by character. Whoever has the files can check all of them with "
    "`quoth verify` and the same evidence as JSON."
)


def place_line(citation: Citation) -> str:
    """As in: lease.pdf, p. 12, lines 3-5, characters 1042-1061."""
    characters = f"characters {citation.start}-{citation.end}"
    return ", ".join(part for part in (citation.source, citation.where, characters) if part)


def hashes_line(citation: Citation) -> str:
    return f"SHA-256 of the file {citation.file_sha256}, of the quote {citation.quote_sha256}"


def standing_line(exhibit: Exhibit) -> str:
    """A warning; "" for a quote that stands where it stood."""
    if exhibit.standing is VerificationResult.CHANGED:
        return f"NOT CONFIRMED: {exhibit.remark or 'these words could not be found in the document'}."
    return f"MOVED: {exhibit.remark}." if exhibit.standing is VerificationResult.MOVED else ""


def log_line(log: Log | None) -> str:
    if log is None:
        return ""
    after = "".join(f" after “{question}”" for question in log.history[-1:])
    of = f", asked of {', '.join(log.sources)}" if log.sources else ""
    return (
        f"Found with the question “{log.question}”{after}{of} on {time_line(log.asked_at)}: {log.verdict.label}, "
        f"{log.probability:.0%}; index generation {log.generation}, model {log.model}"
    )


def count_line(exhibits: int) -> str:
    return "1 passage" if exhibits == 1 else f"{exhibits:,} passages"


def time_line(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
