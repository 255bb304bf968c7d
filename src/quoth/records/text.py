"""What a parser makes of a file: text and where its parts stand.

Offsets are in code points of `Document.text`, half open: a quote is `document.text[start:end]`, never anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal


class State(StrEnum):
    """What became of a file. Every file in the folder ends in exactly one of these. The values stand in JSON."""

    READ = "read"
    PARTLY_READ = "partly_read"
    EMPTY = "empty"
    NEEDS_OCR = "needs_ocr"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_BIG = "too_big"
    TIMED_OUT = "timed_out"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"

    @property
    def has_text(self) -> bool:
        return self in (State.READ, State.PARTLY_READ)

    @property
    def label(self) -> str:
        """For people."""
        return "needs OCR" if self is State.NEEDS_OCR else self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


Unit = Literal["slide", "notes", "row", "code_cell", "markdown_cell", "raw_cell", "output", "cue", "message"]
"""What formats count besides pages and paragraphs: slides and their notes, rows of a sheet, cells of a notebook and
what they put out, subtitles, messages of a mailbox. The values stand in JSON."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a run of text stands in the user's file, in that format's own terms. Counts begin at 1."""

    page: int | None = None
    page_label: str | None = None
    """The number printed on the page, where the file tells it ("xii")."""
    paragraph: int | None = None
    anchor: str | None = None
    """The id of the element, without '#', for html; after the name of its file and '#' for an epub."""
    unit: Unit | None = None
    number: int | None = None
    """Of the unit in its file; None for the one message of a file."""
    begin: str | None = None
    """The first cell of a row ("A12"), the time at which a subtitle appears ("00:01:02.500")."""
    until: str | None = None
    """Its last cell ("D12"), the time at which it goes."""
    ocr_confidence: int | None = None
    """Percent: how sure OCR is of the words. None for text that was not read from a picture."""

    def at_paragraph(self, number: int) -> Locator:
        """As `dataclasses.replace`, which takes three times as long, and there is one for each paragraph."""
        return Locator(
            self.page,
            self.page_label,
            number,
            self.anchor,
            self.unit,
            self.number,
            self.begin,
            self.until,
            self.ocr_confidence,
        )


@dataclass(frozen=True, slots=True)
class Run:
    """From `start` up to the next run's start, `locator` holds."""

    start: int
    locator: Locator


BlockKind = Literal["heading", "paragraph", "list", "table", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that belongs together. Sentences and passages never cross a heading block.

    `level` is 1 to 6 for headings (1 for a plain text's), 0 otherwise.
    """

    span: Span
    kind: BlockKind = "paragraph"
    level: int = 0


TABLE_LEVEL: Final = 20
"""From here on levels are those of the header names of tables, which stand below any heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of a document's outline; `start` is where it begins to hold."""

    start: int
    level: int
    title: str
    is_in_text: bool = True
    """False for what does not stand there: the name of a sheet, the header names of a table before its second row.

    Without a title it is the end of what holds at its level and below.
    """


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser makes of one file.

    For txt and md, `text` is the decoded file itself, with the file's own newlines, so that offsets and line numbers
    are those of the user's file (`is_file_text`). The only edits a parser may make keep the length: NUL and lone
    surrogates become U+FFFD.
    """

    kind: str
    """The format: txt, md, html, pdf, docx, epub and so on."""
    text: str = ""
    title: str | None = None
    """From the document's own metadata or first heading; None when it has none."""
    runs: tuple[Run, ...] = ()
    """Sorted by start. Empty when line numbers say all there is to say."""
    blocks: tuple[Block, ...] = ()
    """Sorted, not overlapping. Empty for plain text, whose blocks `segment` finds."""
    outline: tuple[Heading, ...] = ()
    """Sorted by start. Empty = made from heading blocks."""
    furniture: tuple[Span, ...] = ()
    """Page heads and feet, times of subtitles, quote marks and the like: part of the text, not of its sentences."""
    is_file_text: bool = False
    encoding: str | None = None
    state: State = State.READ
    reason: str = ""
    """One sentence for people when the state is not `read`: what happened and what to do."""
    author: str = ""
    """From the document's own metadata, as people write it; several with "; " between them. "" when it has none."""
    date: str = ""
    """Of the document, from its own metadata: ISO 8601, as exact as is known ("2024", "2024-05-31"); "" for none."""
