"""Mails: what the head tells, then the text; attached mails and texts below."""

from __future__ import annotations

import email
import email.parser
from collections import Counter
from dataclasses import dataclass, field, replace
from email.message import Message
from pathlib import Path
from typing import Final

from quoth.parsing.decoding import decode, text_codec
from quoth.parsing.html import write_page
from quoth.parsing.limits import TITLE_CHARACTERS
from quoth.parsing.mail_headers import MailHead, read_head, write_head
from quoth.parsing.mail_parts import MailPart, charset_of, mail_parts, payload
from quoth.parsing.mail_text import is_encrypted, read_typed
from quoth.parsing.outcome import UnreadError
from quoth.parsing.stretches import Stretch, StretchBuilder, join_stretches
from quoth.parsing.text_builder import TextBuilder
from quoth.records import Block, Heading, Locator, Parsed, Span, State, shorten

_NAMED_AT_MOST: Final = 3
_SAID_AT_MOST: Final = 8
"""Different losses; only character sets that nobody knows are without number."""
_LOOK: Final = "look at it in a mail program"
_DEEPEST_HEADING: Final = 6
_MUCH_TYPED: Final = 50
"""Words; of a longer text nobody doubts that it is the mail."""
_MUCH_MORE: Final = 4
_ENCRYPTED: Final = "its text is encrypted; save a decrypted copy of it"
_CUT: Final = frozenset({"StartBoundaryNotFoundDefect", "CloseBoundaryNotFoundDefect", "NoBoundaryInMultipartDefect"})


@dataclass(slots=True)
class MailLosses:
    """What was not read of a mail, or of all mails of a mailbox. Grows while they are read."""

    attachments: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    """Sentences, and how often each holds."""

    def told(self) -> str:
        """For people; "" for nothing."""
        counted = list(self.others.items())[:_SAID_AT_MOST]
        sentences = [f"{what} ({times:,} times)" if times > 1 else what for what, times in counted]
        if len(self.others) > len(counted):  # a mailbox may have as many as mails
            sentences.append(f"more of it was lost; {_LOOK}")
        return "; ".join([*sentences, *self._attachments()])

    def _attachments(self) -> list[str]:
        shown = [f'"{shorten(name, 60)}"' for name in self.attachments[:_NAMED_AT_MOST]]
        more = len(self.attachments) - len(shown)
        names = ", ".join(shown) + (f" and {more:,} more" if more else "")
        if len(self.attachments) > 1:
            return [f"the attachments {names} were not read; save them as files of their own"]
        return [f"the attachment {names} was not read; save it as a file of its own"] if shown else []


@dataclass(slots=True)
class _Letter:
    """A mail, or one that is attached to it, while its parts are read."""

    head: MailHead
    level: int
    attachments: list[str] = field(default_factory=list)
    bodies: list[Stretch] = field(default_factory=list)

    def written(self) -> list[Stretch]:
        head = write_head(self.head, self.attachments, self.level)
        return [stretch for stretch in (head, *self.bodies) if stretch.text]


def parse_mail(path: Path) -> Parsed:
    """One run: lines are counted from the subject's. Attached mails stand in the outline below the first."""
    return read_mail(path.read_bytes())


def read_mail(content: bytes) -> Parsed:
    """As `parse_mail`."""
    losses = MailLosses()
    message = open_mail(content, losses)
    head = read_head(message)
    if not head.lines and not message.keys():
        raise UnreadError(State.DAMAGED, "the file is not a mail although its name says so; get another copy")
    builder = StretchBuilder()
    builder.add(write_mail(message, losses), Locator(unit="message"))
    return builder.finish("eml", head.about, losses.told())


def open_mail(content: bytes, losses: MailLosses) -> Message:
    """Of one whose parts are nested too deeply, the head alone."""
    try:
        message = email.message_from_bytes(content)
    except RecursionError:
        losses.others["its parts are nested too deeply, and only its head was read; save its text as a file"] += 1
        message = email.parser.BytesHeaderParser().parsebytes(content)
        message.set_payload("")
    if any(type(defect).__name__ in _CUT for defect in message.defects):
        losses.others["it is cut off or damaged, and parts of it may be missing; get another copy"] += 1
    return message


