"""Evidence for tests, of texts given here or made by hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from quoth.citing import cite, sha256
from quoth.evidence import Evidence, Exhibit, Log
from quoth.records import (
    UNIT_NAMES,
    Citation,
    Document,
    DocumentInfo,
    Locator,
    Run,
    Span,
    State,
    Verdict,
    VerificationResult,
)

MADE_AT = datetime(2026, 11, 23, 13, 20, 5, tzinfo=UTC)
LOG = Log("Who resigned?", datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC), 12, "model@abc", Verdict.ANSWERS, 0.875)


def document_of(
    text: str, source: str = "news.txt", *, title: str = "The news", pages: tuple[int, ...] = ()
) -> Document:
    info = DocumentInfo(
        id=sha256(f"{source}\n{text}")[:32],
        source=source,
        title=title,
        kind="pdf" if pages else "txt",
        state=State.READ,
        reason="",
        file_sha256=sha256(text),
        size=len(text.encode()),
        mtime_ns=1,
        characters=len(text),
        passages=1,
        language="en",
        parser_version=1,
    )
    runs = tuple(Run(start, Locator(page=number)) for number, start in enumerate(pages, start=1))
    return Document(info, text, runs=runs, is_file_text=not pages)


def exhibit_of(document: Document, quote: str = "", note: str = "", log: Log | None = LOG) -> Exhibit:
    """The first place of `quote`; without one, the whole text."""
    start = document.text.index(quote)
    citation = cite(document, Span(start, start + len(quote or document.text)))
    return Exhibit(citation, note, log, document.info.id)


def evidence_of(*exhibits: Exhibit) -> Evidence:
    return Evidence(exhibits, MADE_AT)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
quotes = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
_hard = [
    "{",
    "}",
    "\\",
    "$",
    "%",
    "~",
    "^",
    "-",
    "--",
    "''",
    "``",
    '"',
    "\n",
    "\r\n",
    "\r",
    "\t",
    "=1+1",
    "a",
    " ",
    "@",
]
hard_quotes = st.lists(st.sampled_from(_hard), min_size=1, max_size=12).map("".join) | quotes
counts = st.integers(min_value=0, max_value=10**9)
logs = st.builds(
    Log,
    question=texts,
    asked_at=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)).map(
        lambda time: time.replace(microsecond=0)
    ),
    generation=counts,
    model=texts,
    verdict=st.sampled_from(Verdict),
    probability=st.floats(0, 1),
    history=st.lists(texts, max_size=2).map(tuple),
    sources=st.lists(texts, max_size=2).map(tuple),
    drop=st.lists(texts, max_size=2).map(tuple),
)
citations = st.builds(
    Citation,
    title=texts,
    source=texts,
    quote=hard_quotes,
    start=st.just(0),
    end=counts,
    file_sha256=texts,
    quote_sha256=texts,
    section=st.lists(texts, max_size=2).map(tuple),
    page=st.none() | counts,
    page_label=st.none() | texts,
    last_page=st.none() | counts,
    first_line=st.none() | counts,
    last_line=st.none() | counts,
    paragraph=st.none() | counts,
    unit=st.none() | st.sampled_from(sorted(UNIT_NAMES)),
    number=st.none() | counts,
    last_number=st.none() | counts,
    begin=st.none() | texts,
    until=st.none() | texts,
    ocr_confidence=st.none() | counts,
    author=texts,
    date=texts,
)
exhibits = st.builds(
    Exhibit,
    citation=citations,
    note=texts,
    log=st.none() | logs,
    document_id=texts,
    standing=st.sampled_from(VerificationResult),
    remark=texts,
)
evidences = st.lists(exhibits, max_size=2).map(lambda several: evidence_of(*several))
