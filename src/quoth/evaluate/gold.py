"""Where the answers that a file of questions names stand in the documents of the index."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quoth.evaluate.questions import Gold, WrittenQuestion
from quoth.evaluate.scoring import WHOLE_UP_TO, Place
from quoth.records import Document, DocumentInfo, Span
from quoth.verify import occurrences

ReadDocument = Callable[[str], Document]
"""Document id to document."""


@dataclass(frozen=True, slots=True)
class LocatedQuestion:
    """A question that can be asked: every place that it names is there."""

    written: WrittenQuestion
    golds: tuple[Place, ...]
    note: str = ""
    """What changed since it was written, for people; "" when nothing did."""


@dataclass(frozen=True, slots=True)
class LostQuestion:
    """A question that is not asked, because a place that it names is not there (any more)."""

    written: WrittenQuestion
    reason: str
    """What is the matter and what to do."""


@dataclass(frozen=True, slots=True)
class _Found:
    places: tuple[Place, ...] = ()
    problem: str = ""
    note: str = ""


def locate(
    questions: Sequence[WrittenQuestion], known: Sequence[DocumentInfo], read: ReadDocument
) -> tuple[LocatedQuestion | LostQuestion, ...]:
    """Each question with its places, in order. Reads each needed document once; all, when words have no source."""
    golds = tuple(dict.fromkeys(gold for question in questions for gold in question.golds))
    found = _find(golds, known, read)
    return tuple(_located(question, found) for question in questions)


def _located(question: WrittenQuestion, found: Mapping[Gold, _Found]) -> LocatedQuestion | LostQuestion:
    results = [found[gold] for gold in question.golds]
    problems = [result.problem for result in results if result.problem]
    if problems:
        return LostQuestion(question, "; ".join(dict.fromkeys(problems)))
    notes = dict.fromkeys(result.note for result in results if result.note)
    return LocatedQuestion(question, tuple(place for result in results for place in result.places), "; ".join(notes))


def _find(golds: Iterable[Gold], known: Sequence[DocumentInfo], read: ReadDocument) -> dict[Gold, _Found]:
    """Documents are gone through one by one, so that no more than one text is held."""
    anywhere: dict[Gold, list[Place]] = {}
    by_document: dict[str, list[Gold]] = {}
    found: dict[Gold, _Found] = {}
    for gold in golds:
        info = _document_of(gold, known) if gold.source else None
        if not gold.source:
            anywhere[gold] = []
        elif info is None or not info.state.has_text:
            found[gold] = _Found(problem=_why_missing(gold.source, info, known))
        else:
            by_document.setdefault(info.id, []).append(gold)
    for info in known:
        wanted = by_document.get(info.id, [])
        if info.state.has_text and (anywhere or wanted):
            document = read(info.id)
            found.update((gold, _in_document(gold, document)) for gold in wanted)
            for gold, places in anywhere.items():
                places.extend(_places(gold.quote, document))
    found.update((gold, _from_words(gold, places, "any document")) for gold, places in anywhere.items())
    return found


def _document_of(gold: Gold, known: Sequence[DocumentInfo]) -> DocumentInfo | None:
    """The document of that path, else one with the same content: a renamed file."""
    for info in known:
        if info.source == gold.source:
            return info
    return next((info for info in known if gold.file_sha256 and info.file_sha256 == gold.file_sha256), None)


def _in_document(gold: Gold, document: Document) -> _Found:
    info, text = document.info, document.text
    has_changed = bool(gold.file_sha256) and gold.file_sha256 != info.file_sha256
    note = (
        f"{info.source} has changed since the question was written; the words still stand in it" if has_changed else ""
    )
    if gold.span is not None and gold.span.end <= len(text) and gold.quote in ("", gold.span.of(text)):
        return _Found((Place(info.source, gold.span),), note=note)
    if gold.quote:
        found = _from_words(gold, list(_places(gold.quote, document)), info.source)
        moved = "" if gold.span is None or found.problem else f"the words have moved in {info.source}"
        return _Found(found.places, found.problem, note or moved)
    return _Found(
        problem=f"{info.source} ends after {len(text):,} characters, before the place that is named: the file has "
        "changed; name the place anew"
    )


def _places(quote: str, document: Document) -> Iterator[Place]:
    for start in occurrences(document.text, quote):
        yield Place(document.info.source, Span(start, start + len(quote)))


def _from_words(gold: Gold, places: Sequence[Place], where: str) -> _Found:
    """A sentence says the same wherever it stands; a few words do not, so they must stand in one place only."""
    shown = _shortened(gold.quote)
    if not places:
        return _Found(problem=f"the words “{shown}” do not stand in {where}, white space included; copy them anew")
    if len(places) > 1 and len(gold.quote) <= WHOLE_UP_TO:
        return _Found(
            problem=f"the words “{shown}” stand in {len(places)} places of {where}; quote more words around them, or "
            'name the places with "source" and "spans"'
        )
    return _Found(tuple(places))


def _why_missing(source: str, info: DocumentInfo | None, known: Sequence[DocumentInfo]) -> str:
    if info is not None:
        return f"{source} holds no text that could be read ({info.state.label})"
    near = difflib.get_close_matches(source, [other.source for other in known], n=1)
    hint = f"did you mean {near[0]}?" if near else "put it into the folder of documents and run `quoth build`"
    return f"{source} is not in the index; {hint}"


def _shortened(quote: str, width: int = 40) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= width else line[: width - 1] + "…"
