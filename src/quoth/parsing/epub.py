"""EPUB books: the pages of the reading order, under the chapters of the table of contents."""

from __future__ import annotations

import posixpath
import re
import zipfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Final

from quoth.parsing.archive import open_archive
from quoth.parsing.epub_package import Entry, Package, read_package
from quoth.parsing.html import open_page
from quoth.parsing.html_walk import HtmlWalk
from quoth.parsing.limits import TITLE_CHARACTERS
from quoth.parsing.outcome import UnreadError
from quoth.parsing.text_builder import TextBuilder
from quoth.records import TABLE_LEVEL, Heading, Locator, Parsed, State, shorten

_CDATA = re.compile(rb"<!\[CDATA\[((?:[^\]]|\](?!\]>))*+)\]\]>")
"""Which HTML does not know: an HTML parser takes it for a comment."""
_WORD = re.compile(r"\w+")
_DEEPEST_LEVEL: Final = 6

Starts = Mapping[tuple[str, str], int]
"""Path of a part and id of an element in it, "" for the part itself, to where its text begins."""


def parse_epub(path: Path) -> Parsed:
    """A run's anchor is the name of its part, from the package document on, "#" and the nearest id at or before it."""
    with open_archive(path) as archive:
        package = read_package(archive)
        if package.parts and package.locked.issuperset(package.parts):
            raise UnreadError(State.ENCRYPTED, "the book is locked by copy protection (DRM); get a copy of it without")
        book = _Book(archive, package)
        for part in package.parts:
            book.add(part)
    if book.failure and not book.builder.length:
        raise book.failure
    parsed = book.builder.finish("epub", package.about, book.trouble)
    outline = _outline(package.entries, book.starts, parsed)
    return replace(parsed, outline=outline, title=parsed.title or (outline[0].title if outline else None))


class _Book:
    def __init__(self, archive: zipfile.ZipFile, package: Package) -> None:
        self.builder = TextBuilder()
        self.starts: dict[tuple[str, str], int] = {}
        self.trouble = ""
        """What was not read of the first part with trouble."""
        self.failure: UnreadError | None = None
        """Why the last part that could not be read could not."""
        self._archive = archive
        self._package = package
        self._names = frozenset(archive.namelist())

    def add(self, part: str) -> None:
        name = posixpath.relpath(part, self._package.folder or ".")
        self.starts[part, ""] = self.builder.length
        if part in self._package.locked:
            self._miss(name, "it is locked by copy protection (DRM); get a copy without")
        elif part not in self._names:
            self._miss(name, "it is missing; get another copy of the book")
        else:
            self._walk(part, name)

    def _walk(self, part: str, name: str) -> None:
        content = self._archive.read(part)
        try:
            page = open_page(_CDATA.sub(lambda found: escape(found[1].decode("latin-1")).encode("latin-1"), content))
        except UnreadError as error:
            if error.state is not State.EMPTY:
                self._miss(name, error.reason)
                self.failure = error
            return
        walk = HtmlWalk(self.builder, lambda anchor: Locator(anchor=f"{name}#{anchor}" if anchor else name))
        for root in page.roots:
            walk.walk(root)
        self.starts.update({(part, anchor): start for anchor, start in walk.starts.items()})
        if page.trouble:
            self._miss(name, page.trouble)

    def _miss(self, name: str, why: str) -> None:
        self.trouble = self.trouble or f"{shorten(name, 80)}: {why}"


def _outline(entries: Sequence[Entry], starts: Starts, parsed: Parsed) -> tuple[Heading, ...]:
    """The table of contents; below its entries the headings of the text, but for those that repeat an entry."""
    chapters = _chapters(entries, starts, len(parsed.text))
    if not chapters:
        return parsed.outline
    deepest = max(chapter.level for chapter in chapters)
    begun: dict[int, list[Heading]] = {}
    for chapter in chapters:
        begun.setdefault(chapter.start, []).append(chapter)
    begins = sorted(begun)
    leading = _leading(begins, parsed)
    outline: list[Heading] = []
    repeated: set[Heading] = set()
    for heading in parsed.outline:
        position = bisect_right(begins, heading.start) - 1
        held_by = begun[begins[position]][-_DEEPEST_LEVEL:] if position >= 0 else ()
        same = [
            chapter
            for chapter in held_by
            if heading.is_in_text and _repeats(heading, chapter, heading.start in leading)
        ]
        repeated.update(same)
        if not same:
            outline.append(replace(heading, level=min(deepest + heading.level, TABLE_LEVEL)))
    outline[:0] = [replace(chapter, is_in_text=chapter in repeated) for chapter in chapters]
    return tuple(sorted(outline, key=lambda heading: heading.start))


def _chapters(entries: Sequence[Entry], starts: Starts, end: int) -> tuple[Heading, ...]:
    """Sorted. An entry that leads nowhere holds from the next one on."""
    chapters: list[Heading] = []
    following = end
    for entry in reversed(entries):
        start = starts.get((entry.part, entry.anchor), starts.get((entry.part, "")))
        if start is None and entry.part:
            continue
        following = following if start is None else start
        title = shorten(entry.title, TITLE_CHARACTERS)
        chapters.append(Heading(following, min(entry.level, _DEEPEST_LEVEL), title))
    chapters.reverse()
    return tuple(sorted(chapters, key=lambda chapter: chapter.start))


def _leading(begins: Sequence[int], parsed: Parsed) -> frozenset[int]:
    """Where headings begin that nothing but headings parts from the beginning of their chapter."""
    starts = iter(begins)
    following = next(starts, None)
    leading: set[int] = set()
    is_leading = False
    for block in parsed.blocks:
        while following is not None and following <= block.span.start:
            is_leading, following = True, next(starts, None)
        is_leading = is_leading and block.kind == "heading"
        if is_leading:
            leading.add(block.span.start)
    return frozenset(leading)


def _repeats(heading: Heading, chapter: Heading, is_leading: bool) -> bool:
    """Whether a heading says the same as its chapter's title or, at its beginning, part of it or more than it."""
    one, other = (f" {' '.join(_WORD.findall(title.casefold()))} " for title in (heading.title, chapter.title))
    return one == other or (is_leading and (one in other or other in one))
