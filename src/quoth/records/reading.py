"""A quote to be read: lines joined, hyphens at line ends undone, and where each character of that stands. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from quoth.records.bare import BareText, without_furniture
from quoth.records.hyphens import HYPHENS, SECOND_THERE, SOFT_HYPHEN
from quoth.records.text import Span

_END = r"(?:\r\n|\r|\n)"
_BLANK = r"[ \t]*+"
_LINES = rf"(?<![ \t]){_BLANK}{_END}(?:{_BLANK}{_END})*+{_BLANK}"
_BROKEN = rf"(?P<hyphen>(?<=[^\W_])[{HYPHENS}{SOFT_HYPHEN}](?={_BLANK}[\r\n]))?"
_REST = rf"(?P<soft>(?<=[^\W\d_]){SOFT_HYPHEN}(?=[^\W\d_]))|(?<=[^ \t\r\n])(?P<blanks>[ ]{{2,}}+)(?![\t\r\n])"
_GAP = re.compile(rf"{_BROKEN}(?P<lines>{_LINES})|{_REST}")
_LINE_END = re.compile(_END)
_ONE_BREAK = re.compile(rf" ?{_END}(?: ?{_END})? ?")
_FINAL = re.compile(r"[.!?:…。！？：][\"'”’»」』)\]]{0,3}$")
_WIDE = re.compile("[\u2e80-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f\U00020000-\U000323af]")
"""Between two of these stands no space: Chinese and Japanese."""
_LONG_LINE = 45
"""Characters, wide ones twice; shorter lines were meant to end, as in verse and addresses."""
_COLUMN_LINE = 20
"""So long is a line of a narrow column, whose next line goes on in lower case."""


@dataclass(frozen=True, slots=True)
class ReadingText:
    """`places`: where each character of `text` stands in the document, ascending.

    Each is the character that stands there, but for white space: a space or a line end is for the whole run of it, and
    of what is left out there, that begins at its place.
    """

    span: Span
    """Of the quote in the document."""
    text: str
    places: tuple[int, ...]

    def find(self, span: Span) -> Span:
        """What `text` has of a stretch of the document. Stretches that adjoin there adjoin here."""
        return Span(bisect_left(self.places, span.start), bisect_left(self.places, span.end))

    def origin(self, span: Span) -> Span:
        """Where a stretch of `text`, not an empty one, stands in the document."""
        return Span(self.places[span.start], self.places[span.end - 1] + 1)

    def of(self, span: Span) -> str:
        """A stretch of the document as it reads here."""
        return self.find(span).of(self.text)


def read_text(
    text: str, start: int, sentences: Sequence[Span], parted: Iterable[int] = (), furniture: Sequence[Span] = ()
) -> ReadingText:
    """`text` stands in its document at `start`; `sentences` and `parted` are in offsets of the document.

    `furniture`, in offsets of `text`, is left out. Lines are joined inside sentences only, and not after a short one
    that no page ends: verse, rows and items keep theirs. A hyphen at the end of a line goes where it is a soft one or
    in `parted`; else it stays, and what follows is joined to it.
    """
    bare = without_furniture(text, furniture)
    writer = _Writer(bare, {bare.find(place - start) for place in parted}, bare.breaks(text))
    starts, ends = ([bare.find(offset - start) for offset in offsets] for offsets in _edges(sentences))
    at = 0
    for gap in _GAP.finditer(bare.text):
        writer.copy(at, gap.start())
        at = gap.end()
        sentence = bisect_right(starts, gap.start()) - 1
        if gap["blanks"]:
            writer.write(" ", gap.start())
        elif sentence >= 0 and gap.end() <= ends[sentence]:
            _write_inside(writer, gap)
        elif not gap["soft"]:
            _write_between(writer, gap)
    writer.copy(at, len(bare.text))
    places = [start + place for place in bare.places]
    return ReadingText(
        Span(start, start + len(text)), "".join(writer.pieces), tuple(places[place] for place in writer.places)
    )


class _Writer:
    def __init__(self, bare: BareText, dropped: Collection[int], breaks: Sequence[int]) -> None:
        """`dropped`: hyphens; `breaks`: `BareText.breaks`."""
        self.pieces: list[str] = []
        self.places: list[int] = []
        self.dropped = dropped
        self._text = bare.text
        self._breaks = breaks

    def copy(self, start: int, end: int) -> None:
        self.pieces.append(self._text[start:end])
        self.places.extend(range(start, end))

    def write(self, character: str, at: int) -> None:
        self.pieces.append(character)
        self.places.append(at)

    def ends_page(self, start: int, end: int) -> bool:
        """Whether a page head or the times of a subtitle stood between."""
        return bisect_left(self._breaks, start) < bisect_left(self._breaks, end)


def _edges(spans: Sequence[Span]) -> tuple[list[int], list[int]]:
    return [span.start for span in spans], [span.end for span in spans]


def _write_inside(writer: _Writer, gap: re.Match[str]) -> None:
    """Of a sentence, where nothing but a soft hyphen or the end of a line may be."""
    text, hyphen, begin = gap.string, gap["hyphen"] or "", gap.start() + len(gap["hyphen"] or "")
    after = text[gap.end() : gap.end() + 1]
    if gap["soft"] or (hyphen and after.isalpha() and (hyphen == SOFT_HYPHEN or gap.start() in writer.dropped)):
        return
    writer.copy(gap.start(), begin)
    if hyphen and after.isalnum():
        if SECOND_THERE.match(text, gap.end()):
            writer.write(" ", begin)
    elif writer.ends_page(begin, gap.end()) or _is_wrapped(text, begin, gap.end()):
        if not (begin and _WIDE.match(text[begin - 1]) and _WIDE.match(after)):
            writer.write(" ", begin)
    else:
        _write_ends(writer, text, begin, gap.end())


def _write_between(writer: _Writer, gap: re.Match[str]) -> None:
    """Of two sentences, or at an edge."""
    begin = gap.start() + len(gap["hyphen"] or "")
    writer.copy(gap.start(), begin)
    _write_ends(writer, gap.string, begin, gap.end())


def _write_ends(writer: _Writer, text: str, begin: int, end: int) -> None:
    """One line end or an empty line, and how far the next line is set in."""
    ends = list(_LINE_END.finditer(text, begin, end))
    for one in ends[:2]:
        writer.write("\n", one.start())
    writer.copy(ends[-1].end(), end)


def _is_wrapped(text: str, begin: int, end: int) -> bool:
    """Whether the line ends only because the page was no wider."""
    ends = _ONE_BREAK.fullmatch(text, begin, end)
    if not ends or begin == 0 or end == len(text):
        return False
    if len(_LINE_END.findall(text, begin, end)) > 1 and _FINAL.search(text, max(0, begin - 4), begin):
        return False
    first = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    if first:
        length = begin - first
    else:  # Nobody sees how long the first line of a quote is in its file: the next one tells, unless it is the last.
        following = _LINE_END.search(text, end)
        length = max(begin, following.start() - end) if following else _LONG_LINE
    if length * (2 if _WIDE.match(text[begin - 1]) else 1) >= _LONG_LINE:
        return True
    return length >= _COLUMN_LINE and text[begin - 1].isalpha() and text[end].islower()
