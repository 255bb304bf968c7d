"""Evidence to JSON and back: the canonical form, which `quoth verify` takes. See docs/reference/json.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from quoth.errors import CitationError
from quoth.evidence.exhibits import Evidence, Exhibit, Log
from quoth.records import Verdict, VerificationResult
from quoth.render.json_reading import is_text, is_texts, read_citation
from quoth.render.json_writing import EVIDENCE_FORMAT, Fields, citation_fields, dump

_STANDINGS = tuple(VerificationResult)
_VERDICTS = tuple(Verdict)


def evidence_json(evidence: Evidence) -> str:
    return dump(
        {
            "format": EVIDENCE_FORMAT,
            "made_at": write_time(evidence.made_at),
            "exhibits": [_exhibit_fields(exhibit) for exhibit in evidence.exhibits],
        }
    )


def evidence_from_json(text: str) -> Evidence:
    """Raises CitationError when it is not evidence that Quoth wrote. Fields of newer versions are ignored."""
    try:
        form = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CitationError(f"this is not JSON ({error}); give an evidence file that the page exported") from error
    if not isinstance(form, dict) or form.get("format") != EVIDENCE_FORMAT:
        raise CitationError(f'this is not of the form "{EVIDENCE_FORMAT}"; give an evidence file as JSON')
    listed = form.get("exhibits")
    if not isinstance(listed, list):
        raise CitationError('the evidence has no list of "exhibits"; give the whole file')
    exhibits = tuple(_read_exhibit(one, f"exhibit {number}") for number, one in enumerate(listed, start=1))
    return Evidence(exhibits, _read_time(form.get("made_at"), "made_at"))


def log_fields(log: Log) -> Fields:
    return {
        "question": log.question,
        "asked_at": write_time(log.asked_at),
        "generation": log.generation,
        "model": log.model,
        "verdict": log.verdict.value,
        "probability": log.probability,
        "history": log.history,
        "sources": log.sources,
        "drop": log.drop,
    }


def write_time(time: datetime) -> str:
    """As in 2026-11-23T13:20:00Z."""
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def read_log(form: object, name: str) -> Log:
    """`name`: what it belongs to, for the message of a CitationError."""
    if not isinstance(form, dict):
        raise CitationError(f"{name}: the log is not an object; copy it whole")
    probability = form.get("probability")
    if isinstance(probability, bool) or not isinstance(probability, int | float) or not 0 <= probability <= 1:
        raise CitationError(f"{name}: 'probability' is not a number from 0 to 1")
    lists = [form.get(key, []) for key in ("history", "sources", "drop")]
    if not all(map(is_texts, lists)):
        raise CitationError(f"{name}: 'history', 'sources' and 'drop' are not lists of texts")
    history, sources, drop = map(tuple, lists)
    return Log(
        question=_read_text(form, "question", name),
        asked_at=_read_time(form.get("asked_at"), f"{name}: asked_at"),
        generation=_read_number(form, "generation", name),
        model=_read_text(form, "model", name),
        verdict=Verdict(_read_choice(form, "verdict", name, _VERDICTS)),
        probability=float(probability),
        history=history,
        sources=sources,
        drop=drop,
    )


def _exhibit_fields(exhibit: Exhibit) -> Fields:
    return {
        "label": exhibit.citation.label,
        "citation": citation_fields(exhibit.citation),
        "note": exhibit.note,
        "log": None if exhibit.log is None else log_fields(exhibit.log),
        "document_id": exhibit.document_id,
        "standing": exhibit.standing.value,
        "remark": exhibit.remark,
    }


def _read_exhibit(form: object, name: str) -> Exhibit:
    if not isinstance(form, dict):
        raise CitationError(f"{name} is not an object; copy it whole")
    log = form.get("log")
    standing = _read_choice({"standing": "exact", **form}, "standing", name, _STANDINGS)
    return Exhibit(
        read_citation(form.get("citation"), f"the citation of {name}"),
        note=_read_text({"note": "", **form}, "note", name),
        log=None if log is None else read_log(log, name),
        document_id=_read_text({"document_id": "", **form}, "document_id", name),
        standing=VerificationResult(standing),
        remark=_read_text({"remark": "", **form}, "remark", name),
    )


# Any: each value is checked for the type that is wanted.
def _read_text(form: Mapping[str, Any], key: str, name: str) -> str:
    value = form.get(key)
    if not is_text(value):
        raise CitationError(f"{name}: {key!r} is not text")
    return str(value)


def _read_number(form: Mapping[str, Any], key: str, name: str) -> int:
    value = form.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise CitationError(f"{name}: {key!r} is not a whole number")
    return value


def _read_choice(form: Mapping[str, Any], key: str, name: str, choices: tuple[str, ...]) -> str:
    value = form.get(key)
    if not isinstance(value, str) or value not in choices:
        raise CitationError(f"{name}: {key!r} is not one of {', '.join(choices)}")
    return value


def _read_time(value: object, name: str) -> datetime:
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
        if time is not None and time.tzinfo is not None:
            return time.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise CitationError(f"{name} is not a time like 2026-01-31T09:30:00Z")
