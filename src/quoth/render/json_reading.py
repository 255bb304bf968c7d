"""JSON to citations: one, a list of them, those of an answer that `quoth ask --json` wrote, or of an evidence file."""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields
from typing import Any

from quoth.errors import CitationError
from quoth.records import Citation
from quoth.render.json_writing import ANSWER_FORMAT, CITATION_FORMAT, EVIDENCE_FORMAT

HOW_TO_GIVE = (
    "give a file that `quoth ask --json` wrote, an evidence file as JSON (no other form), one citation of them, or a "
    "list of citations"
)


def citations_from_json(text: str) -> tuple[Citation, ...]:
    """The citations in `text`, in order, those of `also_in` after that of their hit.

    Raises CitationError when they are not Quoth's, incomplete, or none.
    """
    try:
        form = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CitationError(f"this is not JSON ({error}); {HOW_TO_GIVE}") from error
    found = _listed(form)
    if not found:
        raise CitationError(f"there is no citation in it; {HOW_TO_GIVE}")
    return tuple(read_citation(one, f"citation {number}") for number, one in enumerate(found, start=1))


def _listed(form: object) -> list[object]:
    if isinstance(form, list):
        return form
    if isinstance(form, dict) and form.get("format") == ANSWER_FORMAT:
        hits = form.get("hits")
        if not isinstance(hits, list) or not all(isinstance(hit, dict) for hit in hits):
            raise CitationError(f"the answer has no list of hits; {HOW_TO_GIVE}")
        return [citation for hit in hits for citation in _cited(hit)]
    if isinstance(form, dict) and form.get("format") == EVIDENCE_FORMAT:
        exhibits = form.get("exhibits")
        if not isinstance(exhibits, list) or not all(isinstance(exhibit, dict) for exhibit in exhibits):
            raise CitationError(f"the evidence has no list of exhibits; {HOW_TO_GIVE}")
        return [exhibit.get("citation") for exhibit in exhibits]
    return [form]


def _cited(hit: dict[str, object]) -> list[object]:
    """The hit's citation, then where the same words stand too. Answers of the first Quoth do not have the latter."""
    also_in = hit.get("also_in", [])
    if not isinstance(also_in, list):
        raise CitationError(f"what a hit is also in is not a list; {HOW_TO_GIVE}")
    return [hit.get("citation"), *also_in]


def read_citation(form: object, name: str) -> Citation:
    """Fields of newer versions are ignored. `name`: what to call it in the message of a CitationError."""
    if not isinstance(form, dict) or form.get("format") != CITATION_FORMAT:
        found = form.get("format") if isinstance(form, dict) else None
        of = f' but of the form "{found}"' if isinstance(found, str) else ""
        raise CitationError(f'{name} is not of the form "{CITATION_FORMAT}"{of}; {HOW_TO_GIVE}')
    values = {field.name: _value(form, field, name) for field in fields(Citation)}
    citation = Citation(**values)
    if not citation.quote or not 0 <= citation.start <= citation.end:
        raise CitationError(f"{name} has no quote, or its end lies before its start")
    return citation


# Any: the value of a field is checked against the type that the record declares for it.
def _value(form: dict[str, Any], field: Field[Any], name: str) -> Any:
    value = form.get(field.name, field.default)
    if value is MISSING:
        raise CitationError(f"{name} has no {field.name!r}; copy it whole")
    wanted, ok = _CHECKS[str(field.type)]
    if not ok(value):
        raise CitationError(f"{name}: {field.name!r} is not {wanted}")
    return tuple(value) if isinstance(value, list) else value


def is_text(value: object) -> bool:
    # A lone surrogate is not text: it has no UTF-8 and no hash.
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(is_text(part) for part in value)


_CHECKS = {
    "str": ("text", is_text),
    "int": ("a whole number", _is_number),
    "str | None": ("text or null", lambda value: value is None or is_text(value)),
    "int | None": ("a whole number or null", lambda value: value is None or _is_number(value)),
    "tuple[str, ...]": ("a list of texts", is_texts),
}
