"""What the head of a mail tells: decoded, on one line each."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import groupby
from typing import Final

from quoth.parsing.about import About, iso_date, sane_author
from quoth.parsing.decoding import decode, text_codec
from quoth.parsing.limits import TITLE_CHARACTERS
from quoth.parsing.stretches import Stretch
from quoth.records import Block, Heading, Span, shorten

_SHOWN: Final = ("Subject", "From", "To", "Cc", "Date")
_NAMED = re.compile(r"([^<]*)<([^<>\s]+)>")
_WORD: Final = r"=\?[\w.:+-]+(?:\*[\w-]*)?\?[bBqQ]\?[^?\s]*\?="
_ENCODED_WORD = re.compile(r"=\?([\w.:+-]+)(?:\*[\w-]*)?\?([bBqQ])\?([^?\s]*)\?=")
_ENCODED_WORDS = re.compile(rf"{_WORD}(?:\s*{_WORD})*")
"""White space between two of them is none (RFC 2047, 6.2)."""


@dataclass(frozen=True, slots=True)
class MailHead:
    """Each "" where the mail does not tell it."""

    lines: tuple[str, ...]
    """As in "From: Anna Berg <anna@example.org>", the subject first."""
    subject: str
    sender: str
    """The name, or the address where there is none."""
    day: str
    """ISO 8601, where the sender was."""

    @property
    def about(self) -> About:
        return About(self.subject, sane_author(self.sender), self.day)

    @property
    def origin(self) -> str:
        """Who and when."""
        return ", ".join(part for part in (self.sender, self.day) if part)

    @property
    def title(self) -> str:
        """Subject, sender and day."""
        title = f"{self.subject} ({self.origin})" if self.subject and self.origin else self.subject or self.origin
        return shorten(title, TITLE_CHARACTERS)


def read_head(message: Message) -> MailHead:
    told = {name: header(message, name) for name in _SHOWN}
    return MailHead(
        tuple(f"{name}: {value}" for name, value in told.items() if value),
        told["Subject"],
        _sender(told["From"]),
        _day(told["Date"]),
    )


def write_head(head: MailHead, attachments: Sequence[str], level: int) -> Stretch:
    """Its first line is a heading, which the outline calls by subject, sender and day."""
    lines = [*head.lines, *(f"Attachment: {name}" for name in attachments)]
    blocks: list[Block] = []
    start = 0
    for line in lines:
        span = Span(start, start + len(line))
        blocks.append(Block(span, "list") if blocks else Block(span, "heading", level))
        start = span.end + 1
    outline = (Heading(0, level, head.title, is_in_text=False),) if head.title else ()
    return Stretch("\n".join(lines), tuple(blocks), (), outline)


def header(message: Message, name: str) -> str:
    """The first of that name; "" for none."""
    return " ".join(decode_words(_raw(message, name)).split())


def decode_words(text: str) -> str:
    """Encoded words (RFC 2047) as what they stand for; where one cannot be decoded, it and its neighbours stay."""
    return _ENCODED_WORDS.sub(_decoded_words, text) if "=?" in text else text


def _raw(message: Message, name: str) -> str:
    found = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    # Bytes beyond ASCII come as surrogates.
    return found if found.isascii() else decode(found.encode("utf-8", "surrogateescape")).text


def _decoded_words(found: re.Match[str]) -> str:
    words = [word.groups() for word in _ENCODED_WORD.finditer(found[0])]
    try:
        # Mailers cut characters in two: words of one charset are decoded together.
        groups = groupby(words, key=lambda word: word[0].lower())
        return "".join(
            decode(b"".join(_octets(encoding, content) for _, encoding, content in group), text_codec(charset)).text
            for charset, group in groups
        )
    except binascii.Error:
        return found[0]


def _octets(encoding: str, content: str) -> bytes:
    written = content.encode("utf-8", "replace")
    if encoding in "qQ":
        return quopri.decodestring(written, header=True)
    return base64.b64decode(written + b"=" * (-len(written) % 4), validate=True)


def _sender(field: str) -> str:
    """The name may hold commas that are not quoted, which `parseaddr` takes for the end of an address."""
    named = _NAMED.match(field)
    try:
        name, address = (named[1].strip(" '\""), named[2]) if named else parseaddr(field)
    except RecursionError:  # comments one in the other
        return field
    return name or address or field


def _day(date: str) -> str:
    try:
        return iso_date(parsedate_to_datetime(date).date().isoformat())
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
