"""The document and the passage that an address leads to, found again where a build has replaced them since."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quoth.citing import cite
from quoth.records import Document, Span
from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.needs import ReadingLibrary
from quoth.ui.trace import find_changed, find_place, find_same, holds, trace, trace_document


@dataclass(frozen=True, slots=True)
class Located:
    document: Document
    address: Address
    """Of the passage as it is now, with its trace; without one where it is gone."""
    remark: str = ""
    """What became of it since the link was made; "" when it stands where it stood."""


def locate(library: ReadingLibrary, address: Address) -> Located | None:
    """None when neither the path nor the content of the document is in the index any more."""
    document = _find_document(library, address)
    if document is None:
        return None
    found = _locate(document, replace(address, document_id=document.info.id))
    passage, source = found.address.passage, address.trace.source
    now = trace(cite(document, passage)) if passage else trace_document(document.info)
    moved = ""
    if source not in ("", document.info.source):
        moved = say("The file has moved since the link was made; it is now {source}.", source=document.info.source)
    remark = " ".join(filter(None, (moved, found.remark)))
    return Located(document, replace(found.address, trace=now), remark)


def _locate(document: Document, address: Address) -> Located:
    passage, changed = address.passage, not document.info.file_sha256.startswith(address.trace.file_sha256)
    if passage is not None and not holds(address.trace, passage, document.text):
        return _find_passage(document, address, passage)
    if address.at is not None and changed:
        return _find_place(document, address, address.at)
    return Located(document, address)


def _find_document(library: ReadingLibrary, address: Address) -> Document | None:
    try:
        return library.document(address.document_id)
    except KeyError:
        pass
    source, digest = address.trace.source, address.trace.file_sha256
    infos = [info for info in library.documents() if info.state.has_text]
    same_path = [info for info in infos if source and info.source == source]
    same_file = [info for info in infos if digest and info.file_sha256.startswith(digest)]
    for info in (*same_path, *same_file):
        try:
            return library.document(info.id)
        except KeyError:  # replaced since the line above
            continue
    return None


def _find_passage(document: Document, address: Address, passage: Span) -> Located:
    same = find_same(address.trace, passage, document.text)
    if same is not None:
        shift = same.start - passage.start
        marks = tuple(Span(mark.start + shift, mark.end + shift) for mark in address.marks if passage.contains(mark))
        moved = say("This passage has moved since the link was made; here it stands now.")
        return Located(document, replace(address, passage=same, marks=marks, at=None), moved)
    changed = find_changed(address.trace, passage, document.text)
    if changed is not None:
        told = say(
            "This passage has been changed since the link was made: only its beginning and its end are the same."
        )
        return Located(document, replace(address, passage=changed, marks=(), at=None), told)
    gone = say("The words of the link do not stand in this document any more.") if address.trace.quote_sha256 else ""
    return Located(document, replace(address, passage=None, marks=()), gone)


def _find_place(document: Document, address: Address, at: int) -> Located:
    """Of a document that was changed: the words that stood there, else about there."""
    told = say("The file was changed since the link was made.")
    if address.find:
        return Located(document, replace(address, at=None), told)
    place = find_place(address.trace, at, document.text) if address.passage is None else None
    if place is None:
        return Located(document, replace(address, at=min(at, len(document.text))), told)
    return Located(document, replace(address, at=place))
