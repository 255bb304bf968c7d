"""What evidence says beside its quotes, in words for people, the same in every format."""

from __future__ import annotations

from datetime import datetime

from quoth.evidence.exhibits import Evidence, Exhibit, Log
from quoth.records import Citation, VerificationResult

_HOW_TO_CHECK = "Whoever has the files can check all of them with `quoth verify` and the same evidence as JSON."


def made_line(evidence: Evidence) -> str:
    return f"{count_line(len(evidence.exhibits))}, compared with the documents on {time_line(evidence.made_at)}."


def check_line(evidence: Evidence) -> str:
    """What was found of the quotes, and how to find it again."""
    gone = sum(exhibit.standing is VerificationResult.CHANGED for exhibit in evidence.exhibits)
    found = "Each quote stands in its file character by character."
    if gone:
        stands = "Every other quote stands in its file character by character." if gone < len(evidence.exhibits) else ""
        found = f"{count_line(gone)} could not be confirmed and {_is(gone)} marked so. {stands}".strip()
    return f"{found} {_HOW_TO_CHECK}"


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
    without = f" without {', '.join(f'“{term}”' for term in log.drop)}" if log.drop else ""
    of = f", asked of {', '.join(log.sources)}" if log.sources else ""
    return (
        f"Found with the question “{log.question}”{after}{without}{of} on {time_line(log.asked_at)}: "
        f"{log.verdict.label}, {log.probability:.0%}; index generation {log.generation}, model {log.model}"
    )


def count_line(exhibits: int) -> str:
    return "1 passage" if exhibits == 1 else f"{exhibits:,} passages"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def time_line(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
