from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render.examples import COPIED, FOLDER, NEWS, SCAN, TEXT, answer_of, hit_of, info_of

from quoth.errors import CitationError
from quoth.records import (
    UNIT_NAMES,
    BuildReport,
    Citation,
    Coverage,
    Skipped,
    State,
    Status,
    Verdict,
    Verification,
    VerificationResult,
)
from quoth.render import (
    answer_json,
    answer_text,
    build_json,
    citation_json,
    citations_from_json,
    status_json,
    verifications_json,
    visible,
)

JSON_PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "json.md"
texts = st.text(st.characters(exclude_categories=["Cs"]))
quotes = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
counts = st.integers(min_value=0, max_value=10**9)
citations = st.builds(
    Citation,
    title=texts,
    source=texts,
    quote=quotes,
    start=st.just(0),
    end=counts,
    file_sha256=texts,
    quote_sha256=texts,
    prefix=texts,
    suffix=texts,
    section=st.lists(texts).map(tuple),
    page=st.none() | counts,
    page_label=st.none() | texts,
    last_page=st.none() | counts,
    first_line=st.none() | counts,
    last_line=st.none() | counts,
    paragraph=st.none() | counts,
    anchor=st.none() | texts,
    unit=st.none() | st.sampled_from(sorted(UNIT_NAMES)),
    number=st.none() | counts,
    last_number=st.none() | counts,
    begin=st.none() | texts,
    until=st.none() | texts,
    ocr_confidence=st.none() | counts,
    author=texts,
    date=texts,
)


@given(citations)
def test_a_citation_comes_back_from_json_as_it_was(citation: Citation) -> None:
    assert citations_from_json(citation_json(citation)) == (citation,)


@given(st.lists(citations, min_size=1, max_size=3))
def test_citations_come_back_from_a_list_and_from_an_answer(several: list[Citation]) -> None:
    listed = f"[{', '.join(citation_json(citation) for citation in several)}]"
    answer = answer_of(*(replace(NEWS, citation=citation) for citation in several))
    assert citations_from_json(listed) == citations_from_json(answer_json(answer)) == tuple(several)


@given(texts)
def test_json_holds_no_character_that_steers_a_terminal(text: str) -> None:
    written = answer_json(replace(answer_of(), question=text))
    assert visible(written) == written
    assert json.loads(written)["question"] == text


def test_a_lone_surrogate_in_a_question_is_written_as_an_escape() -> None:
    written = answer_json(replace(answer_of(), question="caf\udce9"))
    assert "caf\\udce9" in written.encode().decode()


def test_a_citation_is_written_in_the_order_of_its_record() -> None:
    written = json.loads(citation_json(NEWS.citation))
    assert list(written) == ["format", *(field.name for field in fields(Citation))]
    assert written["format"] == "quoth.citation/1"
    assert (written["quote"], written["start"], written["end"]) == (TEXT[:48], 0, 48)


def test_text_of_any_script_stands_in_json_as_itself() -> None:
    written = citation_json(hit_of("¿Qué? 日本語 𝔘𝔫𝔦 👩‍👩‍👧").citation)
    assert "¿Qué? 日本語 𝔘𝔫𝔦 👩‍👩‍👧" in written


def test_an_answer_in_json_says_what_was_found_and_what_was_not_read() -> None:
    written = json.loads(
        answer_json(answer_of(NEWS, verdict=Verdict.CLOSEST, coverage=Coverage(1, 3, (SCAN,), True, 12, "m@1")))
    )
    assert (written["format"], written["verdict"], written["probability"]) == ("quoth.answer/1", "closest", 0.82)
    assert written["hits"][0]["highlights"] == [{"start": 11, "end": 30, "text": "The mayor resigned."}]
    assert written["coverage"] == {
        "documents": 1,
        "passages": 3,
        "unread": [{"source": "scan.pdf", "state": "needs_ocr", "reason": "its pages are pictures"}],
        "interrupted": True,
        "generation": 12,
        "model": "m@1",
    }


@pytest.mark.parametrize("state", State)
def test_states_are_written_as_codes_and_shown_as_words(state: State) -> None:
    answer = answer_of(coverage=Coverage(1, 3, (Skipped("a.pdf", state, "why"),)))
    written = json.loads(answer_json(answer))["coverage"]["unread"][0]["state"]
    assert written == state.name.lower()
    assert f"a.pdf ({written.replace('_', ' ').replace('ocr', 'OCR')}): why" in answer_text(
        answer, FOLDER, styled=False
    )


