from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.chunk import Chunk, chunk, embedding_text, outline_of
from quoth.records import Block, Heading, Span
from quoth.segment import find_blocks, split_sentences

SENTENCE = "The ferry ran twice a day in summer and once a week after the frost."


def count_words(text: str) -> int:
    return len(text.split())


def count_characters(text: str) -> int:
    return len(text)


def chunks_of(text: str, budget_tokens: int = 250, blocks: tuple[Block, ...] | None = None) -> tuple[Chunk, ...]:
    groups = split_sentences(text, find_blocks(text) if blocks is None else blocks, language="en")
    return chunk(text, groups, count_tokens=count_words, budget_tokens=budget_tokens)


def shown(text: str, chunks: tuple[Chunk, ...]) -> list[str]:
    return [piece.span.of(text) for piece in chunks]


def blocks_from(*parts: tuple[str, Block]) -> tuple[str, tuple[Block, ...]]:
    """Parts joined with blank lines, and their blocks at the right places."""
    text, blocks = "", []
    for words, block in parts:
        blocks.append(Block(Span(len(text), len(text) + len(words)), block.kind, block.level))
        text += words + "\n\n"
    return text, tuple(blocks)


NOWHERE = Span(0, 0)
PARAGRAPH = Block(NOWHERE)
ITEM = Block(NOWHERE, "list")


def heading(level: int) -> Block:
    return Block(NOWHERE, "heading", level)


def test_passages_are_two_or_three_sentences_of_similar_size() -> None:
    text = " ".join([SENTENCE] * 10)
    assert sorted(len(piece.sentences) for piece in chunks_of(text)) == [3, 3, 4]


def test_no_passage_is_left_with_a_scrap() -> None:
    text = " ".join([*[SENTENCE] * 3, "He left."])
    assert shown(text, chunks_of(text)) == [text]


def test_a_long_sentence_stays_whole_beside_short_ones() -> None:
    long = "The captain, " + "who never waited for anyone, " * 20 + "cast off."
    text = f"{SENTENCE} {long} {SENTENCE}"
    assert long in [sentence.of(text) for piece in chunks_of(text) for sentence in piece.sentences]


def test_short_paragraphs_come_together_and_long_ones_stay_apart() -> None:
    short = "\n".join(["“Where is he?” she asked.", "“Gone,” said the keeper.", "“Since when?”", "“Since noon.”"])
    assert shown(short, chunks_of(short)) == [short]
    long = "\n".join([" ".join([SENTENCE] * 3)] * 2)
    assert shown(long, chunks_of(long)) == long.split("\n")


def test_no_passage_crosses_a_heading_and_the_path_tells_it() -> None:
    text, blocks = blocks_from(
        ("Island", heading(1)), ("It is small.", PARAGRAPH), ("Weather", heading(2)), ("It rains.", PARAGRAPH)
    )
    chunks = chunks_of(text, blocks=blocks)
    assert [(piece.path, piece.span.of(text)) for piece in chunks] == [
        (("Island",), "It is small."),
        (("Island", "Weather"), "It rains."),
    ]


def test_a_heading_with_nothing_below_is_a_passage() -> None:
    text, blocks = blocks_from(
        ("Island", heading(1)),
        ("Harbour", heading(2)),
        ("Weather", heading(2)),
        ("It rains.", PARAGRAPH),
        ("End", heading(1)),
    )
    chunks = chunks_of(text, blocks=blocks)
    assert [(piece.path, piece.span.of(text)) for piece in chunks] == [
        (("Island",), "Harbour"),
        (("Island", "Weather"), "It rains."),
        ((), "End"),
    ]


def test_headings_alone_are_all_found() -> None:
    text, blocks = blocks_from(("Island", heading(1)), ("Harbour", heading(1)), ("Weather", heading(1)))
    assert shown(text, chunks_of(text, blocks=blocks)) == ["Island", "Harbour", "Weather"]


def test_a_heading_too_long_for_a_path_is_a_passage_too() -> None:
    words = "On the reasons for which the lamp went dark " * 5
    text, blocks = blocks_from((words.strip(), heading(1)), ("It leaned.", PARAGRAPH))
    assert shown(text, chunks_of(text, blocks=blocks)) == [words.strip(), "It leaned."]


def test_items_of_a_list_come_together_with_what_announces_them() -> None:
    items = [("- a new wick for the lower lamp", ITEM), ("- two barrels of lamp oil", ITEM), ("- bread", ITEM)]
    text, blocks = blocks_from(("With the next boat:", PARAGRAPH), *items)
    assert shown(text, chunks_of(text, blocks=blocks)) == [text.strip()]


def test_several_sentences_over_the_budget_are_parted_between_sentences() -> None:
    text = "One two three four. Five six seven eight. Nine ten eleven twelve. Thirteen fourteen fifteen."
    found = shown(text, chunks_of(text, budget_tokens=8))
    assert found == ["One two three four. Five six seven eight.", "Nine ten eleven twelve. Thirteen fourteen fifteen."]


def test_a_sentence_over_the_budget_is_cut_at_a_clause_then_at_a_space() -> None:
    text = "One two three four five; six seven, eight nine ten eleven twelve thirteen."
    assert shown(text, chunks_of(text, budget_tokens=8)) == [
        "One two three four five;",
        "six seven, eight nine ten eleven twelve thirteen.",
    ]
    assert shown("one two three four", chunks_of("one two three four", budget_tokens=2)) == ["one two", "three four"]


def test_a_sentence_is_not_cut_inside_of_a_word_that_the_end_of_a_line_parts() -> None:
    text = "one two evalu-\nated four"
    assert shown(text, chunks_of(text, budget_tokens=3)) == ["one two", "evalu-\nated four"]


