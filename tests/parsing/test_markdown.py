from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoth.parsing.markdown import find_blocks

from .checks import parse_bytes, shown, uncovered

PAGE = """---
title: "The *title*"
---
# Head `one` ##

First paragraph **bold**
goes on.

> quoted
> on two lines

* item
  more of it
  - nested

1. first

   its second paragraph

| a | b |
|---|---|
| 1 | 2 |

```python
x = 1

y = 2
```

    indented

[ref]: http://example.org "Words"

Underlined
===
<div>raw</div>

- - -
"""


def test_blocks_are_found_without_the_marks_at_their_edges(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.md", PAGE.encode())
    assert parsed.text == PAGE
    assert shown(parsed) == [
        ("code", '---\ntitle: "The *title*"\n---'),
        ("h1", "Head `one`"),
        ("paragraph", "First paragraph **bold**\ngoes on."),
        ("paragraph", "quoted\n> on two lines"),
        ("list", "item\n  more of it"),
        ("list", "nested"),
        ("list", "first"),
        ("list", "its second paragraph"),
        ("table", "a | b"),
        ("table", "1 | 2"),
        ("code", "python\nx = 1\n\ny = 2"),
        ("code", "indented"),
        ("paragraph", '[ref]: http://example.org "Words"'),
        ("h1", "Underlined"),
        ("code", "<div>raw</div>"),
    ]


def test_a_mark_inside_a_quotation_is_furniture(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.md", b"> one\n> two\n> > three\n")
    assert [span.of(parsed.text) for span in parsed.furniture] == ["> "]


def test_the_title_is_that_of_the_front_matter_else_the_highest_heading(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.md", PAGE.encode()).title == "The *title*"
    assert parse_bytes(tmp_path, "b.md", b"## Two\n\n# The *real* `one`\n").title == "The real one"
    assert parse_bytes(tmp_path, "c.md", b"no heading").title is None


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.md", b"---\n\nText: one\n\n---\n")
    assert shown(parsed) == [("paragraph", "Text: one")]


def test_windows_newlines_count_as_one(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.md", b"# A\r\n\r\npara\r\nmore\rlast\r\n\r\n- x\r\n")
    assert shown(parsed) == [("h1", "A"), ("paragraph", "para\r\nmore\rlast"), ("list", "x")]


def test_deep_nesting_loses_no_words(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.md", b">" * 5000 + b" deep words\n\n" + b"- " * 2000 + b"item\n")
    assert "deep words" in shown(parsed)[0][1]
    assert shown(parsed)[-1][1].endswith("item")


marks = st.sampled_from(
    ["# ", "> ", "- ", "1. ", "| a | b |", "|---|---|", "```", "    ", "---", "\n", "\r\n", "\t", "word "]
)
sources = st.lists(marks | st.text(max_size=8), max_size=40).map("".join)


@given(sources)
@example("```word ")
@example("```word \nmore")
@example("> ~~~ word\n> more")
def test_blocks_are_in_order_and_hold_every_word(source: str) -> None:
    blocks, furniture = find_blocks(source)
    end = 0
    covered = [False] * len(source)
    for block in blocks:
        assert end <= block.span.start < block.span.end <= len(source)
        end = block.span.end
        covered[block.span.start : end] = [True] * len(block.span)
    assert all(span.of(source).strip(" \t>") == "" for span in furniture)
    lost = "".join(char for char, is_covered in zip(source, covered, strict=True) if not is_covered)
    assert "word" not in lost


def test_what_lies_in_no_block_is_marks_only(tmp_path: Path) -> None:
    assert set(uncovered(parse_bytes(tmp_path, "a.md", PAGE.encode()))) <= set("#>*-|`=1.")


def test_a_front_matter_without_end_is_text_and_given_up_at_once(tmp_path: Path) -> None:
    started = time.process_time()
    parsed = parse_bytes(tmp_path, "a.md", b"---\r\nNote: x\r\n" + b"words\r\n" * 5_000)
    assert "code" not in {block.kind for block in parsed.blocks[:2]}
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("a" + " " * 50_000 + "b", "a b"),
        ("'it''s'  \r", "it''s"),
        ('"quoted" and more', '"quoted" and more'),
        ("''", "Heading"),
        ("  ", "Heading"),
        ("word " * 50_000, "word " * 58 + "word…"),
    ],
)
def test_the_title_in_a_front_matter_is_one_short_line_without_its_quotes(
    tmp_path: Path, value: str, title: str
) -> None:
    started = time.process_time()
    assert parse_bytes(tmp_path, "a.md", f"---\ntitle: {value}\n---\n\n# Heading\n".encode()).title == title
    assert time.process_time() - started < 1


def test_a_heading_of_a_megabyte_makes_a_title_of_a_few_hundred_characters(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.md", b"# " + b"long " * 200_000)
    assert len(parsed.text) == 1_000_002
    assert parsed.title is not None
    assert len(parsed.title) <= 300
