from __future__ import annotations

import json
import os
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.parsing.wire import dump, dump_patience, dump_request, load, load_patience, load_request
from quoth.records import Block, BlockKind, Heading, Locator, Parsed, Run, Span, State

ANY_TEXT = st.text(st.characters(exclude_categories=()))
SPANS = st.tuples(st.integers(0), st.integers(0)).map(lambda ends: Span(min(ends), max(ends)))
NUMBERS = st.none() | st.integers()
LOCATORS = st.builds(Locator, NUMBERS, st.none() | ANY_TEXT, NUMBERS, st.none() | ANY_TEXT)
PARSED = st.builds(
    Parsed,
    kind=ANY_TEXT,
    text=ANY_TEXT,
    title=st.none() | ANY_TEXT,
    runs=st.lists(st.builds(Run, st.integers(), LOCATORS)).map(tuple),
    blocks=st.lists(st.builds(Block, SPANS, st.sampled_from(get_args(BlockKind)), st.integers())).map(tuple),
    outline=st.lists(st.builds(Heading, st.integers(), st.integers(), ANY_TEXT)).map(tuple),
    furniture=st.lists(SPANS).map(tuple),
    is_file_text=st.booleans(),
    encoding=st.none() | ANY_TEXT,
    state=st.sampled_from(State),
    reason=ANY_TEXT,
)
SAMPLE = Parsed(
    kind="pdf",
    text="Title\nWords.",
    runs=(Run(0, Locator(page=1, page_label="i")),),
    blocks=(Block(Span(0, 5), "heading", 1), Block(Span(6, 12))),
    outline=(Heading(0, 1, "Title"),),
    furniture=(Span(6, 7),),
)


@settings(deadline=None)
@given(PARSED)
def test_an_answer_arrives_as_it_was_sent(parsed: Parsed) -> None:
    assert load(dump(parsed)) == parsed


@settings(deadline=None)
@given(st.binary(min_size=1).filter(lambda name: not {0, ord("/")} & set(name)), ANY_TEXT)
def test_a_request_arrives_as_it_was_sent(name: bytes, source: str) -> None:
    path = Path(os.fsdecode(name))
    assert load_request(dump_request(path, source)) == (path, source)


def altered(name: str, value: object) -> bytes:
    line, text = dump(SAMPLE).split(b"\n", 1)
    head = json.loads(line)
    assert name in head
    return json.dumps({**head, name: value}).encode() + b"\n" + text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"\n",
        b"{}\n",
        b"[]\n",
        b"null\n",
        b"\xff\n",
        b"[" * 100_000 + b"\n",
        dump(SAMPLE) + b"\xff",
        dump(SAMPLE)[:30],
        altered("kind", None),
        altered("author", None),
        altered("runs", [[0], *[[None]] * 4, ["a unit of its own"], *[[None]] * 4]),
        altered("title", 1),
        altered("is_file_text", 1),
        altered("state", "fine"),
        altered("state", []),
        altered("runs", None),
        altered("runs", []),
        altered("runs", [[0], [1], ["i"], [None]]),
        altered("runs", [[0], [True], ["i"], [None], [None]]),
        altered("runs", [[0], [1.0], ["i"], [None], [None]]),
        altered("runs", [[0, 1], [1], ["i"], [None], [None]]),
        altered("blocks", [[0], [5], ["poem"], [1]]),
        altered("blocks", [[0], [5], [["heading"]], [1]]),
        altered("blocks", [[5], [0], ["heading"], [1]]),
        altered("outline", [[0], [1], [None]]),
        altered("furniture", [[-1], [7]]),
        altered("furniture", [0, 7]),
    ],
)
def test_a_malformed_answer_is_an_error_of_one_kind(content: bytes) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        load(content)


def test_an_answer_is_told_from_a_request_for_patience() -> None:
    assert load_patience(dump(SAMPLE)) is None
    assert load_patience(dump_patience(0.2)) == 1
    with pytest.raises(ValueError, match="invalid literal"):
        load_patience(b"wait for it")


def test_a_locator_is_put_at_a_paragraph_with_all_else_that_it_says() -> None:
    everywhere = Locator(*range(len(fields(Locator))))
    assert everywhere.at_paragraph(7) == replace(everywhere, paragraph=7)
