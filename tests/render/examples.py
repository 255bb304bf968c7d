"""Records to render, of one short document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from quoth.citing import cite
from quoth.records import (
    Answer,
    Coverage,
    Document,
    DocumentInfo,
    Hit,
    Passage,
    Skipped,
    Span,
    State,
    Verdict,
)

FOLDER = PurePosixPath("seeds")
TEXT = "It rained. The mayor resigned.\nNobody asked why.\n"
SCAN = Skipped("scan.pdf", State.NEEDS_OCR, "its pages are pictures")


def info_of(text: str, source: str = "news.txt") -> DocumentInfo:
    return DocumentInfo(
        id="d" * 32,
        source=source,
        title="The news",
        kind="txt",
        state=State.READ,
        reason="",
        file_sha256="f" * 64,
        size=len(text.encode()),
        mtime_ns=1,
        characters=len(text),
        passages=1,
        language="en",
        parser_version=1,
    )


def hit_of(text: str, span: Span | None = None, highlights: Sequence[Span] = ()) -> Hit:
    span = span or Span(0, len(text))
    document = Document(info_of(text), text, is_file_text=True)
    passage = Passage("p" * 32, "d" * 32, span, (span,), span.of(text))
    return Hit(passage, cite(document, span), 1.5, 0.5, 3.25, None, ("mayor",), tuple(highlights))


def answer_of(*hits: Hit, verdict: Verdict = Verdict.ANSWERS, coverage: Coverage | None = None) -> Answer:
    return Answer("Who resigned?", verdict, 0.82, hits, coverage or Coverage(1, 3))


NEWS = hit_of(TEXT, Span(0, 48), [Span(11, 30)])
COPIED = replace(
    NEWS,
    also_in=(
        replace(NEWS.citation, source="old.txt", quote=TEXT[:48].upper(), first_line=3, last_line=3),
        replace(NEWS.citation, source="near.txt", quote="Nobody resigned.", first_line=1, last_line=1),
    ),
)
