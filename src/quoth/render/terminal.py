"""Answers and reports as plain text, with bold type when `styled`. What documents say is made `visible` first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from quoth.records import (
    Answer,
    BuildReport,
    Citation,
    DocumentInfo,
    Hit,
    Ignored,
    Skipped,
    Status,
    Verification,
    VerificationResult,
)
from quoth.render.languages import language_advice, languages_line
from quoth.render.passages import Stretch, lines_of
from quoth.render.visible import one_line, visible
from quoth.render.words import (
    also_in_lines,
    carried_line,
    conditions_line,
    count,
    file_line,
    ignored_line,
    interrupted_line,
    named_line,
    place_to_check,
    unread_lines,
    verdict_line,
)

BOLD = "1"
MARKED = "1;4"
"""Bold and underlined."""
_PLACES_SHOWN = 5


def answer_text(answer: Answer, folder: PurePath, *, styled: bool) -> str:
    """`folder`: where the documents lie, to say where each quote can be checked."""
    blocks = [[_style(verdict_line(answer), BOLD, styled=styled), *_warnings(answer)]]
    blocks += [_hit_lines(number, hit, folder, styled=styled) for number, hit in enumerate(answer.hits, start=1)]
    return "\n\n".join("\n".join(block) for block in blocks)


def build_text(report: BuildReport) -> str:
    """What was done, then every file that is not wholly read."""
    lines = [
        f"added      {len(report.added):,}",
        f"changed    {len(report.changed):,}",
        f"removed    {len(report.removed):,}",
        f"unchanged  {report.unchanged:,}",
        *_ignored_lines(report.ignored),
        f"passages   {report.passages:,}, {report.embedded:,} of them embedded now",
        f"took       {report.seconds:.1f} s",
    ]
    return "\n".join([*lines, *_file_lines(report.skipped)])


def status_text(status: Status, documents: Sequence[DocumentInfo] | None = None) -> str:
    """With `documents`, each of them has a line."""
    lines = [
        f"folder     {one_line(status.folder)}",
        f"documents  {status.documents:,}",
        *_ignored_lines(status.ignored),
        f"passages   {status.passages:,}",
        f"languages  {languages_line(status.languages)}",
        f"model      {one_line(status.model)}",
        f"size       {status.bytes_on_disk / 1e6:,.1f} MB",
        *([f"OCR        {one_line(status.ocr)}"] if status.ocr else []),
    ]
    if status.interrupted:
        lines += ["", interrupted_line()]
    if status.folder_is_missing:
        lines += ["", "The folder is not there, so nothing can be said of changes in it."]
    if advice := language_advice(status.foreign_languages):
        lines += ["", advice]
    if not status.is_calibrated:
        lines += ["", "The chances of answers were fitted for another model; `quoth calibrate` fits them for this one."]
    if status.stale:
        lines += ["", f"{count(len(status.stale), 'file')} changed since the last build, run `quoth build`:"]
        lines += [f"  {one_line(path)}" for path in status.stale]
    return "\n".join([*lines, *_file_lines(status.skipped), *_document_lines(documents or ())])


def verifications_text(checked: Sequence[tuple[Citation, Verification]], folder: PurePath, *, styled: bool) -> str:
    """`checked`: each citation with what became of it."""
    lines = [line for cited, now in checked for line in _verification_lines(cited, now, folder, styled=styled)]
    results = [verification.result for _, verification in checked]
    counts = [(results.count(result), result.value) for result in VerificationResult]
    return "\n".join([*lines, "", ", ".join(f"{number:,} {name}" for number, name in counts if number)])


def _warnings(answer: Answer) -> Iterator[str]:
    for line in filter(None, (conditions_line(answer), named_line(answer), carried_line(answer))):
        yield one_line(line)
    if answer.coverage.interrupted:
        yield interrupted_line()
    yield from (f"  {line}" for line in unread_lines(answer.coverage))


def _hit_lines(number: int, hit: Hit, folder: PurePath, *, styled: bool) -> list[str]:
    return [
        _style(f"{number}. {one_line(hit.citation.label)}", BOLD, styled=styled),
        *(_styled_lines(hit) if styled else _plain_lines(hit)),
        f"   {one_line(place_to_check(hit.citation, folder))}",
        *(f"   {line}" for line in _also_in(hit, folder)),
    ]


def _also_in(hit: Hit, folder: PurePath) -> Iterator[str]:
    lines = also_in_lines(hit, folder)
    yield from map(one_line, lines[:_PLACES_SHOWN])
    more = max(0, len(lines) - _PLACES_SHOWN) + hit.more_places
    if more:
        listed = f"the first {len(lines)}" if hit.more_places else "them"
        yield f"and in {count(more, 'more place')}: `quoth ask --json` lists {listed}"


def _styled_lines(hit: Hit) -> Iterator[str]:
    for stretches in lines_of(hit):
        yield "   " + "".join(_style(visible(part.text), MARKED, styled=part.is_highlighted) for part in stretches)


def _plain_lines(hit: Hit) -> Iterator[str]:
    """A mark in the margin, "> " for highlighted; where the highlight begins or ends inside a line, a new line."""
    for stretches in lines_of(hit):
        for position, part in enumerate(stretches or [Stretch("", is_highlighted=False)]):
            margin = "   >" if part.is_highlighted else "   |"
            text = visible(part.text if position == 0 else part.text.lstrip(" \t"))
            yield f"{margin} {text}" if text else margin


def _ignored_lines(ignored: Ignored) -> list[str]:
    line = ignored_line(ignored)
    return [f"left out   {line} by .quothignore"] if line else []


def _file_lines(files: Sequence[Skipped]) -> list[str]:
    if not files:
        return []
    return ["", f"{count(len(files), 'file')} not read, or not wholly:", *(f"  {file_line(file)}" for file in files)]


def _document_lines(documents: Sequence[DocumentInfo]) -> list[str]:
    if not documents:
        return []
    rows = [
        f"  {one_line(info.source)} ({info.kind}, {info.language}, {count(info.passages, 'passage')}): "
        f"{one_line(info.title)}"
        for info in documents
        if info.state.has_text
    ]
    return ["", "documents:", *rows]


def _verification_lines(
    cited: Citation, verification: Verification, folder: PurePath, *, styled: bool
) -> Iterator[str]:
    result = _style(f"{verification.result.value:7}", BOLD, styled=styled)
    yield f"{result}  {one_line(cited.label)}: {one_line(verification.reason)}"
    now = verification.now
    if now is not None and verification.result is not VerificationResult.CHANGED:
        yield f"         {one_line(place_to_check(now, folder))}"


def _style(text: str, code: str, *, styled: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if styled and text else text
