"""Records to JSON. Every form is described in docs/reference/json.md; fields are added at the end, never renamed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from quoth.records import (
    Answer,
    BuildReport,
    Citation,
    Coverage,
    DocumentInfo,
    Hit,
    Skipped,
    Span,
    Status,
    Verification,
    VerificationResult,
)

CITATION_FORMAT = "quoth.citation/1"
ANSWER_FORMAT = "quoth.answer/1"
BUILD_FORMAT = "quoth.build/1"
STATUS_FORMAT = "quoth.status/1"
VERIFICATION_FORMAT = "quoth.verification/1"
EVIDENCE_FORMAT = "quoth.evidence/1"

Fields = dict[str, object]

# `json` escapes controls below U+0020 only. The others here would steer a terminal (U+009B), break lines of programs
# that split at U+2028, reorder what is seen, or cannot be encoded. They stand inside strings only.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def citation_json(citation: Citation) -> str:
    return dump(citation_fields(citation))


def answer_json(answer: Answer) -> str:
    return dump(answer_fields(answer))


def answer_fields(answer: Answer) -> Fields:
    return {
        "format": ANSWER_FORMAT,
        "question": answer.question,
        "verdict": answer.verdict,
        "probability": answer.probability,
        "is_calibrated": answer.is_calibrated,
        "hits": [_hit(hit) for hit in answer.hits],
        "coverage": _coverage(answer.coverage),
        "signals": dict(answer.signals),
        "phrases": answer.phrases,
        "excluded": answer.excluded,
        "searched_for": [asdict(carried) for carried in answer.searched_for],
        "named": None if answer.named is None else asdict(answer.named),
    }


def build_json(report: BuildReport) -> str:
    return dump(
        {
            "format": BUILD_FORMAT,
            "added": report.added,
            "changed": report.changed,
            "removed": report.removed,
            "unchanged": report.unchanged,
            "skipped": skipped_fields(report.skipped),
            "ignored": asdict(report.ignored),
            "passages": report.passages,
            "embedded": report.embedded,
            "seconds": report.seconds,
        }
    )


def status_json(status: Status, documents: Sequence[DocumentInfo] | None = None) -> str:
    """With `documents`, each of them is listed under "files"."""
    files = {} if documents is None else {"files": [_document(info) for info in documents]}
    return dump(
        {
            "format": STATUS_FORMAT,
            "folder": status.folder,
            "documents": status.documents,
            "passages": status.passages,
            "model": status.model,
            "generation": status.generation,
            "languages": dict(status.languages),
            "foreign_languages": status.foreign_languages,
            "skipped": skipped_fields(status.skipped),
            "ignored": asdict(status.ignored),
            "ocr": status.ocr,
            "stale": status.stale,
            "bytes_on_disk": status.bytes_on_disk,
            "interrupted": status.interrupted,
            "folder_is_missing": status.folder_is_missing,
            "is_calibrated": status.is_calibrated,
            **files,
        }
    )


def verifications_json(checked: Sequence[tuple[Citation, Verification]]) -> str:
    """`checked`: each citation with what became of it."""
    results = [verification.result for _, verification in checked]
    return dump(
        {
            "format": VERIFICATION_FORMAT,
            **{result.value: results.count(result) for result in VerificationResult},
            "results": [_verification(cited, verification) for cited, verification in checked],
        }
    )


def citation_fields(citation: Citation) -> Fields:
    return {"format": CITATION_FORMAT, **asdict(citation)}


def _hit(hit: Hit) -> Fields:
    passage = hit.passage
    return {
        "label": hit.citation.label,
        "score": hit.score,
        "cosine": hit.cosine,
        "word_score": hit.word_score,
        "late_score": hit.late_score,
        "cross_score": hit.cross_score,
        "terms": hit.terms,
        "passage": {
            "id": passage.id,
            "document_id": passage.document_id,
            "sentences": [span_fields(sentence) for sentence in passage.sentences],
        },
        "highlights": [
            {**span_fields(span), "text": passage.text[span.start - passage.span.start : span.end - passage.span.start]}
            for span in hit.highlights
        ],
        "citation": citation_fields(hit.citation),
        "also_in": [citation_fields(citation) for citation in hit.also_in],
        "more_places": hit.more_places,
        "reading": hit.reading.text,
    }


def span_fields(span: Span) -> Fields:
    return {"start": span.start, "end": span.end}


def _coverage(coverage: Coverage) -> Fields:
    return {
        "documents": coverage.documents,
        "passages": coverage.passages,
        "unread": skipped_fields(coverage.unread),
        "interrupted": coverage.interrupted,
        "generation": coverage.generation,
        "model": coverage.model,
    }


def skipped_fields(files: Sequence[Skipped]) -> list[Fields]:
    return [{"source": file.source, "state": file.state, "reason": file.reason} for file in files]


def _document(info: DocumentInfo) -> Fields:
    return asdict(info)


def _verification(cited: Citation, verification: Verification) -> Fields:
    return {
        "result": verification.result.value,
        "reason": verification.reason,
        "file_changed": verification.file_changed,
        "cited": citation_fields(cited),
        "now": None if verification.now is None else citation_fields(verification.now),
    }


def dump(form: Mapping[str, object] | Sequence[Mapping[str, object]], *, indent: int | None = 2) -> str:
    """`indent` None: on one line. With every character that steers a terminal or reorders a line as an escape."""
    text = json.dumps(form, ensure_ascii=False, allow_nan=False, indent=indent)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
