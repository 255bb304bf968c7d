"""A file to a document: its text fixed, its outline found, its record made."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from quoth.analyze import ANALYZER_VERSION, detect_language
from quoth.chunk import headings_of, outline_of
from quoth.parsing import PARSER_VERSION, UnreadError, installed_parser, is_for_ocr, opened, without_mark
from quoth.records import (
    Block,
    Document,
    DocumentInfo,
    Heading,
    Parsed,
    Skipped,
    Source,
    Span,
    State,
    shorten,
    with_space,
)
from quoth.segment import find_blocks, find_furniture

Parse = Callable[[Path, str], Parsed]

LONGEST_TITLE = 300
"""Characters; a longer one is cut after a word."""
_LAYOUT_VERSION = "words that open a fence"
READING_VERSION = PARSER_VERSION << 32 | zlib.crc32(f"{ANALYZER_VERSION}, {_LAYOUT_VERSION}".encode())
"""Of what turns a file into text, layout and words, but for parsers of other packages."""
READ_ATTEMPTS = 3
"""A file that is being written while it is read is read again this often."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what is known of its layout, for splitting it."""

    document: Document
    blocks: tuple[Block, ...] = ()
    furniture: tuple[Span, ...] = ()
    headings: tuple[Heading, ...] | None = None
    """Those that are embedded with what stands under them; None for those among the blocks."""


def read_document(folder: Path, source_path: str, parse: Parse, ocr: int = 0) -> Reading:
    """Read one file of the folder. A bad file raises nothing: its state and reason say what happened.

    `ocr`: `Ocr.fingerprint` of what `parse` reads pictures with, here and below.
    Raises FileNotFoundError for a file that is not there (any more).
    """
    try:
        for _ in range(READ_ATTEMPTS):
            with opened(folder, source_path) as file:
                digest = file_sha256(file.path)
                parsed = _damaged(source_path, file.trouble) if file.trouble else parse(file.path, source_path)
                if file_sha256(file.path) == digest:  # so that the text is that of these bytes
                    return _reading(file.source, parsed, digest, reading_version(source_path, ocr))
    except FileNotFoundError:
        raise
    except UnreadError as error:
        return Reading(unread(Skipped(source_path, error.state, error.reason)))
    except OSError as error:
        return Reading(unread(Skipped(source_path, State.UNREADABLE, f"{error.strerror}; check the file's rights")))
    reason = "the file changes while it is read; build again when it is finished"
    return Reading(unread(Skipped(source_path, State.UNREADABLE, reason)))


def unread(skipped: Skipped) -> Document:
    """The record of something in the folder that cannot be opened as a file."""
    parsed = Parsed(kind="", state=skipped.state, reason=skipped.reason)
    source = Source(skipped.source, 0, 0)
    return Document(_info(source, parsed, "", "und", reading_version(source.path)), "")


def reading_version(source_path: str, ocr: int = 0) -> int:
    """Of what reads this file. One that was read, or refused, by another is read again by the next build; only
    passages whose text differs then are embedded again.
    """
    return (
        READING_VERSION ^ zlib.crc32(installed_parser(source_path).encode()) ^ (ocr if is_for_ocr(source_path) else 0)
    )


def is_unchanged(folder: Path, info: DocumentInfo, ocr: int = 0) -> bool:
    """Whether reading the file again would give the same document: the same bytes, read in the same way."""
    if info.parser_version != reading_version(info.source, ocr):
        return False
    try:
        with opened(folder, info.source) as file:
            return not file.trouble and file_sha256(file.path) == info.file_sha256
    except (OSError, UnreadError):
        return False


def file_sha256(path: Path) -> str:
    """Hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_of(*parts: str) -> str:
    """32 hexadecimal digits of SHA-256; the lengths keep ("ab", "c") and ("a", "bc") apart."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def passage_id(document_id: str, span: Span, text: str, model: str) -> str:
    """`Passage.id`. `model` is `Embedder.fingerprint`."""
    return hash_of(document_id, str(span.start), str(span.end), text, model)


def _damaged(source_path: str, reason: str) -> Parsed:
    kind = PurePosixPath(source_path).suffix.lower().removeprefix(".") or "unknown"
    return Parsed(kind=kind, state=State.DAMAGED, reason=reason)


def _reading(source: Source, parsed: Parsed, digest: str, version: int) -> Reading:
    text = without_mark(parsed.text)
    furniture = _apart(parsed.furniture or (find_furniture(text) if parsed.is_file_text else ()))
    blocks = parsed.blocks or find_blocks(text, furniture)
    outline = parsed.outline or outline_of(text, blocks)
    info = _info(source, parsed, digest, detect_language(parsed.text), version)
    if not parsed.title and blocks and blocks[0].kind == "heading":
        info = replace(info, title=outline[0].title)
    document = Document(info, parsed.text, parsed.runs, outline, parsed.is_file_text, with_space(text, furniture))
    return Reading(document, blocks, furniture, headings_of(parsed.outline))


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Sorted, those that overlap made one, without empty ones."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        elif len(span):
            apart.append(span)
    return tuple(apart)


def _info(source: Source, parsed: Parsed, digest: str, language: str, version: int) -> DocumentInfo:
    by_ocr = any(run.locator.ocr_confidence is not None for run in parsed.runs)
    text_version = [str(version)] if by_ocr else []  # which words are read depends on what reads them
    return DocumentInfo(
        id=hash_of(source.path, digest, str(PARSER_VERSION), parsed.state, parsed.reason, *text_version),
        source=source.path,
        title=shorten(parsed.title or "", LONGEST_TITLE) or PurePosixPath(source.path).name,
        kind=parsed.kind,
        state=parsed.state,
        reason=parsed.reason,
        file_sha256=digest,
        size=source.size,
        mtime_ns=source.mtime_ns,
        characters=len(parsed.text),
        passages=0,
        language=language,
        parser_version=version,
        author=parsed.author,
        date=parsed.date,
    )
