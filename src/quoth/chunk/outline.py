"""Headings of a document, and the text that is embedded for a passage below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoth.records import Block, Heading, shorten

TITLE_CHARACTERS = 120
"""Longer titles are cut after a word."""
# The look-behinds let a run of white space be tried from its start only: its time would grow with the square.
_MARKDOWN_MARKS = re.compile(r"^#{1,6}[ \t]+|(?<![ \t])[ \t]+#+[ \t]*$|(?<!\s)\s*[\r\n][ \t]*(?:=+|-+)[ \t]*$")
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad][ \t]*(?:\r\n|[\r\n])\s*(?=([^\W\d_]))")


def outline_of(text: str, blocks: Sequence[Block]) -> tuple[Heading, ...]:
    """The headings among the blocks, each on one line and without Markdown's marks."""
    return tuple(
        Heading(block.span.start, block.level, _title(block.span.of(text)))
        for block in blocks
        if block.kind == "heading"
    )


def embedding_text(path: Sequence[str], passage_text: str) -> str:
    """What is embedded: the headings, then the passage on one line with line-end hyphens undone. It has no offsets."""
    titles = [title if title.endswith((".", "!", "?", ":", "。")) else f"{title}." for title in path]
    return " ".join(" ".join((*titles, _LINE_END_HYPHEN.sub(_joined, passage_text))).split())


def _title(heading: str) -> str:
    return shorten(_MARKDOWN_MARKS.sub("", heading.strip()), TITLE_CHARACTERS)


def _joined(found: re.Match[str]) -> str:
    # "Franco-\nPrussian" keeps its hyphen, "evalu-\nated" does not.
    return "-" if found.group(1).isupper() else ""
