"""Where a quote stands, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    if citation.first_line is not None and citation.last_page in (None, citation.page):
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
    if " " in cut[width // 2 :]:
        cut = cut[: cut.rfind(" ")]
    return cut.rstrip(" ,;:-") + "…"


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
    now: Citation | None = None
    """Where the quote stands now; None when it does not."""
