"""Passages kept as evidence, with how they were found: checked against the index, and written for other programs."""

from quoth.evidence.exhibits import Evidence, Exhibit, Log
from quoth.evidence.forms import FORMS, Form
from quoth.evidence.json_form import evidence_from_json, evidence_json, log_fields
from quoth.evidence.marks import Mark, MarkKind, QuestionsFile, marks_from_json, questions_file
from quoth.evidence.renewing import renew

__all__ = [
    "FORMS",
    "Evidence",
    "Exhibit",
    "Form",
    "Log",
    "Mark",
    "MarkKind",
    "QuestionsFile",
    "evidence_from_json",
    "evidence_json",
    "log_fields",
    "marks_from_json",
    "questions_file",
    "renew",
]
