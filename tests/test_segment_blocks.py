"""Paragraphs, headings and list items of plain texts, written by hand."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.records import Span
from quoth.segment import find_blocks, find_furniture, split_sentences

WRAPPED = """\
THE KEEPER'S NOTES

1. Weather

The wind went round to the north in the night, and by the morning there was
ice on the inside of the windows. The barometer has not moved since Tuesday.

What has to be brought with the next boat:

- a new wick for the lower lamp, because the old one has been burned down to
  the length of a thumb
- lamp oil
- bread

2. Visitors

Nobody came. A seal was seen on the landing stage, where it stayed for about
an hour and left without having been disturbed by anyone.

M. Olsen
"""


def test_headings_paragraphs_and_items_are_told_apart() -> None:
    found = [(block.kind, block.level, block.span.of(WRAPPED).split("\n")[0]) for block in find_blocks(WRAPPED)]
    assert found == [
        ("heading", 1, "THE KEEPER'S NOTES"),
        ("heading", 2, "1. Weather"),
        ("paragraph", 0, "The wind went round to the north in the night, and by the morning there was"),
        ("paragraph", 0, "What has to be brought with the next boat:"),
        ("list", 0, "- a new wick for the lower lamp, because the old one has been burned down to"),
        ("list", 0, "- lamp oil"),
        ("list", 0, "- bread"),
        ("heading", 1, "2. Visitors"),
        ("paragraph", 0, "Nobody came. A seal was seen on the landing stage, where it stayed for about"),
        ("paragraph", 0, "M. Olsen"),
    ]


def test_windows_line_ends_give_the_same_blocks() -> None:
    text = WRAPPED.replace("\n", "\r\n")
    found = [block.span.of(text).replace("\r\n", "\n") for block in find_blocks(text)]
    assert found == [block.span.of(WRAPPED) for block in find_blocks(WRAPPED)]


def test_verse_and_contents_are_not_taken_for_headings() -> None:
    verse = (
        "Grey is the harbour\nGrey is the hill\nNothing is moving\nEverything still\n\nThe end of it came. Nobody wept."
    )
    assert {block.kind for block in find_blocks(verse)} <= {"paragraph", "heading"}
    assert [block.span.of(verse) for block in find_blocks(verse) if block.kind == "heading"] == ["Everything still"]


def test_rows_refrains_and_speakers_are_no_headings() -> None:
    said = "It was late, and nobody had come. They waited."
    short = ["2015 net revenue | 1666", "14 casks of powder", "ANNA: Who is there", "Laughter", "Laughter", "Laughter"]
    text = "".join(f"{line}\n{said}\n" for line in short)
    assert {block.kind for block in find_blocks(text)} == {"paragraph"}


def test_what_ends_the_text_is_no_heading() -> None:
    assert [block.kind for block in find_blocks("Only a Title\n")] == ["paragraph"]


def test_a_dash_that_wrapping_put_first_begins_no_item() -> None:
    text = (
        "The keeper's advisers, who had all been told to be on the boat at seven, were\n"
        "— such as the doctor and the two sisters from the post office — not there yet\n"
        "when the bell rang, and the captain, who never waited for anyone, went aboard\n"
        "and cast off without them."
    )
    assert [block.span for block in find_blocks(text)] == [Span(0, len(text))]


def test_a_word_that_the_end_of_a_short_line_parts_stays_in_one_sentence() -> None:
    text = "They evalu-\nated the trea-\nties.\nHe left.\n- an item -\nof a list"
    groups = split_sentences(text, find_blocks(text))
    assert groups[0][1][0].of(text) == "They evalu-\nated the trea-\nties."
    assert any(span.of(text) == "of a list" for _, spans in groups for span in spans)


def test_a_sentence_goes_on_over_a_page_without_a_head() -> None:
    text = "The captain said nothing\fabout the time. He left."
    groups = split_sentences(text, find_blocks(text))
    assert [span.of(text) for span in groups[0][1]] == ["The captain said nothing\fabout the time.", "He left."]


def test_chinese_without_blank_lines_or_indents_keeps_its_paragraphs() -> None:
    paragraph = "岛上的风从北边吹来，一直吹到天亮也没有停下，灯塔里的老人把门关好，又把火生起来，然后坐在桌边写信。"
    paragraphs = [paragraph + "他写得很慢。" * count for count in range(1, 7)]
    lines = [text[at : at + 36] for text in paragraphs for at in range(0, len(text), 36)]
    text = "\n".join(lines)
    assert [block.span.of(text).replace("\n", "") for block in find_blocks(text)] == paragraphs


def test_heads_that_change_sides_and_roman_numbers_are_furniture() -> None:
    pages = [
        f"{'LEFT' if at % 2 else 'RIGHT'} HEAD {at}\n\n{'Some text. ' * at}\n\n{'iv' if at % 3 else 'x'}"
        for at in range(2, 9)
    ]
    text = "\f".join(pages)
    assert [span.of(text) for span in find_furniture(text)][:4] == ["RIGHT HEAD 2", "iv", "LEFT HEAD 3", "x"]
    assert len(find_furniture(text)) == 14


def test_pages_that_repeat_all_they_say_are_not_hidden() -> None:
    assert find_furniture("same\fsame\fsame\fsame") == ()


def test_text_without_form_feeds_has_no_furniture() -> None:
    assert find_furniture("HEAD\n1\n" * 9) == ()


LETTERS = st.sampled_from(
    list("aB .!?\"'()“”«»„\n\n\r\f\t\v\x00\x1c\x85\u2028-1é。中“”٪ا\u0301\u200d😀🇪🇸")
) | st.characters(codec="utf-8")
TEXTS = st.text(LETTERS, max_size=400) | st.lists(st.text(LETTERS, max_size=60), max_size=30).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["en", "de", "zh", "und", ""]))
def test_nothing_visible_is_lost_and_nothing_overlaps(text: str, language: str) -> None:
    furniture = find_furniture(text)
    blocks = find_blocks(text, furniture)
    groups = split_sentences(text, blocks, language=language, furniture=furniture)
    spans = [span for _, sentences in groups for span in sentences]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(block.span.contains(span) for block, sentences in groups for span in sentences)
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    left = list(text)
    for span in (*spans, *furniture):
        left[span.start : span.end] = " " * len(span)
    assert "".join(left).strip() == ""


def test_two_megabytes_on_one_line_take_seconds() -> None:
    text = (
        "The ferry ran twice a day, and “nobody had ever asked why. ” He kept a brass clock above the wheel. " * 20_000
    )
    started = time.monotonic()
    groups = split_sentences(text, find_blocks(text), language="en")
    assert time.monotonic() - started < 20
    assert sum(len(sentences) for _, sentences in groups) == 40_000


def test_a_line_that_is_one_endless_word_takes_no_longer_than_others() -> None:
    prose = "The ferry ran twice a day in summer and once a week after the\n" * 100
    endless = "a" * 50_000 + "1"
    started = time.process_time()
    blocks = find_blocks(f"{prose}{endless}\n{prose}")
    assert sum(len(block.span) for block in blocks) > 60_000
    assert time.process_time() - started < 1
