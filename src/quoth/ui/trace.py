"""What an address says of a passage besides its offsets, so that a rebuild of the index does not lose it: pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from quoth.citing import sha256
from quoth.records import Citation, Document, DocumentInfo, Span
from quoth.verify import occurrences_near

BEGINNING_CHARACTERS = 24
"""Of a passage, at either end of it."""
_DIGEST_CHARACTERS = 12
_MOST_PATH = 1_000
MOST_COMPARED = 50
"""Places that begin and end like the quote, compared with its hash."""
_MOST_STARTS = 500
_LONGEST = 10_000
"""Of a quote that is looked for; no link of the page has one as long."""
_DIGEST = re.compile(rf"[0-9a-f]{{{_DIGEST_CHARACTERS}}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Trace:
    """Written as `file` (path), `f` (hash of the file), `t` (beginning and end of the quote), `h` (its hash)."""

    source: str = ""
    file_sha256: str = ""
    """The first digits."""
    beginning: str = ""
    """All of a short quote."""
    end: str = ""
    quote_sha256: str = ""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        named = (("file", self.source), ("f", self.file_sha256), ("h", self.quote_sha256))
        words = (("t", self.beginning), ("t", self.end))
        return tuple((name, value) for name, value in (*named, *words) if value)


NO_TRACE = Trace()


def trace(citation: Citation) -> Trace:
    quote = citation.quote
    is_short = len(quote) <= 2 * BEGINNING_CHARACTERS
    return Trace(
        citation.source,
        citation.file_sha256[:_DIGEST_CHARACTERS],
        quote if is_short else quote[:BEGINNING_CHARACTERS],
        "" if is_short else quote[-BEGINNING_CHARACTERS:],
        citation.quote_sha256[:_DIGEST_CHARACTERS],
    )


def trace_document(info: DocumentInfo) -> Trace:
    return Trace(info.source, info.file_sha256[:_DIGEST_CHARACTERS])


def trace_place(document: Document, offset: int) -> Trace:
    """By the beginning of the line that stands at `offset`."""
    line = re.split(r"[\r\n]", document.text[offset : offset + 2 * BEGINNING_CHARACTERS], maxsplit=1)[0]
    return replace(trace_document(document.info), beginning=line)


def parse_trace(fields: Mapping[str, str], words: Sequence[str]) -> Trace:
    """`words`: the values of `t`, in order. What makes no sense is left out."""
    file_sha256, quote_sha256 = fields.get("f", ""), fields.get("h", "")
    beginning, end, *_ = (*(word[: 2 * BEGINNING_CHARACTERS] for word in words), "", "")
    return Trace(
        fields.get("file", "")[:_MOST_PATH],
        file_sha256 if _DIGEST.fullmatch(file_sha256) else "",
        beginning,
        end,
        quote_sha256 if _DIGEST.fullmatch(quote_sha256) else "",
    )


def holds(trace: Trace, passage: Span, text: str) -> bool:
    """Whether the quote stands in `text` at `passage`; where nothing is known of it, whether the text reaches there."""
    if passage.end > len(text):
        return False
    return not trace.quote_sha256 or sha256(passage.of(text)).startswith(trace.quote_sha256)


def find_same(trace: Trace, passage: Span, text: str) -> Span | None:
    """Where the very words of the quote, which stood at `passage`, stand now: the nearest place."""
    to_end = len(passage) - len(trace.end)
    alike = (start for start in _starts(trace, passage, text) if text.startswith(trace.end, start + to_end))
    spans = (Span(start, start + len(passage)) for start in islice(alike, MOST_COMPARED))
    return next((span for span in spans if holds(trace, span, text)), None)


def find_changed(trace: Trace, passage: Span, text: str) -> Span | None:
    """A passage that begins and ends with the same words, at most half as long again: that of the nearest length."""
    if not trace.end:
        return None
    spans = []
    for start in _starts(trace, passage, text):
        end = text.find(trace.end, start + len(trace.beginning), start + len(passage) * 3 // 2)
        if end >= 0:
            spans.append(Span(start, end + len(trace.end)))
    return min(spans, key=lambda span: (abs(len(span) - len(passage)), abs(span.start - passage.start)), default=None)


def find_place(trace: Trace, at: int, text: str) -> int | None:
    """Where the words that stood at the offset `at` stand now: the nearest place."""
    return next(occurrences_near(text, trace.beginning, at), None) if trace.beginning else None


def _starts(trace: Trace, passage: Span, text: str) -> Iterator[int]:
    """Where the beginning of the quote stands, the nearest first; nothing for a quote that no page made a link of."""
    length = len(passage)
    is_whole = not trace.end and length == len(trace.beginning)
    is_cut = len(trace.beginning) == len(trace.end) == BEGINNING_CHARACTERS and length > 2 * BEGINNING_CHARACTERS
    if trace.quote_sha256 and length <= _LONGEST and (is_whole or is_cut):
        yield from islice(occurrences_near(text, trace.beginning, passage.start), _MOST_STARTS)
