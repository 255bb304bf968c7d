"""The query part of the page's address: what is asked and which source is open. Every view has one that can be shared.

`?q=question&doc=document id&s=start-end&m=start-end,start-end&at=offset`: `s` is the cited passage, `m` its
highlighted sentences, `at` where the shown part of a long document begins, `find` the words that are looked for in
it; `at` then is the place of the one that is shown. A question that leans on earlier ones has
`after=question`, oldest first, and `drop=term` for each term it must not take over. `new=1` ends the conversation.
`in=pattern`, once or more, says which documents are asked. `view` names another page (`views.py`), with
`and=question` for more questions and `page=number` for more than the first part of a list. `trace.py` has the fields
by which a passage is found again after a rebuild.
Addresses come from outside; what makes no sense in one is left out. One that is too long is refused, for less of it
would be another choice of documents; each link of a page repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from quoth.errors import QuestionError
from quoth.records import Citation, Span
from quoth.ui.trace import NO_TRACE, Trace, parse_trace, trace

MOST_EARLIER = 4
"""Earlier questions in an address, the last ones: each is asked again when the address is opened."""
MOST_PATTERNS = 200
"""Documents that can be chosen one by one; more are chosen by a pattern."""
LONGEST_PATTERN = 500
MOST_CHOSEN = 6_000
"""Characters of all patterns and terms."""
MOST_OTHERS = 20
MOST_SOUGHT = 200
"""Characters that are looked for in a document."""
_MOST_DROPPED = 12
_LONGEST_TERM = 200
_MOST_ASKED = 20_000
"""Characters of all questions."""
_MOST_FIELDS = 300
_MOST_PAGES = 10_000
_MOST_MARKS = 10
_SPAN = re.compile(r"(\d{1,10})-(\d{1,10})", re.ASCII)
_OFFSET = re.compile(r"\d{1,10}", re.ASCII)
_VIEW = re.compile(r"[a-z]{1,20}", re.ASCII)
_DOCUMENT_ID = re.compile(r"[0-9a-zA-Z_-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    question: str = ""
    document_id: str = ""
    passage: Span | None = None
    marks: tuple[Span, ...] = ()
    at: int | None = None
    after: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    is_new: bool = False
    sources: tuple[str, ...] = ()
    """Shell patterns of the documents that are asked; none means all."""
    view: str = ""
    """Which page; "" is the conversation."""
    others: tuple[str, ...] = ()
    """More questions, for a view that asks several."""
    page: int = 1
    find: str = ""
    """Words that are looked for in the document."""
    trace: Trace = NO_TRACE
    """Of the document and the passage."""

    @property
    def asked(self) -> Address:
        """Without the source."""
        return replace(self, document_id="", passage=None, marks=(), at=None, find="", is_new=False, trace=NO_TRACE)

    @property
    def search(self) -> str:
        """From "?" on; "?" alone for the first page."""
        fields = {
            "q": self.question,
            "doc": self.document_id,
            "s": _write_span(self.passage) if self.passage else "",
            "m": ",".join(map(_write_span, self.marks)),
            "at": "" if self.at is None else str(self.at),
            "find": self.find,
            "view": self.view,
            "page": str(self.page) if self.page > 1 else "",
            "new": "1" if self.is_new else "",
        }
        single = [(key, value) for key, value in fields.items() if value]
        lists = {"after": self.after, "drop": self.drop, "in": self.sources, "and": self.others}
        several = [(key, value) for key, values in lists.items() for value in values]
        return "?" + urlencode([*single, *several, *self.trace.fields], errors="replace")

    def at_source(self, document_id: str, citation: Citation, marks: Sequence[Span] = ()) -> Address:
        """Of the source that `citation` names, beside what this one shows; it survives a rebuild of the index."""
        passage = Span(citation.start, citation.end)
        source = replace(self.asked, document_id=document_id, passage=passage, marks=tuple(marks))
        return replace(source, trace=trace(citation))


def parse_address(search: str) -> Address:
    """Raises QuestionError for one that is too long."""
    try:
        pairs = parse_qsl(search.removeprefix("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise too_long() from None
    fields = dict(pairs)
    document_id = fields.get("doc", "")

    def several(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name)

    _check_length(fields.get("q", ""), several)
    view, page = fields.get("view", ""), fields.get("page", "")
    asked = Address(
        fields.get("q", ""),
        after=several("after")[-MOST_EARLIER:],
        drop=several("drop"),
        is_new=fields.get("new") == "1",
        sources=several("in"),
        view=view if _VIEW.fullmatch(view) else "",
        others=several("and")[:MOST_OTHERS],
        page=min(int(page), _MOST_PAGES) if _OFFSET.fullmatch(page) and int(page) else 1,
    )
    if not _DOCUMENT_ID.fullmatch(document_id):
        return asked
    at = fields.get("at", "")
    return replace(
        asked,
        document_id=document_id,
        passage=next(iter(_read_spans(fields.get("s", ""))), None),
        marks=_read_spans(fields.get("m", "")),
        at=int(at) if _OFFSET.fullmatch(at) else None,
        find=fields.get("find", "")[:MOST_SOUGHT],
        trace=parse_trace(fields, several("t")),
    )


def _check_length(question: str, several: Callable[[str], tuple[str, ...]]) -> None:
    """Raises QuestionError."""
    sources, dropped = several("in"), several("drop")
    asked = (question, *several("after")[-MOST_EARLIER:], *several("and"))
    is_right = (
        len(sources) <= MOST_PATTERNS
        and len(dropped) <= _MOST_DROPPED
        and all(len(pattern) <= LONGEST_PATTERN for pattern in sources)
        and all(len(term) <= _LONGEST_TERM for term in dropped)
        and sum(map(len, (*sources, *dropped))) <= MOST_CHOSEN
        and sum(map(len, asked)) <= _MOST_ASKED
    )
    if not is_right:
        raise too_long()


def too_long() -> QuestionError:
    return QuestionError("this address is too long; choose a folder or type a pattern, or ask shorter questions")


def _write_span(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _read_spans(text: str) -> tuple[Span, ...]:
    matches = map(_SPAN.fullmatch, text.split(",")[:_MOST_MARKS])
    pairs = ((int(match[1]), int(match[2])) for match in matches if match)
    return tuple(Span(start, end) for start, end in pairs if start < end)
