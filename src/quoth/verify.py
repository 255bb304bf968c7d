"""A citation against the file as it is now: exact, moved, or changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from quoth.citing import CONTEXT_CHARACTERS, cite, sha256
from quoth.parsing import exists
from quoth.records import Citation, Document, DocumentInfo, Span, Verification, VerificationResult

Read = Callable[[str], Document]
"""Path inside the folder to the document that the file is now."""

_MOST_PLACES = 100
"""From the beginning of a document, and again around the cited place; a single letter stands in more."""
_SHORT = 200
"""Characters of a quote up to which it is looked for backwards too, where Python is slow with long ones."""


def verify(citation: Citation, *, folder: Path, read: Read, known: Sequence[DocumentInfo]) -> Verification:
    """Read the cited file again and look for the quote.

    Exact: the same characters stand at the same offsets. Moved: they stand elsewhere in the file, or the file has
    another name (found through `known` by its hash). Changed: they stand nowhere, or the citation was altered.
    Raises SourceError when the citation names a path outside the folder.
    """
    if sha256(citation.quote) != citation.quote_sha256:
        return _changed("the quote in the citation is not the one that was cited: its hash differs", file_changed=False)
    if not exists(folder, citation.source):
        return _find_renamed(citation, folder, read, known)
    try:
        return compare(citation, read(citation.source))
    except FileNotFoundError:  # gone since the line above
        return _find_renamed(citation, folder, read, known)


def _find_renamed(citation: Citation, folder: Path, read: Read, known: Sequence[DocumentInfo]) -> Verification:
    for info in known:
        if info.file_sha256 == citation.file_sha256 and exists(folder, info.source):
            document = read(info.source)
            span = Span(citation.start, citation.start + len(citation.quote))
            if span.of(document.text) == citation.quote:
                reason = f"the same words stand in {info.source}, a file with the same content"
                return Verification(VerificationResult.MOVED, reason, file_changed=False, now=cite(document, span))
    return _changed(f"{citation.source} is not in the folder any more", file_changed=True)


def compare(citation: Citation, document: Document) -> Verification:
    """Whether the quote stands in `document`, which may have another name or content than the one cited."""
    file_changed = document.info.file_sha256 != citation.file_sha256
    if not document.info.state.has_text:
        return _changed(f"{citation.source} cannot be read: {document.info.reason}", file_changed=file_changed)
    if document.text.startswith(citation.quote, citation.start):
        now = cite(document, Span(citation.start, citation.start + len(citation.quote)))
        reason = "the file has changed, but not these words or their place" if file_changed else "the file is unchanged"
        return Verification(VerificationResult.EXACT, reason, file_changed, now)
    starts = _starts(citation, document.text)
    if not starts:
        return _changed(f"the words do not stand in {citation.source} any more", file_changed=file_changed)
    start = _best(starts, citation, document.text)
    now = cite(document, Span(start, start + len(citation.quote)))
    also = f" (and at {_places(len(starts) - 1)})" if len(starts) > 1 else ""
    reason = f"the same words stand at {now.where or f'offset {start}'}{also}"
    return Verification(VerificationResult.MOVED, reason, file_changed, now)


def occurrences(text: str, quote: str, start: int = 0) -> Iterator[int]:
    """Offsets from `start` on at which `quote` stands in `text`, overlapping ones included."""
    start = text.find(quote, start)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def occurrences_near(text: str, quote: str, place: int) -> Iterator[int]:
    """As `occurrences`, the nearest to `place` first. For short quotes."""
    after = text.find(quote, place)
    before = text.rfind(quote, 0, place + len(quote) - 1)
    while after >= 0 or before >= 0:
        if before < 0 or 0 <= after - place <= place - before:
            yield after
            after = text.find(quote, after + 1)
        else:
            yield before
            before = text.rfind(quote, 0, before + len(quote) - 1)


def _starts(citation: Citation, text: str) -> Sequence[int]:
    """All of them, unless there are more than _MOST_PLACES: then the first ones and those near the cited place."""
    starts = list(islice(occurrences(text, citation.quote), _MOST_PLACES))
    if len(starts) == _MOST_PLACES and len(citation.quote) <= _SHORT:
        starts += islice(occurrences_near(text, citation.quote, citation.start), _MOST_PLACES)
    return starts


def _best(starts: Sequence[int], citation: Citation, text: str) -> int:
    """The occurrence whose surroundings are most like those of the quote, then the nearest to where it stood."""
    prefix, suffix = citation.prefix[-CONTEXT_CHARACTERS:], citation.suffix[:CONTEXT_CHARACTERS]  # `cite` keeps no more

    def likeness(start: int) -> tuple[int, int]:
        before = _common(text[max(0, start - len(prefix)) : start][::-1], prefix[::-1])
        end = start + len(citation.quote)
        after = _common(text[end : end + len(suffix)], suffix)
        return before + after, -abs(start - citation.start)

    return max(starts, key=likeness)


def _common(one: str, other: str) -> int:
    """Length of the common beginning."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _changed(reason: str, *, file_changed: bool) -> Verification:
    return Verification(VerificationResult.CHANGED, reason, file_changed)


def _places(count: int) -> str:
    if count >= _MOST_PLACES - 1:
        return f"{_MOST_PLACES - 1} more places at least"
    return "1 more place" if count == 1 else f"{count} more places"
