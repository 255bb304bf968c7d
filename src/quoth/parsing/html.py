"""HTML: the words a browser would show, block by block; menus, scripts and styles left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from quoth.parsing.about import About, about
from quoth.parsing.archive import out_of_memory, words
from quoth.parsing.decoding import Decoded, decode, text_codec
from quoth.parsing.html_walk import HtmlWalk, Locate, by_anchor
from quoth.parsing.outcome import NO_TEXT, UnreadError
from quoth.parsing.text_builder import TextBuilder
from quoth.records import Parsed, State

_DECLARED = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=["']([\w.-]+)""", re.I
)
_DATES = ("article:published_time", "citation_publication_date", "dc.date", "dcterms.created", "date")
"""Names of meta elements that tell when the page was published, the most telling first."""
_NOT_IN_ASCII = ("utf-16", "utf-32", "utf-7")
"""A page that says so of itself in ASCII is not."""


def parse_html(path: Path) -> Parsed:
    """Table rows are blocks whose cells a tab separates. A run's anchor is the nearest id at or before its block."""
    builder = TextBuilder()
    page, trouble = write_page(path.read_bytes(), builder)
    return builder.finish("html", page, trouble)


def write_page(
    content: bytes, builder: TextBuilder, locate: Locate = by_anchor, charset: str | None = None
) -> tuple[About, str]:
    """The blocks of a page to `builder`; what it says of itself, and what was not read, "" for nothing.

    `charset`: as told by whoever brought it, which goes before what the page declares. Raises UnreadError without text.
    """
    page = open_page(content, charset)
    for root in page.roots:
        HtmlWalk(builder, locate).walk(root)
    return _about(page.roots[0]), page.trouble


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page that is parsed but not walked yet."""

    roots: tuple[Any, ...]
    """lxml's, which have no types: what follows </html> stands in a tree of its own beside the first."""
    trouble: str
    """What was not read; "" for nothing."""


def open_page(content: bytes, charset: str | None = None) -> HtmlPage:
    """As `write_page`, which walks it. Raises UnreadError when it is no page or holds nothing."""
    decoded = decode_html(content, charset)
    if decoded.is_binary:
        raise UnreadError(State.DAMAGED, "the file holds binary data, not HTML; is the ending of its name right?")
    # recover: real pages are seldom well formed; huge_tree: old pages never close their <font>s, 256 deep is too few.
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(decoded.text.encode("utf-8"), parser) if decoded.text.strip() else None
    except etree.XMLSyntaxError as error:
        raise out_of_memory(error) or error from None
    if root is None:
        raise UnreadError(State.EMPTY, NO_TEXT)
    too_deep = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    trouble = "its elements are nested too deeply and not all were read; save it as plain text" if too_deep else ""
    return HtmlPage((root, *root.itersiblings()), trouble or _lost(decoded))


def decode_html(content: bytes, charset: str | None = None) -> Decoded:
    """By byte order mark, `charset`, what the page declares (WHATWG: in its first 1,024 bytes), then as any text."""
    told = text_codec(charset) if charset else None
    if told:
        return decode(content, told)
    found = _DECLARED.search(content[:1024])
    declared = text_codec((found.group(1) or found.group(2)).decode("ascii", "replace")) if found else None
    return decode(content, None if declared is None or declared.startswith(_NOT_IN_ASCII) else declared)


def _about(root: Any) -> About:
    metas = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content")
        for meta in root.iterfind("head/meta")
    }
    date = next((metas[name] for name in _DATES if metas.get(name)), None)
    title = " ".join((root.findtext("head/title") or "").split()) or words(next(root.iter("h1"), None))
    return about(title, metas.get("author") or metas.get("dc.creator"), date)


def _lost(decoded: Decoded) -> str:
    if not decoded.invalid:
        return ""
    return f"some characters could not be decoded as {decoded.encoding} and are shown as �; save the page as UTF-8"
