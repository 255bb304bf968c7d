"""The query part of the page's address: what is asked and which source is open. Every view has one that can be shared.

`?q=question&doc=document id&s=start-end&m=start-end,start-end&at=offset`: `s` is the cited passage, `m` its
highlighted sentences, `at` where the shown part of a long document begins. A question that leans on earlier ones has
`after=question`, oldest first, and `drop=term` for each term it must not take over. `new=1` ends the conversation.
Addresses come from outside; what makes no sense in one is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from quoth.records import Span

MOST_EARLIER = 4
"""Earlier questions in an address, the last ones: each is asked again when the address is opened."""
_MOST_DROPPED = 12
_MOST_FIELDS = 30
_MOST_MARKS = 10
_SPAN = re.compile(r"(\d{1,10})-(\d{1,10})", re.ASCII)
_OFFSET = re.compile(r"\d{1,10}", re.ASCII)
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

    @property
    def asked(self) -> Address:
        """Without the source."""
        return Address(self.question, after=self.after, drop=self.drop)

    @property
    def search(self) -> str:
        """From "?" on; "?" alone for the first page."""
        fields = {
            "q": self.question,
            "doc": self.document_id,
            "s": _write_span(self.passage) if self.passage else "",
            "m": ",".join(map(_write_span, self.marks)),
            "at": "" if self.at is None else str(self.at),
        }
        single = [(key, value) for key, value in fields.items() if value]
        several = [("after", text) for text in self.after] + [("drop", text) for text in self.drop]
        return "?" + urlencode([*single, *several, *([("new", "1")] if self.is_new else [])], errors="replace")


def parse_address(search: str) -> Address:
    try:
        pairs = parse_qsl(search.removeprefix("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return Address()
    fields = dict(pairs)
    document_id = fields.get("doc", "")
    asked = Address(
        fields.get("q", ""),
        after=tuple(value for key, value in pairs if key == "after")[-MOST_EARLIER:],
        drop=tuple(value for key, value in pairs if key == "drop")[:_MOST_DROPPED],
        is_new=fields.get("new") == "1",
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
    )


def _write_span(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _read_spans(text: str) -> tuple[Span, ...]:
    matches = map(_SPAN.fullmatch, text.split(",")[:_MOST_MARKS])
    pairs = ((int(match[1]), int(match[2])) for match in matches if match)
    return tuple(Span(start, end) for start, end in pairs if start < end)
