"""The parts of a mail in reading order: which hold its text, and which are attachments."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from typing import Final, Literal

from quoth.parsing.mail_headers import decode_words

Role = Literal["typed", "page", "message", "sealed", "other"]
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_SIGNATURES: Final = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    }
)
_SEALED: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
"""Encrypted or, seldom, signed so that the text stands inside the signature (RFC 8551, 3)."""
_FIELDS: Final = frozenset({"message/delivery-status", "message/disposition-notification", "message/feedback-report"})
_TYPED_ENDINGS: Final = frozenset({".txt", ".text", ".log", ".md", ".csv", ".ics", ".srt", ".vtt"})
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


@dataclass(frozen=True, slots=True)
class MailPart:
    """`depth`: how many mails it is attached to, one inside the other, not counting the first."""

    message: Message
    role: Role
    depth: int = 0
    name: str = ""
    """Of an attachment; "" for the text of the mail itself."""
    page: Message | None = None
    """What was typed says as a page as well."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A part to look at, and what of it is wanted: of an unchosen alternative, attachments only."""

    message: Message
    depth: int
    wants_text: bool = True
    page: Message | None = None
    """The other form of what is wanted."""
    is_related: bool = False
    """Something that the part before it shows: a picture, a style."""


def mail_parts(message: Message) -> Iterator[MailPart]:
    """Without pictures inside the text and without signatures. A part "message" comes before its own parts."""
    waiting = [_Open(message, 0)]
    while waiting:
        part = waiting.pop()
        inner = _children(part)
        if inner is None:
            yield from _leaf(part)
        else:
            if part.message.get_content_type() == "message/rfc822":
                yield MailPart(inner[0].message, "message", inner[0].depth, "")
            waiting += reversed(inner)


def payload(message: Message) -> bytes:
    """Its transfer encoding undone; what can be read of a damaged base64."""
    if message.is_multipart():  # the fields of a delivery status
        return b"\n".join(part.as_bytes() for part in _inner(message))
    content = message.get_payload(decode=True)
    if any("Base64" in type(defect).__name__ for defect in message.defects):
        written = _NOT_BASE64.sub(b"", content if isinstance(content, bytes) else b"")
        return base64.b64decode(written[: len(written) // 4 * 4])
    return content if isinstance(content, bytes) else b""


def charset_of(message: Message) -> str | None:
    """None where a mailer wrote its default, whatever the text is in."""
    charset = message.get_content_charset()
    return None if charset in ("us-ascii", "ascii") else charset


def _children(part: _Open) -> Sequence[_Open] | None:
    """None for what holds no parts."""
    kind = part.message.get_content_type()
    if not part.message.is_multipart() or kind in _SEALED | _FIELDS:
        return None
    messages = _inner(part.message)
    if kind == "message/rfc822":
        return [_Open(message, part.depth + 1) for message in messages[:1]]
    if kind == "multipart/alternative":
        chosen = _chosen(messages)
        page = next((page for message in messages if message is not chosen for page in pages_in(message)), None)
        return [_Open(message, part.depth, part.wants_text and message is chosen, page) for message in messages]
    root = _root(messages) if kind == "multipart/related" else None
    return [
        _Open(message, part.depth, part.wants_text, is_related=part.is_related or message is not (root or message))
        for message in messages
    ]


def _inner(message: Message) -> list[Message]:
    """Of a multipart, or of a mail that holds a mail."""
    return [part for part in message.get_payload() if isinstance(part, Message)]


def pages_in(message: Message) -> Iterator[Message]:
    """Those among its parts, or itself, in order."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart():
            waiting += reversed(_inner(part))
        elif part.get_content_type() in _PAGES:
            yield part


def _root(related: Sequence[Message]) -> Message | None:
    """The text that the others belong to."""
    return next((part for part in related if part.get_content_maintype() in ("text", "multipart")), None)


def _chosen(alternatives: Sequence[Message]) -> Message | None:
    """What was typed, else the page, else the last, which is the best that the sender has (RFC 2046, 5.1.4)."""
    kinds = [message.get_content_type() for message in alternatives]
    for kind, message in zip(kinds, alternatives, strict=True):
        if kind == "text/plain" and payload(message).strip():
            return message
    for kind, message in zip(kinds, alternatives, strict=True):
        if kind == "text/html" or kind.startswith("multipart/"):
            return message
    return alternatives[-1] if alternatives else None


def _leaf(part: _Open) -> Iterator[MailPart]:
    message, kind = part.message, part.message.get_content_type()
    name = " ".join(decode_words(message.get_filename() or "").split())
    is_attached = message.get_content_disposition() == "attachment" or bool(name)
    if kind in _SIGNATURES or (not is_attached and not part.wants_text and kind.startswith("text/")):
        return
    if kind in _SEALED:
        yield MailPart(message, "sealed", part.depth)
    elif kind in _PAGES and not part.is_related:
        yield MailPart(message, "page", part.depth, name if is_attached else "")
    elif _is_typed(kind, name) and not part.is_related:
        yield MailPart(message, "typed", part.depth, name if is_attached else "", None if is_attached else part.page)
    elif not _is_inside_text(part, kind):
        yield MailPart(message, "other", part.depth, name)


def _is_typed(kind: str, name: str) -> bool:
    return (
        kind.startswith(("text/", "multipart/"))  # one without a boundary came as one text
        or kind in _FIELDS
        or (
            PurePosixPath(name).suffix.lower() in _TYPED_ENDINGS and not kind.startswith(("image/", "audio/", "video/"))
        )
    )


def _is_inside_text(part: _Open, kind: str) -> bool:
    """Pictures that the text shows, and styles."""
    is_attached = part.message.get_content_disposition() == "attachment"
    if kind.startswith(("image/", "text/")):
        return part.is_related or (not is_attached and part.message.get("Content-ID") is not None)
    return part.is_related and not is_attached and kind.startswith(("font/", "application/x-font"))
