"""The text of a mail as it was typed: paragraphs, items, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.parsing.stretches import Stretch
from quoth.records import Block, Span

_NEWLINE = re.compile(r"\r\n?")
_QUOTE_MARKS = re.compile(r"(?:>[ \t]?)+")
_ITEM = re.compile(r"(?:[-*•–·+]|\d{1,3}[.)])[ \t]+\S")
_RULE = re.compile(r"--|[-_=*~#]{3,}")
"""A line that only parts what is above it from what is below; "--" stands above signatures (RFC 3676, 4.3)."""
_ARMOR = re.compile(
    r"-----BEGIN PGP (MESSAGE|SIGNATURE)-----"
    r"(?:(?:(?!-----BEGIN PGP ).)*?-----END PGP \1-----"
    r"|(?:\n[> \t]*+(?:(?:Version|Hash|Comment|Charset|MessageID): [^\n]*"
    r"|[A-Za-z0-9+/]{60,}={0,2}|[A-Za-z0-9+/]+={1,2}|=[A-Za-z0-9+/]{4})?[ \t]*(?=\n|\Z))*)",
    re.DOTALL,
)
"""Of one that nothing closes, only lines that PGP writes (RFC 9580, 6.2): what follows may be the mail."""
_INK = re.compile(r"[^\n]")
_WIDEST_LINE = 80
"""Columns: mail programs that wrap do so before."""
_NARROWEST_LINE = 50
_LONGEST_WRAPPED = 100
"""Columns: a longer line, a URL aside, is a paragraph."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    """Of its words."""
    words: str
    marks: Span
    """The ">" before its words, and the white space between."""
    depth: int
    """How many of them."""
    ends_soft: bool
    """With a space, after which its paragraph goes on where the text is flowed."""

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    @property
    def is_item(self) -> bool:
        return _ITEM.match(self.words) is not None


def read_typed(text: str, *, is_flowed: bool = False) -> Stretch:
    """Paragraphs go on over the ends of wrapped lines. Quote marks, rules and what PGP wrote are furniture.

    `is_flowed`: lines that end with a space go on (RFC 3676).
    """
    text = _NEWLINE.sub("\n", text).rstrip()
    armors = [Span(*found.span()) for found in _ARMOR.finditer(text)]
    lines = list(_lines(_ARMOR.sub(lambda found: _INK.sub(" ", found[0]), text)))
    rules = [Span(line.start, line.end) for line in lines if _RULE.fullmatch(line.words)]
    furniture = sorted([*armors, *rules, *(line.marks for line in lines if len(line.marks))])
    width = max((len(line.words) for line in lines if len(line.words) <= _WIDEST_LINE), default=0)
    groups: list[list[_Line]] = [[]]
    previous: _Line | None = None
    for line in lines:
        if previous is None or not _goes_on(previous, line, width, is_flowed):
            groups.append([])
        if not _parts(line):
            groups[-1].append(line)
        previous = line
    return Stretch(text, tuple(_block(group) for group in groups if group), tuple(furniture))


def is_encrypted(text: str) -> bool:
    """Whether PGP wrote at least a part of it."""
    return any(found[1] == "MESSAGE" for found in _ARMOR.finditer(text))


def _lines(text: str) -> Iterator[_Line]:
    offset = 0
    for raw in text.split("\n"):
        marks = _QUOTE_MARKS.match(raw)
        before = marks.end() if marks else 0
        words = raw[before:].strip()
        start = offset + before + len(raw[before:]) - len(raw[before:].lstrip()) if words else offset + before
        yield _Line(start, words, Span(offset, offset + before), raw[:before].count(">"), raw.endswith(" "))
        offset += len(raw) + 1


def _parts(line: _Line) -> bool:
    return not line.words or _RULE.fullmatch(line.words) is not None


def _goes_on(previous: _Line, line: _Line, width: int, is_flowed: bool) -> bool:
    if _parts(previous) or _parts(line) or line.is_item or previous.depth != line.depth:
        return False
    if is_flowed or line.words[0].islower():
        return previous.ends_soft or not is_flowed
    first_word = line.words.split(None, 1)[0]
    has_room = len(previous.words) + 1 + len(first_word) <= max(width, _NARROWEST_LINE)
    return not has_room and len(previous.words) <= _LONGEST_WRAPPED


def _block(lines: Sequence[_Line]) -> Block:
    return Block(Span(lines[0].start, lines[-1].end), "list" if lines[0].is_item else "paragraph")