def write_mail(message: Message, losses: MailLosses) -> Stretch:
    """Below its subject with sender and day; what was not read is added to `losses`."""
    letters = [_Letter(read_head(message), 1)]
    current = {0: letters[0]}
    for part in mail_parts(message):
        if part.role == "message":
            current[part.depth] = _Letter(read_head(part.message), min(part.depth + 1, _DEEPEST_HEADING))
            letters.append(current[part.depth])
        else:
            _add_part(part, current[part.depth], losses)
    return join_stretches([stretch for letter in letters for stretch in letter.written()])


def _add_part(part: MailPart, letter: _Letter, losses: MailLosses) -> None:
    if part.name:
        letter.attachments.append(part.name)
    if part.role == "sealed":
        losses.others[_why_sealed(part.message)] += 1
        return
    stretch = _body(part, letter.level, losses) if part.role != "other" else None
    if stretch is None:
        losses.attachments.append(part.name or f"without a name ({part.message.get_content_type()})")
    elif stretch.text.strip():
        title = [_name_line(part.name, letter.level)] if part.name else []
        letter.bodies += [*title, stretch]


def _why_sealed(message: Message) -> str:
    if message.get_param("smime-type") == "signed-data":
        return "its text stands inside a signature, which was not opened; save the text as a file"
    return _ENCRYPTED


def _body(part: MailPart, level: int, losses: MailLosses) -> Stretch | None:
    """None for what is no text."""
    if part.role == "page":
        return _page(part.message, level, losses)
    typed = _typed(part, losses)
    words = len(typed.text.split()) if typed else 0
    # "Your mail program cannot show this newsletter" is not what the newsletter says.
    page = _page(part.page, level, losses) if part.page and words < _MUCH_TYPED else None
    return page if page and len(page.text.split()) > _MUCH_MORE * words else typed


def _name_line(name: str, level: int) -> Stretch:
    level = min(level + 1, _DEEPEST_HEADING)
    return Stretch(
        name, (Block(Span(0, len(name)), "heading", level),), (), (Heading(0, level, shorten(name, TITLE_CHARACTERS)),)
    )


def _typed(part: MailPart, losses: MailLosses) -> Stretch | None:
    content, charset = payload(part.message), charset_of(part.message)
    codec = text_codec(charset) if charset else None
    decoded = decode(content, codec)
    if decoded.is_binary:
        return None
    if charset and not codec and not content.isascii():
        losses.others[
            f'its character set "{shorten(charset, 40)}" is not known, and some characters may be wrong; {_LOOK}'
        ] += 1
    if decoded.invalid:
        losses.others[f"some characters could not be decoded as {decoded.encoding} and are shown as �; {_LOOK}"] += 1
    if is_encrypted(decoded.text):
        losses.others[_ENCRYPTED] += 1
    return read_typed(decoded.text, is_flowed=part.message.get_param("format") == "flowed")


def _page(message: Message, level: int, losses: MailLosses) -> Stretch | None:
    """Its headings stand below that of the mail. None for what is no page."""
    builder = TextBuilder()
    try:
        _, trouble = write_page(payload(message), builder, charset=charset_of(message))
    except UnreadError as error:
        return Stretch("") if error.state is State.EMPTY else None
    parsed = builder.finish("html", trouble=trouble)
    if parsed.reason and (parsed.text or trouble):
        losses.others[parsed.reason] += 1
    blocks = (replace(block, level=_below(block.level, level)) for block in parsed.blocks)
    outline = (replace(heading, level=_below(heading.level, level)) for heading in parsed.outline)
    return Stretch(parsed.text, tuple(blocks), (), tuple(outline))


def _below(level: int, outer: int) -> int:
    return min(level + outer, _DEEPEST_HEADING) if level else 0
