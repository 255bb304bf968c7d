"""Exhibits against the documents of the index: each is cited anew, and what does not stand any more is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from quoth.citing import sha256
from quoth.evidence.exhibits import Evidence, Exhibit
from quoth.records import Document, DocumentInfo, VerificationResult
from quoth.verify import compare

ReadDocument = Callable[[str], Document]
"""Document id to document; raises KeyError when a build has taken it away."""
CheckFile = Callable[[str], str]
"""Document id to why its file is not the one that was read, for people; "" when it is."""


def renew(
    evidence: Evidence, known: Sequence[DocumentInfo], read: ReadDocument, check: CheckFile, made_at: datetime
) -> Evidence:
    """Every exhibit is kept, in order. A quote that still stands is cut out of its document again.

    `known`: the documents of the index. They are looked through in this order: the one of that path, those with the
    content that was cited. Of a file that is not the one that was read nothing can be said: `check` is asked once.
    """
    check = cache(check)
    renewed = tuple(_renew(exhibit, known, read, check) for exhibit in evidence.exhibits)
    return Evidence(renewed, made_at)


def _renew(exhibit: Exhibit, known: Sequence[DocumentInfo], read: ReadDocument, check: CheckFile) -> Exhibit:
    cited = exhibit.citation
    if sha256(cited.quote) != cited.quote_sha256:
        return _gone(exhibit, "the quote is not the one that was cited: its hash differs")
    remark = f"{cited.source} is not in the index any more"
    for document in _documents(exhibit, known, read):
        if doubt := check(document.info.id):
            remark = doubt
            continue
        found = compare(cited, document)
        if found.now is None:
            remark = found.reason
            continue
        standing = found.result if document.info.source == cited.source else VerificationResult.MOVED
        return replace(
            exhibit, citation=found.now, document_id=document.info.id, standing=standing, remark=found.reason
        )
    return _gone(exhibit, remark)


def _documents(exhibit: Exhibit, known: Sequence[DocumentInfo], read: ReadDocument) -> Iterator[Document]:
    cited = exhibit.citation
    same_path = [info for info in known if info.source == cited.source]
    same_content = [info for info in known if info.file_sha256 == cited.file_sha256 and info not in same_path]
    for info in (*same_path, *same_content):
        if info.state.has_text:
            try:
                yield read(info.id)
            except KeyError:  # a build has replaced it since `known` was listed
                continue


def _gone(exhibit: Exhibit, remark: str) -> Exhibit:
    """The words stay those that the reader kept; nothing says any more that they are the document's."""
    return replace(exhibit, document_id="", standing=VerificationResult.CHANGED, remark=remark)
