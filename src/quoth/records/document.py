"""Documents and the passages they are split into."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.records.bare import spans_within
from quoth.records.text import Heading, Run, Span, State


@dataclass(frozen=True, slots=True)
class Source:
    """A regular file found in the folder. `path` is relative to the folder, with '/', and names the document."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document without its text."""

    id: str
    """32 hexadecimal digits, from the path and the content of the file."""
    source: str
    title: str
    kind: str
    state: State
    reason: str
    file_sha256: str
    size: int
    mtime_ns: int
    characters: int
    passages: int
    language: str
    """ISO 639-1 code that the words were analysed in; "und" when unknown."""
    parser_version: int
    author: str = ""
    """As `Parsed.author`."""
    date: str = ""
    """As `Parsed.date`."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose text is fixed: equal file bytes and parser version give equal text."""

    info: DocumentInfo
    text: str
    runs: tuple[Run, ...] = ()
    outline: tuple[Heading, ...] = ()
    is_file_text: bool = False
    furniture: tuple[Span, ...] = ()
    """`Parsed.furniture` with the white space that it makes superfluous (`with_space`), not overlapping."""

    def furniture_in(self, span: Span, shown: Sequence[Span] = ()) -> tuple[Span, ...]:
        """What of it lies in `span`, in offsets of that slice, but what holds one of `shown`."""
        kept = spans_within(shown, span)
        return tuple(one for one in spans_within(self.furniture, span) if not any(map(one.contains, kept)))

    def section_at(self, offset: int) -> tuple[str, ...]:
        """Titles of the headings that `offset` stands under, outermost first."""
        return heading_path(self.outline, offset)


def heading_path(outline: Sequence[Heading], offset: int) -> tuple[str, ...]:
    """Titles of the headings that hold at `offset`, outermost first."""
    path: list[Heading] = []
    for heading in outline[: bisect_right(outline, offset, key=lambda heading: heading.start)]:
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    return tuple(heading.title for heading in path if heading.title or heading.is_in_text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences. `text` is `document.text[span.start:span.end]`."""

    id: str
    """32 hexadecimal digits: hash of document, offsets, text and model."""
    document_id: str
    span: Span
    sentences: tuple[Span, ...]
    """In offsets of the document; the first begins and the last ends with the passage."""
    text: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not, or not wholly, in the index, and why."""

    source: str
    state: State
    reason: str
