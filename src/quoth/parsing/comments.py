"""What reviewers wrote beside a text: after it, in a section of its own, under the name of who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from quoth.parsing.about import iso_date
from quoth.parsing.text_builder import TextBuilder

SECTION: Final = "Comments"


@dataclass(frozen=True, slots=True)
class Comment:
    author: str
    """As the file names it; "" when it does not."""
    date: str
    """As the file writes it."""
    elements: Sequence[Any]
    """Its paragraphs (lxml's elements, which have no types)."""


def add_comments(builder: TextBuilder, comments: Iterable[Comment], walk: Callable[[Sequence[Any]], None]) -> None:
    """`walk` adds the blocks of such elements to `builder`. Who wrote them stands in the outline, not in the text."""
    last_title = ""
    for number, comment in enumerate(comments):
        if number == 0:
            builder.start_section(SECTION)
        title = ", ".join(filter(None, (comment.author.strip(), iso_date(comment.date))))
        if title != last_title:
            builder.start_section(title, level=2)
        last_title = title
        walk(comment.elements)