def test_a_number_is_not_cut_at_its_comma() -> None:
    text = "It was 1,000,000 seen."
    assert "1,000,000" in " ".join(shown(text, chunks_of(text, budget_tokens=2))).split()


@pytest.mark.parametrize("character", ["e\u0301", "🇳🇴", "👩‍👧", "👍🏽", "\u1100\u1161\u11a8"])
def test_what_a_reader_sees_as_one_character_is_not_cut(character: str) -> None:
    text = character * 40
    groups = [(Block(Span(0, len(text))), (Span(0, len(text)),))]
    chunks = chunk(text, groups, count_tokens=count_characters, budget_tokens=len(character) * 7)
    assert len(chunks) > 1
    assert all(piece.span.of(text) == character * (len(piece.span) // len(character)) for piece in chunks)


def test_the_path_gives_way_before_the_sentence() -> None:
    text, blocks = blocks_from(
        ("The first of three headings", heading(1)), ("Second", heading(2)), ("One two three four five six.", PARAGRAPH)
    )
    chunks = chunks_of(text, budget_tokens=7, blocks=blocks)
    assert [(piece.path, piece.span.of(text)) for piece in chunks] == [(("Second",), "One two three four five six.")]
    chunks = chunks_of(text, budget_tokens=6, blocks=blocks)
    assert [(piece.path, piece.span.of(text)) for piece in chunks] == [((), "One two three four five six.")]


def test_the_outline_is_without_marks_and_line_ends() -> None:
    text, blocks = blocks_from(("## The  bell ##", heading(2)), ("Sorrow\nIsland\n======", heading(1)))
    assert outline_of(text, blocks) == (Heading(0, 2, "The bell"), Heading(17, 1, "Sorrow Island"))


def test_embedded_text_is_one_line_without_line_end_hyphens() -> None:
    passage = "The light-\nhouse of\r\n\r\n  Franco-\nPrussian  make is well-known."
    assert (
        embedding_text(["Island", "Why?"], passage)
        == "Island. Why? The lighthouse of Franco-Prussian make is well-known."
    )
    assert embedding_text([], "He  left.") == "He left."


def test_chinese_passages_are_half_as_long() -> None:
    text = "船在夏天每天开两次，到了冬天每星期只开一次。" * 20
    assert {len(piece.span) for piece in chunks_of(text)} == {22 * 5}


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        chunk("", (), count_tokens=count_words, budget_tokens=0)


def test_counting_costs_one_call_a_passage() -> None:
    text = " ".join([SENTENCE] * 300)
    calls = []

    def count(words: str) -> int:
        calls.append(words)
        return count_words(words)

    groups = split_sentences(text, find_blocks(text), language="en")
    assert len(chunk(text, groups, count_tokens=count, budget_tokens=250)) == len(calls)


KINDS = st.sampled_from(["heading", "paragraph", "list", "table", "code"])
WORDS = st.text(st.sampled_from(list("ab. !?,;中。\u0301\n😀-")) | st.characters(codec="utf-8"), max_size=80)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, KINDS, st.integers(1, 3)), max_size=12), st.integers(3, 60), st.integers(1, 300))
def test_passages_lose_nothing_and_never_exceed_the_budget(
    parts: list[tuple[str, str, int]], budget: int, target: int
) -> None:
    text, blocks = "", []
    for words, kind, level in parts:
        span = Span(len(text), len(text) + len(words))
        blocks.append(Block(span, kind, level if kind == "heading" else 0))  # type: ignore[arg-type]  # drawn as str
        text += words + "\n"
    groups = split_sentences(text, blocks)
    chunks = chunk(text, groups, count_tokens=count_characters, budget_tokens=budget, target_characters=target)
    for piece in chunks:
        assert len(embedding_text(piece.path, piece.span.of(text))) <= budget
        assert (piece.sentences[0].start, piece.sentences[-1].end) == (piece.span.start, piece.span.end)
        assert not any(
            block.kind == "heading" and block.span.start < piece.span.end and piece.span.start < block.span.end
            for block, _ in groups
            if not block.span.contains(piece.span)
        )
    assert all(before.span.end <= after.span.start for before, after in pairwise(chunks))
    left = list(text)
    for piece in chunks:
        for sentence in piece.sentences:
            left[sentence.start : sentence.end] = " " * len(sentence)
    for block in blocks:
        if block.kind == "heading":
            left[block.span.start : block.span.end] = " " * len(block.span)
    assert "".join(left).strip() == ""


def test_a_megabyte_takes_seconds() -> None:
    text = (" ".join([SENTENCE] * 12) + "\n") * 1_200
    groups = split_sentences(text, find_blocks(text), language="en")
    started = time.monotonic()
    chunks = chunk(text, groups, count_tokens=count_words, budget_tokens=250)
    assert time.monotonic() - started < 10
    assert sum(len(piece.sentences) for piece in chunks) == 14_400


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# a" + " " * 50_000 + "b", "a b"),
        ("# a" + " #" * 25_000 + " b", "a # # # # # # # #"),
        ("a\n" + " \n" * 25_000 + "b", "a b"),
        ("a" + "\n==" * 16_000 + " b", "a == =="),
        ("# a ##  ", "a"),
        ("a \n \n  ===", "a"),
    ],
)
def test_the_marks_of_a_heading_go_in_a_time_that_grows_with_its_length(heading: str, title: str) -> None:
    started = time.process_time()
    (found,) = outline_of(heading, [Block(Span(0, len(heading)), "heading", 1)])
    assert found.title.startswith(title)
    assert time.process_time() - started < 1
