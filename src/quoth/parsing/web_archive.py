"""Web archives: a page as a browser saves it, in one file with all that belongs to it (RFC 2557)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import Final

from quoth.parsing.about import About, sane_title
from quoth.parsing.html import write_page
from quoth.parsing.mail import MailLosses, open_mail
from quoth.parsing.mail_headers import header
from quoth.parsing.mail_parts import charset_of, pages_in, payload
from quoth.parsing.outcome import UnreadError
from quoth.parsing.text_builder import TextBuilder
from quoth.records import Parsed, State

_NO_PAGE: Final = "the file holds no page although its name says so; save the page again"


def parse_web_archive(path: Path) -> Parsed:
    """The page that was saved; where that has no words, as one of frames has none, the pages inside it."""
    losses, builder = MailLosses(), TextBuilder()
    content = path.read_bytes()
    archive = open_mail(content, losses)
    if not archive.keys():  # a page that was named so
        page, trouble = write_page(content, builder)
        return builder.finish("html", page, trouble)
    pages = _pages(archive)
    if not pages:
        raise UnreadError(State.DAMAGED, losses.told() or _NO_PAGE)
    about = _write(pages[0], builder, losses)
    if not builder.length:
        for page_inside in pages[1:]:
            _write(page_inside, builder, losses)
    title = about.title or sane_title(header(archive, "Subject"))  # where browsers put it as well
    return builder.finish("mht", replace(about, title=title), losses.told())


def _pages(archive: Message) -> Sequence[Message]:
    """The one to begin with first: the archive names it, or it is the first."""
    start = archive.get_param("start")
    return sorted(pages_in(archive), key=lambda part: start is None or part.get("Content-ID") != start)


def _write(page: Message, builder: TextBuilder, losses: MailLosses) -> About:
    try:
        about, trouble = write_page(payload(page), builder, charset=charset_of(page))
    except UnreadError as error:
        if error.state is not State.EMPTY:
            losses.others[error.reason] += 1
        return About()
    if trouble:
        losses.others[trouble] += 1
    return about
