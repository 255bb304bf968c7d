"""A page of a PDF as it is seen: its image, and where on it each character stands. For the parsing process only."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from quoth.parsing.decoding import storable
from quoth.parsing.outcome import UnreadError
from quoth.parsing.pdf_boxes import SCALE, Frame, PlacedLine
from quoth.parsing.pdfium import Glyphs, line_ranges, opened, placed_text
from quoth.records import State

_MOST_PIXELS: Final = 8_000_000
_MOST_OCR_PIXELS: Final = 20_000_000
"""An A3 page at 300 dots per inch has 17.4 million."""


def draw_page(path: Path, number: int, width: int) -> bytes:
    """A PNG about `width` pixels wide, less for a very high page. `number` counts from 1.

    Raises UnreadError for a page that is not there or damaged.
    """
    with _page(path, number) as page:
        page_width, page_height = page.get_size()
        scale = min(width / page_width, (_MOST_PIXELS / (page_width * page_height)) ** 0.5)
        with closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
            return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def grey_page(path: Path, number: int, dpi: int) -> tuple[bytes, int]:
    """A picture of the page for OCR (PGM), and its dots per inch: fewer than `dpi` for a page larger than A3."""
    with _page(path, number) as page:
        width, height = page.get_size()
        dpi = min(dpi, int(72 * (_MOST_OCR_PIXELS / (width * height)) ** 0.5) or 1)
        with closing(page.render(scale=dpi / 72, grayscale=True)) as bitmap:
            return _pgm(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride), dpi


def place_page(path: Path, number: int) -> tuple[PlacedLine, ...]:
    """The lines of a page as `read_pdf` gives them, every character with its frame. Raises UnreadError as above."""
    with _page(path, number) as page, closing(page.get_textpage()) as text_page:
        glyphs = Glyphs(text_page.raw, page.get_rotation(), page.get_cropbox())
        lines = []
        for start, end, is_hyphenated in line_ranges(glyphs):
            text, indices = placed_text(glyphs, start, end)
            if text:
                frames = tuple(_frame(page, glyphs, index) for index in indices)
                hyphen = _frame(page, glyphs, end) if is_hyphenated else None
                lines.append(PlacedLine(storable(text), frames, hyphen))
        return tuple(lines)


@contextmanager
def _page(path: Path, number: int) -> Iterator[Any]:
    with opened(path) as pdf:
        if not 1 <= number <= len(pdf):
            raise UnreadError(State.UNREADABLE, f"it has no page {number}; look at another")
        try:
            page = pdf[number - 1]
        except pypdfium2.PdfiumError as error:
            raise UnreadError(State.DAMAGED, f"page {number} is damaged; get another copy") from error
        with closing(page):
            if min(page.get_size()) <= 0:
                raise UnreadError(State.DAMAGED, f"page {number} has no area; get another copy")
            yield page


def _frame(page: Any, glyphs: Glyphs, index: int) -> Frame:
    left, bottom, right, top = glyphs.raw_box(index)
    one, other = _place(page, left, bottom), _place(page, right, top)
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _place(page: Any, x: float, y: float) -> tuple[int, int]:
    """A point of the page's own space on the page as displayed: turned, cropped, from its upper left corner."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, SCALE, SCALE, 0, x, y, across, down)
    return max(0, min(SCALE, across.value)), max(0, min(SCALE, down.value))


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Three bytes a pixel, red first. See the PNG specification (ISO/IEC 15948), 5 and 11.2."""
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + 3 * width] for row in range(height))
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _pgm(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """One byte a pixel (netpbm's "raw PGM")."""
    rows = (pixels[row * stride : row * stride + width] for row in range(height))
    return b"P5 %d %d 255\n" % (width, height) + b"".join(rows)


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
