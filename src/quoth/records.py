"""What Quoth passes around: frozen values, standard library only.

Offsets are in code points of `Document.text`, half open: a quote is `document.text[start:end]`, never anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class State(StrEnum):
    """What became of a file. Every file in the folder ends in exactly one of these."""

    READ = "read"
    PARTLY_READ = "partly read"
    EMPTY = "empty"
    NEEDS_OCR = "needs OCR"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_BIG = "too big"
    TIMED_OUT = "timed out"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"

    @property
    def has_text(self) -> bool:
        return self in (State.READ, State.PARTLY_READ)


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


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a run of text stands in the user's file, in that format's own terms. Counts begin at 1."""

    page: int | None = None
    page_label: str | None = None
    """The number printed on the page, where the file tells it ("xii")."""
    paragraph: int | None = None
    anchor: str | None = None
    """The id of the element, without '#', for html."""


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


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of a document's outline; `start` is where it begins to hold."""

    start: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser makes of one file.

    For txt and md, `text` is the decoded file itself, with the file's own newlines, so that offsets and line numbers
    are those of the user's file (`is_file_text`). The only edits a parser may make keep the length: NUL and lone
    surrogates become U+FFFD.
    """

    kind: str
    """The format: txt, md, html, pdf, docx."""
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
    """Page heads, feet and numbers: part of the text, hidden from the sentence finder."""
    is_file_text: bool = False
    encoding: str | None = None
    state: State = State.READ
    reason: str = ""
    """One sentence for people when the state is not `read`: what happened and what to do."""


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


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose text is fixed: equal file bytes and parser version give equal text."""

    info: DocumentInfo
    text: str
    runs: tuple[Run, ...] = ()
    outline: tuple[Heading, ...] = ()
    is_file_text: bool = False


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
class Citation:
    """Where a quote stands and how to check it. Written to JSON in this field order; see docs/reference."""

    title: str
    source: str
    """Path inside the folder of documents."""
    quote: str
    start: int
    end: int
    file_sha256: str
    quote_sha256: str
    prefix: str = ""
    """Up to 32 characters before the quote, to find a moved one (W3C Web Annotation, TextQuoteSelector)."""
    suffix: str = ""
    section: tuple[str, ...] = ()
    page: int | None = None
    page_label: str | None = None
    last_page: int | None = None
    first_line: int | None = None
    """Lines of the file for txt and md, of the page for pdf, else None."""
    last_line: int | None = None
    paragraph: int | None = None
    anchor: str | None = None

    @property
    def where(self) -> str:
        """For people: "lines 56-58", "p. xii", "Results › Costs, paragraph 12"."""
        return ", ".join(_where(self))

    @property
    def label(self) -> str:
        """One line for people: the title, cut at a word, and where."""
        return ", ".join(part for part in (shorten(self.title, 60), self.where) if part)


def _where(citation: Citation) -> list[str]:
    parts = []
    if citation.page is not None:
        parts.append(_pages(citation))
    elif citation.first_line is None and citation.section:
        parts.append(" › ".join(citation.section))
    if citation.first_line is not None:
        parts.append(_number("line", citation.first_line, citation.last_line))
    if citation.paragraph is not None:
        parts.append(f"paragraph {citation.paragraph}")
    return parts


def _pages(citation: Citation) -> str:
    if citation.last_page not in (None, citation.page):
        return f"pp. {citation.page}-{citation.last_page}"
    if citation.page_label not in (None, str(citation.page)):
        return f"p. {citation.page_label} (page {citation.page} of the file)"
    return f"p. {citation.page}"


def _number(noun: str, first: int, last: int | None) -> str:
    return f"{noun} {first}" if last in (None, first) else f"{noun}s {first}-{last}"


def shorten(text: str, width: int) -> str:
    """`text` on one line, cut after a word to at most `width` characters with "…" at the end."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[width // 2 :] else cut) + "…"


class Verdict(StrEnum):
    """Whether the first passage answers. Thresholds: see `rank`."""

    ANSWERS = "answers"
    CLOSEST = "closest passages, probably not an answer"
    NOTHING = "nothing found"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and why."""

    passage: Passage
    citation: Citation
    score: float
    """What the hits are ordered by; comparable within one answer only."""
    cosine: float
    """Between the question's and the passage's embedding, -1 to 1."""
    word_score: float
    """BM25 of the word search, 0 when no word matched. Comparable within one answer only."""
    late_score: float | None
    """Late interaction, 0 to 1: mean over the question's tokens of the best cosine. None when it was not computed."""
    terms: tuple[str, ...]
    """Words of the question, as asked, that stand in the passage in some form."""
    highlights: tuple[Span, ...] = ()
    """The sentences that answer, in offsets of the document; empty when none stands out."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a question was asked of."""

    documents: int
    """Documents with text that were searched."""
    passages: int
    unread: tuple[Skipped, ...] = ()
    """Files among those asked that hold no searchable text, or only part of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Passages in order, best first. No sentence in it was generated."""

    question: str
    verdict: Verdict
    probability: float
    """Estimated chance that the first passage answers, 0 to 1."""
    hits: tuple[Hit, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not, or not wholly, in the index, and why."""

    source: str
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a build. `done` and `total` count files while reading and passages while embedding."""

    step: Literal["scanning", "reading", "embedding", "saving"]
    done: int
    total: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. added + changed + unchanged + len(skipped without text) = files in the folder."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    skipped: tuple[Skipped, ...]
    """Every file of the folder whose state is not `read`, unchanged ones included."""
    passages: int
    """In the index now."""
    embedded: int
    """Passages whose vector was computed in this build."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Status:
    """What is in the index."""

    folder: str
    documents: int
    passages: int
    model: str
    generation: int
    """Grows by one with every commit."""
    languages: tuple[tuple[str, int], ...]
    """(language, documents), most frequent first."""
    skipped: tuple[Skipped, ...]
    stale: tuple[str, ...]
    """Paths that were added, changed or removed in the folder since the last build."""
    bytes_on_disk: int


class VerificationResult(StrEnum):
    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a quote in the file as it is now."""

    result: VerificationResult
    reason: str
    """One sentence for people."""
    file_changed: bool
    citation: Citation | None = field(default=None)
    """Where the quote stands now; None when it does not."""
