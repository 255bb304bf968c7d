"""The formats that evidence can be exported to, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quoth.evidence.exhibits import Evidence
from quoth.evidence.json_form import evidence_json
from quoth.evidence.markdown import evidence_markdown
from quoth.evidence.references import evidence_bibtex, evidence_csl, evidence_ris
from quoth.evidence.spreadsheet import evidence_csv
from quoth.evidence.word import evidence_docx


@dataclass(frozen=True, slots=True)
class Form:
    label: str
    """For people, in English."""
    file_name: str
    media_type: str
    write: Callable[[Evidence], bytes]


def _encoded(write: Callable[[Evidence], str]) -> Callable[[Evidence], bytes]:
    return lambda evidence: write(evidence).encode("utf-8")


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: Mapping[str, Form] = {
    "docx": Form("Word", "evidence.docx", _WORD, evidence_docx),
    "markdown": Form("Markdown", "evidence.md", "text/markdown; charset=utf-8", _encoded(evidence_markdown)),
    "csv": Form("CSV", "evidence.csv", "text/csv; charset=utf-8", _encoded(evidence_csv)),
    "json": Form("JSON", "evidence.json", "application/json", _encoded(evidence_json)),
    "bibtex": Form("BibTeX", "evidence.bib", "application/x-bibtex; charset=utf-8", _encoded(evidence_bibtex)),
    "ris": Form("RIS", "evidence.ris", "application/x-research-info-systems", _encoded(evidence_ris)),
    "csl": Form("CSL-JSON", "evidence.csl.json", "application/vnd.citationstyles.csl+json", _encoded(evidence_csl)),
}
