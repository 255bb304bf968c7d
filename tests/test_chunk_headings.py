"""Headings that are not in the text: names of sheets and slides, headers of tables."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.test_chunk import (
    KINDS,
    NOWHERE,
    PARAGRAPH,
    SENTENCE,
    WORDS,
    blocks_from,
    count_characters,
    count_words,
    heading,
)

from quoth.chunk import Chunk, chunk, embedding_text, headings_of, outline_of
from quoth.records import TABLE_LEVEL, Block, Heading, Span
from quoth.segment import split_sentences


def table_from(rows: int, *after: tuple[str, Block]) -> tuple[str, tuple[Block, ...], Heading]:
    """A table with its header row, and what holds from the second row on."""
    row = Block(NOWHERE, "table")
    parts = [(f"Quay {number}\t{number * 3}\tdaily in summer", row) for number in range(rows)]
    text, blocks = blocks_from(("Quay\tFare\tBoats", row), *parts, *after)
    return text, blocks, Heading(len("Quay\tFare\tBoats"), TABLE_LEVEL, "Quay · Fare · Boats", is_in_text=False)


def chunks_under(text: str, blocks: tuple[Block, ...], headings: list[Heading], budget: int = 250) -> tuple[Chunk, ...]:
    groups = split_sentences(text, blocks, language="en")
    return chunk(text, groups, headings=headings, count_tokens=count_words, budget_tokens=budget)


def test_rows_stand_under_the_header_of_their_table_to_its_end() -> None:
    text, blocks, header = table_from(40, (" ".join([SENTENCE] * 3), PARAGRAPH), (" ".join([SENTENCE] * 3), PARAGRAPH))
    end = Heading(text.index("The ferry") - 2, TABLE_LEVEL, "", is_in_text=False)
    chunks = chunks_under(text, blocks, [header, end])
    first, *rows, last, thereafter = chunks
    assert first.path == ()
    assert first.span.of(text).startswith("Quay\tFare\tBoats\n\nQuay 0\t0")
    assert {piece.path for piece in rows} == {("Quay · Fare · Boats",)}
    assert (last.path, thereafter.path) == ((), ())
    assert embedding_text(rows[0].path, rows[0].span.of(text)).startswith("Quay · Fare · Boats. Quay ")


def test_parts_of_rows_too_long_together_stand_under_the_header_too() -> None:
    text, blocks, header = table_from(3)
    chunks = chunks_under(text, blocks, [header], budget=20)
    assert [(piece.path, piece.span.of(text).split("\t")[0]) for piece in chunks] == [
        ((), "Quay"),
        (("Quay · Fare · Boats",), "Quay 1"),
    ]


def test_no_passage_crosses_from_sheet_to_sheet_and_its_name_is_in_the_path() -> None:
    text, blocks = blocks_from(("Tor\t4", Block(NOWHERE, "table")), ("Bell\t5", Block(NOWHERE, "table")))
    sheets = [Heading(0, 1, "Fares", is_in_text=False), Heading(5, 1, "Wages", is_in_text=False)]
    assert [(piece.path, piece.span.of(text)) for piece in chunks_under(text, blocks, sheets)] == [
        (("Fares",), "Tor\t4"),
        (("Wages",), "Bell\t5"),
    ]


def test_what_ends_without_a_title_holds_no_longer() -> None:
    text, blocks = blocks_from(("Costs", heading(1)), ("Dear boats.", PARAGRAPH), ("A slide of its own.", PARAGRAPH))
    end = Heading(text.index("A slide") - 2, 1, "", is_in_text=False)
    chunks = chunks_under(text, blocks, [Heading(0, 1, "Costs"), end])
    assert [(piece.path, piece.span.of(text)) for piece in chunks] == [
        (("Costs",), "Dear boats."),
        ((), "A slide of its own."),
    ]


def test_a_heading_before_the_next_sheet_has_nothing_below() -> None:
    text, blocks = blocks_from(("Costs", heading(1)), ("Dear boats.", PARAGRAPH))
    sections = [Heading(0, 1, "Costs"), Heading(5, 1, "Footnotes", is_in_text=False)]
    assert [(piece.path, piece.span.of(text)) for piece in chunks_under(text, blocks, sections)] == [
        ((), "Costs"),
        (("Footnotes",), "Dear boats."),
    ]


def test_only_an_outline_that_tells_more_than_the_text_is_embedded() -> None:
    written = (Heading(0, 1, "word " * 50),)
    assert headings_of(written) is None
    told = headings_of((*written, Heading(9, TABLE_LEVEL, "Name · " * 50, is_in_text=False)))
    assert told is not None
    assert [len(heading.title) for heading in told] == [115, 350]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, KINDS, st.integers(1, 3)), max_size=12), st.integers(3, 60))
def test_headings_that_are_given_and_those_in_the_text_make_the_same_passages(
    parts: list[tuple[str, str, int]], budget: int
) -> None:
    text, blocks = "", []
    for words, kind, level in parts:
        span = Span(len(text), len(text) + len(words))
        blocks.append(Block(span, kind, level if kind == "heading" else 0))  # type: ignore[arg-type]  # drawn as str
        text += words + "\n"
    groups = split_sentences(text, blocks)
    given_headings = outline_of(text, [block for block, _ in groups])
    one, other = (
        chunk(text, groups, headings=headings, count_tokens=count_characters, budget_tokens=budget)
        for headings in (None, given_headings)
    )
    assert one == other
