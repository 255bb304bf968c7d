from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from tests.evidence.making import LOG, document_of, evidence_of, evidences, exhibit_of

from quoth.errors import CitationError
from quoth.evidence import Evidence, evidence_from_json, evidence_json
from quoth.render import citation_json, citations_from_json, visible

NEWS = document_of("It rained. The mayor resigned.\n")


@given(evidences)
def test_evidence_comes_back_from_json_as_it_was(evidence: Evidence) -> None:
    assert evidence_from_json(evidence_json(evidence)) == evidence


@given(evidences.filter(lambda evidence: evidence.exhibits))
def test_verify_reads_the_citations_of_evidence_in_order(evidence: Evidence) -> None:
    assert citations_from_json(evidence_json(evidence)) == tuple(one.citation for one in evidence.exhibits)


@given(evidences)
def test_the_file_holds_no_character_that_steers_a_terminal(evidence: Evidence) -> None:
    assert visible(evidence_json(evidence)) == evidence_json(evidence)


def test_the_form_is_the_one_that_is_documented() -> None:
    exhibit = exhibit_of(NEWS, "The mayor resigned.", note="Check the date")
    assert json.loads(evidence_json(evidence_of(exhibit))) == {
        "format": "quoth.evidence/1",
        "made_at": "2026-11-23T13:20:05Z",
        "exhibits": [
            {
                "label": "The news, line 1",
                "citation": json.loads(citation_json(exhibit.citation)),
                "note": "Check the date",
                "log": {
                    "question": "Who resigned?",
                    "asked_at": "2026-11-22T08:00:01Z",
                    "generation": 12,
                    "model": "model@abc",
                    "verdict": "answers",
                    "probability": 0.875,
                    "history": [],
                    "sources": [],
                    "drop": [],
                },
                "document_id": NEWS.info.id,
                "standing": "exact",
                "remark": "",
            }
        ],
    }


def test_a_log_of_an_older_version_has_dropped_nothing() -> None:
    dropping = replace(exhibit_of(NEWS, "The mayor resigned."), log=replace(LOG, drop=("Ottilie",)))
    form = json.loads(evidence_json(evidence_of(dropping)))
    [read] = evidence_from_json(json.dumps(form)).exhibits
    assert read.log == dropping.log
    del form["exhibits"][0]["log"]["drop"]
    [older] = evidence_from_json(json.dumps(form)).exhibits
    assert older.log == LOG


def test_times_of_other_zones_are_read_as_utc() -> None:
    written = evidence_json(evidence_of(exhibit_of(NEWS))).replace("2026-11-22T08:00:01Z", "2026-11-22T09:00:01+01:00")
    assert evidence_from_json(written).exhibits[0].log == LOG


def change(path: list[Any], value: object) -> str:
    form = json.loads(evidence_json(evidence_of(exhibit_of(NEWS))))
    at = form
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return json.dumps(form)


EXHIBIT: list[Any] = ["exhibits", 0]


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{", "this is not JSON"),
        ("[]", 'this is not of the form "quoth.evidence/1"'),
        (change(["format"], "quoth.answer/1"), 'this is not of the form "quoth.evidence/1"'),
        (change(["exhibits"], 3), 'the evidence has no list of "exhibits"'),
        (change(["made_at"], "yesterday"), "made_at is not a time"),
        (change(["made_at"], "2026-11-22T08:00:01"), "made_at is not a time"),
        (change(EXHIBIT, 7), "exhibit 1 is not an object"),
        (change([*EXHIBIT, "note"], 7), "exhibit 1: 'note' is not text"),
        (change([*EXHIBIT, "note"], "\ud800"), "exhibit 1: 'note' is not text"),
        (change([*EXHIBIT, "standing"], "surely"), "exhibit 1: 'standing' is not one of exact, moved, changed"),
        (change([*EXHIBIT, "log"], "none"), "exhibit 1: the log is not an object"),
        (change([*EXHIBIT, "log", "generation"], True), "exhibit 1: 'generation' is not a whole number"),
        (change([*EXHIBIT, "log", "probability"], 2), "exhibit 1: 'probability' is not a number from 0 to 1"),
        (change([*EXHIBIT, "log", "verdict"], []), "exhibit 1: 'verdict' is not one of answers, closest, nothing"),
        (
            change([*EXHIBIT, "log", "history"], [3]),
            "exhibit 1: 'history', 'sources' and 'drop' are not lists of texts",
        ),
        (change([*EXHIBIT, "citation", "start"], "0"), "the citation of exhibit 1: 'start' is not a whole number"),
        (change([*EXHIBIT, "citation"], None), 'the citation of exhibit 1 is not of the form "quoth.citation/1"'),
    ],
)
def test_what_is_no_evidence_is_refused_with_its_place(written: str, complaint: str) -> None:
    with pytest.raises(CitationError) as refused:
        evidence_from_json(written)
    assert str(refused.value).startswith(complaint)
