"""Headings of a document, and the text that is embedded for a passage below them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quoth.records import TABLE_LEVEL, Block, Heading, shorten, undo_hyphens

TITLE_CHARACTERS = 120
"""Longer titles are cut after a word."""
# The look-behinds let a run of white space be tried from its start only: its time would grow with the square.
_MARKDOWN_MARKS = re.compile(r"^#{1,6}[ \t]+|(?<![ \t])[ \t]+#+[ \t]*$|(?<!\s)\s*[\r\n][ \t]*(?:=+|-+)[ \t]*$")


def outline_of(text: str, blocks: Sequence[Block]) -> tuple[Heading, ...]:
    """The headings among the blocks, each on one line and without Markdown's marks."""
    return tuple(
        Heading(block.span.start, block.level, _title(block.span.of(text)))
        for block in blocks
        if block.kind == "heading"
    )


def headings_of(outline: Sequence[Heading]) -> tuple[Heading, ...] | None:
    """Those of a parser's outline that are embedded; None where it tells no more than the headings among the blocks.

    Names of sheets, slides, chapters and notes, and of the columns of tables, are more. Bookmarks of a pdf are not:
    they lead to pages, not to the words below a heading.
    """
    if all(heading.is_in_text for heading in outline):
        return None
    return tuple(
        heading if heading.level >= TABLE_LEVEL else replace(heading, title=shorten(heading.title, TITLE_CHARACTERS))
        for heading in outline
    )


class HeadingPaths:
    """Titles of the headings that hold at each place of a text, outermost first, as `heading_path` has them."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._starts = [heading.start for heading in headings]
        self._paths: list[tuple[str, ...]] = [()]
        self._sections = [
            heading.start for heading in headings if heading.level < TABLE_LEVEL and not heading.is_in_text
        ]
        above: list[Heading] = []
        for heading in headings:
            above = [*(outer for outer in above if outer.level < heading.level), heading]
            self._paths.append(tuple(outer.title for outer in above if outer.title or outer.is_in_text))

    def at(self, offset: int) -> tuple[str, ...]:
        return self._paths[bisect_right(self._starts, offset)]

    def above(self, offset: int) -> tuple[str, ...]:
        """Without the heading that stands there."""
        return self.at(offset)[:-1]

    def section(self, offset: int) -> int:
        """Number of the part that no passage crosses, of those that begin without a heading in the text."""
        return bisect_right(self._sections, offset)


def embedding_text(path: Sequence[str], passage_text: str) -> str:
    """What is embedded: the headings, then the passage on one line with line-end hyphens undone. It has no offsets."""
    titles = [title if title.endswith((".", "!", "?", ":", "。")) else f"{title}." for title in path]
    return " ".join(" ".join((*titles, undo_hyphens(passage_text))).split())


def _title(heading: str) -> str:
    return shorten(_MARKDOWN_MARKS.sub("", heading.strip()), TITLE_CHARACTERS)
