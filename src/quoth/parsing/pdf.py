"""PDF: the text of its pages in PDFium's order, a newline for each line, an empty line between pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from quoth.parsing.decoding import storable
from quoth.parsing.limits import MAX_CHARACTERS, TITLE_CHARACTERS
from quoth.parsing.outcome import TOO_MUCH_TEXT, UnreadError
from quoth.parsing.pdf_layout import find_furniture, find_paragraphs
from quoth.parsing.pdf_text import PageText, write_pages
from quoth.parsing.pdfium import Bookmark, Page, PdfFile, read_pdf
from quoth.records import Block, Heading, Locator, Parsed, Run, State, shorten

_UNUSABLE_SHARE: Final = 0.05
"""With more characters than this that stand for nothing, the letters of the file cannot be told from its codes."""
_SCANNED = "scanned without text; run OCR over the file"


def parse_pdf(path: Path) -> Parsed:
    """One run a page. A block is a paragraph, which may go on across columns and pages with furniture inside."""
    file = read_pdf(path)
    pages = _within_limit([page or Page(()) for page in file.pages])
    _refuse_without_text(pages)
    furniture = find_furniture(pages)
    paragraphs = find_paragraphs(pages, furniture)
    written = write_pages(pages, [paragraph.places for paragraph in paragraphs])
    blocks = tuple(
        Block(span, paragraph.kind, paragraph.level)
        for paragraph in paragraphs
        if len(span := written.span_of(paragraph.places))
    )
    text = storable(written.text)
    reason = "; ".join(_troubles(file, pages, len(text)))
    return Parsed(
        kind="pdf",
        text=text,
        title=file.about.title or _first_of_largest(text, blocks),
        author=file.about.author,
        date=file.about.date,
        runs=_runs(pages, written),
        blocks=blocks,
        outline=_outline(file.bookmarks, pages, written),
        furniture=tuple(sorted(written.lines[place] for place in furniture if len(written.lines[place]))),
        state=State.PARTLY_READ if reason else State.READ,
        reason=reason,
    )


def _within_limit(pages: Sequence[Page]) -> Sequence[Page]:
    length = 0
    for number, page in enumerate(pages):
        length += sum(len(line.text) + 2 for line in page.lines)
        if length > MAX_CHARACTERS:
            return pages[:number]
    return pages


def _refuse_without_text(pages: Sequence[Page]) -> None:
    length = sum(len(line.text) for page in pages for line in page.lines)
    if length and sum(page.strange for page in pages) > _UNUSABLE_SHARE * length:
        raise UnreadError(
            State.NEEDS_OCR, "its text layer is unusable: the letters cannot be told; run OCR over the file"
        )
    if any(not page.is_scan and page.lines for page in pages):
        return
    if any(page.is_scan for page in pages):
        raise UnreadError(State.NEEDS_OCR, f"its pages are {_SCANNED}")
    if not length:
        raise UnreadError(State.EMPTY, "none of its pages holds text; if they show some, run OCR over the file")


def _troubles(file: PdfFile, pages: Sequence[Page], length: int) -> Iterator[str]:
    broken = [number for number, page in enumerate(file.pages, 1) if page is None]
    scanned = [number for number, page in enumerate(pages, 1) if page.is_scan]
    if broken:
        yield f"{_numbered(broken)} damaged and could not be read; get another copy"
    if scanned:
        yield f"{_numbered(scanned)} {_SCANNED}"
    if len(pages) < len(file.pages):
        yield TOO_MUCH_TEXT.format(count=length)


def _numbered(numbers: Sequence[int]) -> str:
    """As in "pages 1, 3-5 are"."""
    groups = [
        [number for _, number in group] for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    shown = ", ".join(str(group[0]) if len(group) == 1 else f"{group[0]}-{group[-1]}" for group in groups[:20])
    shown += " and more" if len(groups) > 20 else ""
    return f"page {shown} is" if len(numbers) == 1 else f"pages {shown} are"


def _first_of_largest(text: str, blocks: Sequence[Block]) -> str | None:
    """Heading."""
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings:
        return None
    return shorten(min(headings, key=lambda block: block.level).span.of(text), TITLE_CHARACTERS)


def _runs(pages: Sequence[Page], written: PageText) -> tuple[Run, ...]:
    return tuple(
        Run(start, Locator(page=number, page_label=page.label))
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