def test_fields_of_newer_versions_are_ignored() -> None:
    form = json.loads(citation_json(NEWS.citation)) | {"doi": "10.1/x"}
    assert citations_from_json(json.dumps(form)) == (NEWS.citation,)


def test_fields_that_only_help_people_may_be_missing() -> None:
    form = json.loads(citation_json(NEWS.citation))
    short = {name: form[name] for name in list(form)[:8]}
    assert citations_from_json(json.dumps(short))[0].quote == TEXT[:48]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"format": "quoth.citation/2"}, 'not of the form "quoth.citation/1" but of the form "quoth.citation/2"'),
        ({"start": "0"}, "citation 1: 'start' is not a whole number"),
        ({"start": True}, "citation 1: 'start' is not a whole number"),
        ({"end": 1.5}, "citation 1: 'end' is not a whole number"),
        ({"quote": None}, "citation 1: 'quote' is not text"),
        ({"quote": "\ud800"}, "citation 1: 'quote' is not text"),
        ({"section": "Results"}, "citation 1: 'section' is not a list of texts"),
        ({"page": "xii"}, "citation 1: 'page' is not a whole number or null"),
        ({"quote": ""}, "citation 1 has no quote"),
        ({"start": 9, "end": 3}, "its end lies before its start"),
    ],
)  # fmt: skip
def test_a_citation_that_is_not_one_is_refused_with_the_reason(change: dict[str, object], complaint: str) -> None:
    form = json.loads(citation_json(NEWS.citation)) | change
    with pytest.raises(CitationError) as caught:
        citations_from_json(json.dumps(form))
    assert complaint in str(caught.value)


def test_the_citations_of_an_answer_are_those_of_its_hits_each_with_its_other_places() -> None:
    written = answer_json(answer_of(COPIED, NEWS))
    assert [one["source"] for one in json.loads(written)["hits"][0]["also_in"]] == ["old.txt", "near.txt"]
    assert citations_from_json(written) == (NEWS.citation, *COPIED.also_in, NEWS.citation)


def test_an_answer_that_knows_of_no_other_places_is_read() -> None:
    form = json.loads(answer_json(answer_of(NEWS)))
    del form["hits"][0]["also_in"]
    assert citations_from_json(json.dumps(form)) == (NEWS.citation,)


NOT_CITATIONS = [
    *("", "{", "nonsense", '"text"', "null", "3", "{}", "[]", "[3]", "[" * 100_000, "1" * 10_000),
    '{"format": "quoth.answer/1"}',
    '{"format": "quoth.answer/1", "hits": [1]}',
    '{"format": "quoth.answer/1", "hits": [{}]}',
    '{"format": "quoth.answer/1", "hits": [{"also_in": 3}]}',
]


@pytest.mark.parametrize("text", NOT_CITATIONS, ids=lambda text: text[:40])
def test_what_is_not_a_file_of_citations_is_refused(text: str) -> None:
    with pytest.raises(CitationError, match="give a file that `quoth ask --json` wrote"):
        citations_from_json(text)


def test_a_missing_field_is_named() -> None:
    form = json.loads(citation_json(NEWS.citation))
    del form["quote_sha256"]
    with pytest.raises(CitationError, match="citation 2 has no 'quote_sha256'"):
        citations_from_json(json.dumps([json.loads(citation_json(NEWS.citation)), form]))


def test_every_field_of_every_form_is_documented() -> None:
    status = Status("seeds", 1, 3, "m", 7, (("en", 1),), (SCAN,), ("new.txt",), 1000)
    report = BuildReport(("a.txt",), (), (), 0, (SCAN,), 3, 3, 1.5)
    checked = [(NEWS.citation, Verification(VerificationResult.EXACT, "unchanged", False, NEWS.citation))]
    forms = [
        answer_json(answer_of(NEWS, coverage=Coverage(1, 3, (SCAN,)))),
        build_json(report),
        status_json(status, [info_of(TEXT)]),
        verifications_json(checked),
    ]
    page = JSON_PAGE.read_text(encoding="utf-8")
    names = {name for form in forms for name in names_in(json.loads(form))} - {"en"}
    assert {name for name in names if f"`{name}`" not in page and f'"{name}"' not in page} == set()


def names_in(form: object) -> set[str]:
    if isinstance(form, list):
        return set().union(*(names_in(part) for part in form))
    if isinstance(form, dict):
        return set(form) | names_in(list(form.values()))
    return set()
