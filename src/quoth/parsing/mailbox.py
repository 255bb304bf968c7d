"""Mailboxes: mails one after the other in one file, each after a line that begins with "From "."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Final

from quoth.parsing.about import About
from quoth.parsing.mail import MailLosses, open_mail, read_mail, write_mail
from quoth.parsing.outcome import UnreadError
from quoth.parsing.stretches import Stretch, StretchBuilder
from quoth.records import Locator, Parsed, State

MAX_MAILS: Final = 5_000
"""Of usual mails as many are read in half of the time limit."""
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TIME = rb"\d{1,2}:\d\d(?::\d\d)?"
_DATE = (
    _DAY + rb",?[ ]+(?:" + _MONTH + rb"[ ]+\d{1,2}[ ]+" + _TIME + rb"(?:[ ]+[A-Z+-][A-Z0-9+-]{0,9})?[ ]+\d{4}"
    rb"|\d{1,2}[ ]+" + _MONTH + rb"[ ]+\d{4}[ ]+" + _TIME + rb")"
)
"""RFC 4155 and asctime, some with a time zone before the year; and as in the head of a mail."""
_BEGIN = re.compile(
    rb"From (?P<dated>[^\r\n]{0,200}?" + _DATE + rb"[^\r\n]{0,50}|-?[ ]*)\r?\n(?=(?P<field>[!-9;-~]+)[ \t]*:)"
)
"""A day, a time and a year, or nothing, and then a field of a head: sentences that begin with "From" have neither."""
_KNOWN_FIELD = re.compile(
    rb"(?:from|to|date|subject|received|return-path|reply-to|sender|delivered-to|envelope-to|message-id"
    rb"|mime-version|status|content-\w+|authentication-results|dkim-signature|arc-.+|x-.+)",
    re.IGNORECASE,
)
_STUFFED = re.compile(rb"\n>(?=From )")
_BULK = re.compile(rb"\n\r?\n((?:[A-Za-z0-9+/]{40,}={0,2}\r?\n){100,})")
_BULKY_KIND = re.compile(
    rb"\ncontent-type:\s*(?:image|audio|video|application/(?:pdf|zip|x-zip|msword|vnd\.))", re.IGNORECASE
)


def parse_mailbox(path: Path) -> Parsed:
    """Each mail is a run, under its subject with sender and day. A mailbox of one mail is read as that."""
    mailbox = path.read_bytes()
    first_two = list(islice(_mails(mailbox), 2))
    if len(first_two) == 1:
        return read_mail(_unstuffed(first_two[0]))
    losses = MailLosses()
    builder = StretchBuilder()
    number = 0
    for number, content in enumerate(_mails(mailbox), 1):
        if number > MAX_MAILS or builder.is_full:
            losses.others[
                f"only the first {number - 1:,} mails were read; split the mailbox to have the rest read"
            ] += 1
            break
        builder.add(_write(content, losses), Locator(unit="message", number=number))
    if not number:
        raise UnreadError(State.DAMAGED, "the file is not a mailbox although its name says so; get another copy")
    return builder.finish("mbox", About(path.name), losses.told())


def _mails(mailbox: bytes) -> Iterator[bytes]:
    begins = (found.span() for found in _BEGIN.finditer(mailbox) if _stands_alone(found, mailbox))
    for (_, first), (end, _) in pairwise(chain(begins, [(len(mailbox), 0)])):
        yield mailbox[first:end]


def _stands_alone(found: re.Match[bytes], mailbox: bytes) -> bool:
    """Some programs leave out the empty line before it, but not where nothing else tells what it is."""
    before = mailbox[max(0, found.start() - 4) : found.start()].replace(b"\r", b"")
    is_apart = not before or before.endswith(b"\n\n")
    is_dated = len(found["dated"]) > 2
    if is_apart and is_dated:
        return True
    is_known = _KNOWN_FIELD.fullmatch(found["field"]) is not None
    return is_known and (is_apart or (is_dated and before.endswith(b"\n")))


def _write(content: bytes, losses: MailLosses) -> Stretch:
    try:
        stretch = write_mail(open_mail(_without_bulk(_unstuffed(content)), losses), losses)
    except Exception:  # noqa: BLE001  one bad mail among many; the email package raises anything
        losses.others["a mail is damaged and was not read; look at it in a mail program"] += 1
        return Stretch("")
    if content.strip() and not stretch.text.strip():
        losses.others["a mail came out without a word; look at it in a mail program and save its text as a file"] += 1
    return stretch


def _without_bulk(content: bytes) -> bytes:
    """Most bytes of a mailbox are attachments that are not read, and taking them apart takes most of the time."""
    kept, end = [], 0
    for bulk in _BULK.finditer(content):
        head = content[max(0, content.rfind(b"\n--", 0, bulk.start())) : bulk.start()]
        if _BULKY_KIND.search(head):
            kept.append(content[end : bulk.start(1)])
            end = bulk.end(1)
    return b"".join([*kept, content[end:]]) if kept else content


def _unstuffed(content: bytes) -> bytes:
    """A line that begins with ">From " began with "From ", unless it stands in a quotation."""
    return _STUFFED.sub(lambda found: found[0] if _is_in_quotation(content, found) else b"\n", content)


def _is_in_quotation(content: bytes, found: re.Match[bytes]) -> bool:
    """Whether the line above or below has a quote mark as well."""
    above = content.rfind(b"\n", 0, found.start()) + 1
    below = content.find(b"\n", found.end()) + 1
    return content[above : above + 1] == b">" or (below > 0 and content[below : below + 1] == b">")
