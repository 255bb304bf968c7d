"""Blocks, one after the other, to a text with locators: for formats whose text is not the file itself."""

from __future__ import annotations

from typing import Final

from quoth.parsing.about import ANONYMOUS, About
from quoth.parsing.decoding import storable
from quoth.parsing.limits import MAX_BLOCKS, MAX_CHARACTERS, TITLE_CHARACTERS
from quoth.parsing.outcome import NO_TEXT, TOO_MUCH_TEXT
from quoth.records import TABLE_LEVEL, Block, BlockKind, Heading, Locator, Parsed, Run, Span, State, shorten

NOWHERE: Final = Locator()
"""Where a block stands of which only the paragraph's number is known."""
_CLOSE_TOGETHER = ("list", "table")


class TextBuilder:
    """Paragraphs are separated by an empty line, list items and table rows by a newline.

    Each block is a run of its own; its paragraph number counts all blocks that are not blank, from 1.
    """

    def __init__(self, max_characters: int = MAX_CHARACTERS, max_blocks: int = MAX_BLOCKS) -> None:
        self._max_characters = max_characters
        self._max_blocks = max_blocks
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._outline: list[Heading] = []
        self._length = 0
        self.is_full = False
        """Something was left out because a limit was reached."""

    def add(self, text: str, kind: BlockKind = "paragraph", level: int = 0, at: Locator = NOWHERE) -> None:
        """One block, trimmed; blank ones are left out. `at`: where it stands, but for its paragraph's number."""
        text = storable(text.strip("\r\n").rstrip() if kind == "code" else text.strip())
        separator = self._separator(kind)
        if not text.strip() or self.is_full:
            return
        if self._length + len(separator) + len(text) > self._max_characters or len(self._blocks) >= self._max_blocks:
            self.is_full = True
            return
        start = self._length + len(separator)
        self._length = start + len(text)
        self._pieces += (separator, text)
        self._blocks.append(Block(Span(start, self._length), kind, level))
        self._runs.append(Run(start, at.at_paragraph(len(self._blocks))))
        if kind == "heading":
            self._outline.append(Heading(start, level, shorten(text, TITLE_CHARACTERS)))

    def start_section(self, title: str, level: int = 1) -> None:
        """What follows stands under `title`, which is not in the text; "" for under none."""
        self._hold(level, title)

    def start_table(self, header: str) -> None:
        """What follows, up to `end_table` or a heading, are rows below `header`, the names of its columns."""
        self._hold(TABLE_LEVEL, header)

    def end_table(self) -> None:
        """The header that holds, if any does, holds no longer."""
        if self._outline and self._outline[-1].level >= TABLE_LEVEL and self._outline[-1].title:
            self._hold(TABLE_LEVEL, "")

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._length

    @property
    def last_start(self) -> int:
        """Where the last block begins; 0 before the first."""
        return self._blocks[-1].span.start if self._blocks else 0

    @property
    def first_heading(self) -> str | None:
        """In the text."""
        return next((heading.title for heading in self._outline if heading.is_in_text), None)

    def _hold(self, level: int, title: str) -> None:
        title = shorten(storable(title), TITLE_CHARACTERS)
        self._outline.append(Heading(self._length, level, title, is_in_text=False))

    def finish(self, kind: str, about: About = ANONYMOUS, trouble: str = "") -> Parsed:
        """`trouble`: what else was not read, one sentence."""
        title = shorten(storable(about.title), TITLE_CHARACTERS)
        if self.is_full:
            trouble = "; ".join(filter(None, (trouble, TOO_MUCH_TEXT.format(count=self._length))))
        if not self._blocks:
            state = State.DAMAGED if trouble else State.EMPTY
            return Parsed(kind, title=title or None, state=state, reason=trouble or NO_TEXT)
        return Parsed(
            kind,
            text="".join(self._pieces),
            title=title or self.first_heading,
            author=about.author,
            date=about.date,
            runs=tuple(self._runs),
            blocks=tuple(self._blocks),
            outline=tuple(self._outline),
            state=State.PARTLY_READ if trouble else State.READ,
            reason=trouble,
        )

    def _separator(self, kind: BlockKind) -> str:
        if not self._blocks:
            return ""
        return "\n" if kind in _CLOSE_TOGETHER and kind == self._blocks[-1].kind else "\n\n"
