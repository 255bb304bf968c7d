"""Pages of lines to a document: a newline for each line, an empty line between pages."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.parsing.about import ANONYMOUS, About
from quoth.parsing.decoding import storable
from quoth.parsing.limits import TITLE_CHARACTERS
from quoth.parsing.pdf_layout import find_furniture, find_paragraphs
from quoth.parsing.pdf_text import PageText, write_pages
from quoth.parsing.pdfium import Bookmark, Page
from quoth.records import Block, Heading, Locator, Parsed, Run, State, shorten


def make_document(
    kind: str,
    pages: Sequence[Page],
    *,
    about: About = ANONYMOUS,
    bookmarks: Sequence[Bookmark] = (),
    trouble: str = "",
) -> Parsed:
    """One run a page. A block is a paragraph, which may go on across columns and pages with furniture inside.

    `trouble`: what was not read, and what to do about it.
    """
    furniture = find_furniture(pages)
    paragraphs = find_paragraphs(pages, furniture)
    written = write_pages(pages, [paragraph.places for paragraph in paragraphs])
    blocks = tuple(
        Block(span, paragraph.kind, paragraph.level)
        for paragraph in paragraphs
        if len(span := written.span_of(paragraph.places))
    )
    text = storable(written.text)
    return Parsed(
        kind=kind,
        text=text,
        title=about.title or _first_of_largest(text, blocks),
        author=about.author,
        date=about.date,
        runs=_runs(pages, written),
        blocks=blocks,
        outline=_outline(bookmarks, pages, written),
        furniture=tuple(sorted(written.lines[place] for place in furniture if len(written.lines[place]))),
        state=State.PARTLY_READ if trouble else State.READ,
        reason=trouble,
    )


def _first_of_largest(text: str, blocks: Sequence[Block]) -> str | None:
    """Heading."""
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings:
        return None
    return shorten(min(headings, key=lambda block: block.level).span.of(text), TITLE_CHARACTERS)


def _runs(pages: Sequence[Page], written: PageText) -> tuple[Run, ...]:
    return tuple(
        Run(start, Locator(page=number, page_label=page.label, ocr_confidence=page.ocr_confidence))
        for number, (page, start) in enumerate(zip(pages, written.page_starts, strict=True), 1)
        if page.lines
    )


def _outline(bookmarks: Sequence[Bookmark], pages: Sequence[Page], written: PageText) -> tuple[Heading, ...]:
    headings = [
        Heading(
            _start_of(bookmark, pages[bookmark.page], written),
            bookmark.level,
            shorten(storable(bookmark.title), TITLE_CHARACTERS),
        )
        for bookmark in bookmarks
        if bookmark.page < len(pages)
    ]
    return tuple(sorted(headings, key=lambda heading: heading.start))


def _start_of(bookmark: Bookmark, page: Page, written: PageText) -> int:
    """The line of the page that begins as the bookmark does; the page's beginning when none does."""
    title = "".join(bookmark.title.casefold().split())
    for number, line in enumerate(page.lines):
        text = "".join(line.text.casefold().split())
        if text and (text.startswith(title) or (len(text) > 3 and title.startswith(text))):
            return written.lines[bookmark.page, number].start
    return written.page_starts[bookmark.page]
