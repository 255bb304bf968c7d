"""The query part of the page's address: what is asked and which source is open. Every view has one that can be shared.

`?q=question&doc=document id&s=start-end&m=start-end,start-end&at=offset`: `s` is the cited passage, `m` its
highlighted sentences, `at` where the shown part of a long document begins. Addresses come from outside; what makes no
sense in one is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from quoth.records import Span

_MOST_FIELDS = 20
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
        return "?" + urlencode({key: value for key, value in fields.items() if value}, errors="replace")


def parse_address(search: str) -> Address:
    try:
        fields = dict(parse_qsl(search.removeprefix("?"), max_num_fields=_MOST_FIELDS))
    except ValueError:
        return Address()
    document_id = fields.get("doc", "")
    question = fields.get("q", "")
    if not _DOCUMENT_ID.fullmatch(document_id):
        return Address(question)
    at = fields.get("at", "")
    return Address(
        question,
        document_id,
        next(iter(_read_spans(fields.get("s", ""))), None),
        _read_spans(fields.get("m", "")),
        int(at) if _OFFSET.fullmatch(at) else None,
    )


def _write_span(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _read_spans(text: str) -> tuple[Span, ...]:
    matches = map(_SPAN.fullmatch, text.split(",")[:_MOST_MARKS])
    pairs = ((int(match[1]), int(match[2])) for match in matches if match)
    return tuple(Span(start, end) for start, end in pairs if start < end)
