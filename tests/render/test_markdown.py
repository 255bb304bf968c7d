from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.render.examples import COPIED, FOLDER, NEWS, SCAN, answer_of, hit_of

from quoth.records import Coverage, Span, Verdict
from quoth.render import (
    answer_markdown,
    visible,
)


def shown_by_markdown(markdown: str) -> list[str]:
    """Lines of the block quotes in order, as a reader of the rendered page sees them."""
    lines: list[str] = []
    depth = 0
    for token in MarkdownIt("commonmark").parse(markdown):
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type == "inline" and depth:
            parts = [child.content if child.type in ("text", "text_special") else "\n"
                     for child in token.children or () if child.type != "html_inline"]  # fmt: skip
            lines += "".join(parts).split("\n")
        else:
            assert token.type.startswith(("paragraph", "blockquote")) or not depth, token.type
    return lines


# NUL never stands in a document; a form feed or a lone \r is shown as a picture.
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), st.data())
def test_markdown_reads_as_the_document_was_typed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    hit = hit_of(text, highlights=[Span(start, len(text))])
    expected = [line for line in visible(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n") if line]
    assert shown_by_markdown(answer_markdown(answer_of(hit), FOLDER))[:-1] == expected


@pytest.mark.parametrize(
    "text",
    ["# no heading", "- no list", "1. no list", "    no code", "a  \nb", "**bold** _it_ `code` $x$ <b>", "[a](http://x.y)",
     "a\n===", "| a |\n|---|", "~~~", "&amp; &lt;", "\\*", "***", "a\\\nb", "\tcode", "> quote", "!img", "+ x", "1) y"],
)  # fmt: skip
def test_markup_inside_a_document_appears_as_typed(text: str) -> None:
    assert shown_by_markdown(answer_markdown(answer_of(hit_of(text)), FOLDER))[:-1] == text.split("\n")


@pytest.mark.parametrize("verdict", [Verdict.CLOSEST, Verdict.NOTHING])
def test_markdown_without_an_answer_names_the_files_that_were_not_read(verdict: Verdict) -> None:
    answer = answer_of(verdict=verdict, coverage=Coverage(2, 1200, (SCAN,)))
    lines = answer_markdown(answer, FOLDER).splitlines()
    assert lines[2].endswith("Searched 1,200 passages of 2 documents; 1 file could not be read, or only in part\\.")
    assert lines[4:] == ["- not read\\: scan\\.pdf (needs OCR\\)\\: its pages are pictures"]


def test_markdown_names_every_other_place_of_the_words() -> None:
    assert answer_markdown(answer_of(COPIED), FOLDER).splitlines()[7:] == [
        "> — The news, lines 1\\-2 (seeds/news\\.txt\\:1)",
        ">",
        "> also in The news, line 3 (seeds/old\\.txt\\:3\\)",
        ">",
        "> nearly the same words in The news, line 1 (seeds/near\\.txt\\:1\\)",
    ]


def test_markdown_gives_the_quote_with_its_citation() -> None:
    assert answer_markdown(answer_of(NEWS), FOLDER).splitlines()[4:] == [
        "> It rained\\. <strong>The mayor resigned\\.</strong>",
        "> Nobody asked why\\.",
        ">",
        "> — The news, lines 1\\-2 (seeds/news\\.txt\\:1)",
    ]
