"""The files behind the documents of an index: to save them, and to see pages of a PDF with a quote drawn on them.

Files are named by the ids of documents and found below the folder of documents, never by a path from outside.
"""

from __future__ import annotations

import stat
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from quoth.documents import file_sha256
from quoth.errors import BusyError, SourceError
from quoth.parsing import SCALE, Copies, PageRequest, ParsingWorker, PlacedLine, UnreadError, boxes_of, load_lines
from quoth.records import Document, DocumentInfo, Original, PageBox, Span

WIDTHS = (800, 1200, 1600, 2000)
"""Pixels; an image of another width is made in the next larger one, 2,000 at most."""
MOST_BOX_PAGES = 20
"""Pages of one quote that boxes are looked for on."""
_MOST_IMAGE_BYTES = 48 << 20
_MOST_PLACED = 16
_MOST_HASHED = 256
_MOST_WAITING = 24

Key = tuple[object, ...]
Made = TypeVar("Made")


class Originals:
    """Safe to share between threads. One page is read at a time, in a process of its own, within its limits.

    Every method raises DocumentGoneError for a document that the index does not hold, and SourceError for a file that
    is not in the folder (any more).
    """

    def __init__(
        self,
        document_of: Callable[[str], Document],
        folder_of: Callable[[], Path],
        make_parser: Callable[[], ParsingWorker],
    ) -> None:
        self._document_of = document_of
        self._folder_of = folder_of
        self._make_parser = make_parser
        self._parser: ParsingWorker | None = None
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_MOST_WAITING)
        self._images = _Recent[bytes](_MOST_IMAGE_BYTES, len)
        self._placed = _Recent[tuple[PlacedLine, ...]](_MOST_PLACED)
        self._hashes = _Recent[str](_MOST_HASHED)
        self._copies = Copies()

    def find(self, document_id: str) -> Original:
        return self._find(self._document_of(document_id).info)

    def draw(self, document_id: str, number: int, width: int) -> bytes:
        """Page `number`, from 1, of a PDF as PNG.

        Raises SourceError for a file that was changed since it was read and for other formats, UnreadError for a page
        that cannot be drawn, BusyError when too many wait for a page.
        """
        info = self._document_of(document_id).info
        path = self._find_pdf(info)
        width = next((known for known in WIDTHS if known >= width), WIDTHS[-1])
        request = PageRequest(path, number, width)
        return self._images.get((info.file_sha256, number, width), partial(self._read, request))

    def boxes(self, document_id: str, span: Span) -> tuple[PageBox, ...]:
        """Where `document.text[span.start:span.end]` stands: one box a line, on MOST_BOX_PAGES at most.

        Raises as `draw` does.
        """
        document = self._document_of(document_id)
        path = self._find_pdf(document.info)
        found: list[PageBox] = []
        for number, part in pages_of(document, span):
            key = (document.info.file_sha256, number)
            lines = self._placed.get(key, partial(self._place, PageRequest(path, number)))
            inside = Span(max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
            boxes = boxes_of(lines, part.of(document.text), inside)
            found += [PageBox(number, *(edge / SCALE for edge in box)) for box in boxes]
        return tuple(found)

    def close(self) -> None:
        """End the process and delete copies out of archives. Both come again when they are needed."""
        self._copies.close()
        with self._lock:
            parser, self._parser = self._parser, None
        if parser is not None:
            parser.close()

    def _find(self, info: DocumentInfo) -> Original:
        try:
            path = self._copies.path_of(self._folder_of(), info.source)
            before = path.stat()
            if not stat.S_ISREG(before.st_mode):
                raise SourceError(f"{info.source} is not a regular file")
            key = (path, before.st_dev, before.st_ino, before.st_size, before.st_mtime_ns, before.st_ctime_ns)
            is_as_read = self._hashes.get(key, partial(file_sha256, path)) == info.file_sha256
            return Original(path, PurePosixPath(info.source).name, is_as_read)
        except UnreadError as error:
            raise SourceError(f"{info.source}: {error.reason}") from error
        except OSError as error:
            raise SourceError(f"{info.source} is not in the folder of documents any more") from error

    def _find_pdf(self, info: DocumentInfo) -> Path:
        """Where it is, if it is as it was read: places of another file would be wrong."""
        if info.kind != "pdf":
            raise SourceError(f"{info.source} is not a PDF and has no pages to show")
        original = self._find(info)
        if not original.is_as_read:
            raise SourceError(f"{info.source} was changed since the index was built; build again to see its pages")
        return original.path

    def _place(self, request: PageRequest) -> tuple[PlacedLine, ...]:
        return load_lines(self._read(request))

    def _read(self, request: PageRequest) -> bytes:
        if not self._places.acquire(blocking=False):
            raise BusyError("too many pages are being drawn; try again in a moment")
        try:
            return self._started().read_page(request)
        finally:
            self._places.release()

    def _started(self) -> ParsingWorker:
        with self._lock:
            self._parser = self._parser or self._make_parser()
            return self._parser


def pages_of(document: Document, span: Span) -> Iterator[tuple[int, Span]]:
    """The pages that `span` is on, each with its own part of the text."""
    runs = document.runs
    first = max(0, bisect_right(runs, span.start, key=lambda run: run.start) - 1)
    for position in range(first, min(len(runs), first + MOST_BOX_PAGES)):
        start, number = runs[position].start, runs[position].locator.page
        end = runs[position + 1].start if position + 1 < len(runs) else len(document.text)
        if start >= span.end:
            return
        if number is not None and end > span.start:
            yield number, Span(start, end)


class _Recent(Generic[Made]):
    """What was made last, by its key, up to a weight in all."""

    def __init__(self, most: int, weigh: Callable[[Made], int] = lambda _: 1) -> None:
        self._most = most
        self._weigh = weigh
        self._weight = 0
        self._made: OrderedDict[Key, Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            if key not in self._made:
                self._made[key] = made
                self._weight += self._weigh(made)
            while self._weight > self._most:
                self._weight -= self._weigh(self._made.popitem(last=False)[1])
        return made
