"""Lines of pages to one text. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quoth.parsing.pdf_layout import Place
from quoth.parsing.pdfium import Page
from quoth.records import Span

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
# Tried from the start of a compound only: the time for a long one would grow with the square.
_LAST_WORD = re.compile(r"(?<!\w)(?<!\w[-'’])\w+(?:[-'’]\w+)*$")


@dataclass(frozen=True, slots=True)
class PageText:
    text: str
    lines: Mapping[Place, Span]
    """Empty for a line that was no more than the end of a word."""
    page_starts: tuple[int, ...]

    def span_of(self, places: Sequence[Place]) -> Span:
        return Span(self.lines[places[0]].start, self.lines[places[-1]].end)


def write_pages(pages: Sequence[Page], paragraphs: Sequence[Sequence[Place]]) -> PageText:
    """A word that a hyphen parts at the end of a line is written whole on that line."""
    following = {place: after for places in paragraphs for place, after in pairwise(places)}
    words = _words(pages)
    writer = _Writer()
    for page_index, page in enumerate(pages):
        writer.start_page()
        for line_index, line in enumerate(page.lines):
            place = (page_index, line_index)
            ending = ""
            if line.is_hyphenated:
                # Only onto the very next line: what stands between two columns or pages would end up in the word.
                goes_on = following.get(place) == (page_index, line_index + 1)
                ending = _rest_of_word(line.text, page.lines[line_index + 1].text, words) if goes_on else "-"
            writer.write(place, line.text, ending)
    return writer.finish()


class _Writer:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._lines: dict[Place, Span] = {}
        self._page_starts: list[int] = []
        self._separator = ""
        self._taken = 0
        """How much of the next line is written already."""

    def start_page(self) -> None:
        self._append("\n\n" if self._separator else "")
        self._separator = ""
        self._page_starts.append(self._length)

    def write(self, place: Place, text: str, ending: str) -> None:
        rest = text[self._taken :].lstrip() + ending
        if rest:
            self._append(self._separator)
            self._separator = "\n"
        start = self._length
        self._append(rest)
        self._lines[place] = Span(start, self._length)
        self._taken = len(ending.removeprefix("-"))

    def finish(self) -> PageText:
        return PageText("".join(self._pieces), self._lines, tuple(self._page_starts))

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _words(pages: Sequence[Page]) -> frozenset[str]:
    if not any(line.is_hyphenated for page in pages for line in page.lines):
        return frozenset()
    lines = (line.text for page in pages for line in page.lines)
    return frozenset(word.casefold() for text in lines for word in _WORD.findall(text))


def _rest_of_word(line: str, following: str, words: frozenset[str]) -> str:
    """What to write after `line`: the first word of `following`, with the hyphen before it where it belongs there.

    It does when the document has the word with a hyphen elsewhere; it does not when the document has it in one piece
    or both halves are in lower case.
    """
    rest = following.split(maxsplit=1)[0]
    left, right = _LAST_WORD.search(line), _WORD.match(rest)
    if not left or not right:
        return "-" + rest
    first, second = left.group().casefold(), right.group().casefold()
    if f"{first}-{second}" in words:
        return "-" + rest
    is_one_word = first + second in words or (left.group()[-1].islower() and rest[0].islower())
    return rest if is_one_word else "-" + rest
