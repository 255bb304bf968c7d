"""A quote to be read: lines joined, hyphens at line ends undone, and where each character of that stands. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from quoth.records.citation import Citation
from quoth.records.document import Passage
from quoth.records.text import Span

_END = r"(?:\r\n|\r|\n)"
_BLANK = r"[ \t]*+"
_HYPHENS = "-\u2010"
_SOFT_HYPHEN = "\u00ad"
_LINES = rf"(?<![ \t]){_BLANK}{_END}(?:{_BLANK}{_END})*+{_BLANK}"
_TIMES = rf"{_BLANK}\d[\d:.,]*+{_BLANK}-->[^\r\n]*+{_END}{_BLANK}"
_CUE = rf"{_BLANK}{_END}(?:(?:{_BLANK}{_END})++(?:[^\r\n]++{_END})??|\d{{1,9}}{_BLANK}{_END})?{_TIMES}"
"""Between two subtitles: a blank line, number or name, times."""
_BROKEN = rf"(?P<hyphen>(?<=[^\W_])[{_HYPHENS}{_SOFT_HYPHEN}](?={_BLANK}[\r\n]))?"
_REST = rf"(?P<soft>(?<=[^\W\d_]){_SOFT_HYPHEN}(?=[^\W\d_]))|(?<=[^ \t\r\n])(?P<blanks>[ ]{{2,}}+)(?![\t\r\n])"
_GAP = re.compile(rf"{_BROKEN}(?P<lines>{_LINES})|{_REST}")
_GAP_OF_CUES = re.compile(rf"{_BROKEN}(?:(?P<cue>(?<![ \t])(?:{_CUE})+)|(?P<lines>{_LINES}))|{_REST}")
_LINE_END = re.compile(_END)
_ONE_BREAK = re.compile(rf" ?{_END}(?: ?{_END})? ?")
_FINAL = re.compile(r"[.!?:…。！？：][\"'”’»」』)\]]{0,3}$")
_PARTED = re.compile(
    rf"(?<![{_HYPHENS}\w'’])(?P<left>[^\W\d_]+)[{_HYPHENS}]{_BLANK}{_END}\s*+(?P<right>[^\W\d_]++)(?![{_HYPHENS}'’]?\w)"
)
_LINE_END_HYPHEN = re.compile(rf"(?<=([^\W_]))([{_HYPHENS}{_SOFT_HYPHEN}]){_BLANK}{_END}\s*+(?=([^\W_]))")
_SECOND_THERE = re.compile(r"(?:und|oder|sowie|bzw|bis|and|or|och|eller|og)\b")
"""After "pre-": its hyphen stands for a second half that follows, "pre- and postwar"."""
_WIDE = re.compile("[\u2e80-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f\U00020000-\U000323af]")
"""Between two of these stands no space: Chinese and Japanese."""
_LONG_HALF = 4
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


def read_quote(passage: Passage, citation: Citation, parted: Iterable[int] = ()) -> ReadingText:
    """A passage with its citation, and with what `find_parted` says of it."""
    return read_text(passage.text, passage.span.start, passage.sentences, parted, has_cues=citation.unit == "cue")


def read_text(
    text: str, start: int, sentences: Sequence[Span], parted: Iterable[int] = (), *, has_cues: bool = False
) -> ReadingText:
    """`text` stands in its document at `start`; `sentences` and `parted` are in offsets of the document.

    Lines are joined inside sentences only, and not after a short one: verse, rows and items keep theirs. A hyphen at
    the end of a line goes where it is a soft one or in `parted`; else it stays, and what follows is joined to it.
    `has_cues`: times between subtitles are left out.
    """
    writer, dropped, at = _Writer(text, start), {place - start for place in parted}, 0
    starts = [sentence.start - start for sentence in sentences]
    for gap in (_GAP_OF_CUES if has_cues else _GAP).finditer(text):
        writer.copy(at, gap.start())
        at = gap.end()
        sentence = bisect_right(starts, gap.start()) - 1
        if gap["blanks"]:
            writer.write(" ", gap.start())
        elif sentence >= 0 and gap.end() <= sentences[sentence].end - start:
            _write_inside(writer, gap, dropped)
        elif not gap["soft"]:
            _write_between(writer, gap)
    writer.copy(at, len(text))
    return ReadingText(Span(start, start + len(text)), "".join(writer.pieces), tuple(writer.places))


def find_parted(text: str, span: Span) -> tuple[int, ...]:
    """Where in `span` of the document `text` a hyphen stands that is there for the end of the line only.

    So it is where the document has the word in one piece elsewhere, or another word that begins with a long first half
    and two letters of the second ("evaluation" for "evalu-" and "ated"), and has it nowhere with its hyphen.
    """
    found = list(_PARTED.finditer(span.of(text)))
    if not found:
        return ()
    folded = text.casefold()
    return tuple(span.start + one.end("left") for one in found if _is_one_word(one["left"], one["right"], folded))


def undo_hyphens(text: str) -> str:
    """For its meaning: `text` without what parts words at the ends of lines; all else stays as it is.

    Where nothing tells a compound from a word that was parted, "wellknown" is less of a loss than "evalu-ated".
    """
    return _LINE_END_HYPHEN.sub(lambda found: _rejoined(found, is_hyphen_kept=False), text)


def join_hyphens(text: str) -> str:
    """For its words: as `undo_hyphens`, but with all hyphens; word analysis has a compound both ways."""
    return _LINE_END_HYPHEN.sub(lambda found: _rejoined(found, is_hyphen_kept=True), text)


def _rejoined(found: re.Match[str], *, is_hyphen_kept: bool) -> str:
    before, hyphen, after = found.groups()
    is_of_letters = before.isalpha() and after.isalpha()
    if _SECOND_THERE.match(found.string, found.end()) or (is_hyphen_kept and not is_of_letters):
        return found[0]
    is_parted = hyphen == _SOFT_HYPHEN or (is_of_letters and not after.isupper())
    return hyphen if is_hyphen_kept or not is_parted else ""


def _is_one_word(left: str, right: str, folded: str) -> bool:
    if not (left[-1].islower() and right.islower()):
        return False
    first, second = left.casefold(), right.casefold()
    if any(_stands(f"{first}{hyphen}{second}", folded, is_whole=False) for hyphen in _HYPHENS):
        return False
    if len(first) < _LONG_HALF or len(second) < _LONG_HALF:  # "independent" says nothing of "in-" and "depth"
        return _stands(first + second, folded, is_whole=True)
    return _stands(first + second[:2], folded, is_whole=False)


def _stands(beginning: str, text: str, *, is_whole: bool) -> bool:
    """Whether a word of `text` begins, or is whole, like this."""
    at = text.find(beginning)
    while at >= 0:
        after = text[at + len(beginning) : at + len(beginning) + 1]
        if not text[max(0, at - 1) : at].isalnum() and not (is_whole and after.isalnum()):
            return True
        at = text.find(beginning, at + 1)
    return False


class _Writer:
    def __init__(self, text: str, start: int) -> None:
        self.pieces: list[str] = []
        self.places: list[int] = []
        self._text = text
        self._start = start

    def copy(self, start: int, end: int) -> None:
        self.pieces.append(self._text[start:end])
        self.places.extend(range(self._start + start, self._start + end))

    def write(self, character: str, at: int) -> None:
        self.pieces.append(character)
        self.places.append(self._start + at)


def _write_inside(writer: _Writer, gap: re.Match[str], dropped: Collection[int]) -> None:
    """Of a sentence, where nothing but a soft hyphen or the end of a line may be."""
    text, hyphen, begin = gap.string, gap["hyphen"] or "", gap.start() + len(gap["hyphen"] or "")
    after = text[gap.end() : gap.end() + 1]
    if gap["soft"] or (hyphen and after.isalpha() and (hyphen == _SOFT_HYPHEN or gap.start() in dropped)):
        return
    writer.copy(gap.start(), begin)
    if hyphen and after.isalnum():
        if _SECOND_THERE.match(text, gap.end()):
            writer.write(" ", begin)
    elif gap.groupdict().get("cue") or _is_wrapped(text, begin, gap.end()):
        if not (_WIDE.match(text[begin - 1]) and _WIDE.match(after)):
            writer.write(" ", begin)
    else:
        _write_ends(writer, text, begin, gap.end())


def _write_between(writer: _Writer, gap: re.Match[str]) -> None:
    """Of two sentences, or at an edge."""
    begin = gap.start() + len(gap["hyphen"] or "")
    writer.copy(gap.start(), begin)
    if gap.groupdict().get("cue"):
        writer.write("\n", begin)
    else:
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
