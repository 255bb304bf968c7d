"""What PDFium knows about a PDF, as plain values. It and `pdf_page` alone import pypdfium2. Not thread-safe."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from quoth.parsing.about import About, about
from quoth.parsing.outcome import UnreadError
from quoth.records import State

_OCR_CHARACTERS: Final = 50
"""A page with an image and fewer characters is a scan (of the scanned PDFs tried, no page had more)."""
_ABOUT: Final = ("Title", "Author", "CreationDate")
_MAX_BOOKMARKS: Final = 10_000
_HIDDEN: Final = "\0"
_LINE_END: Final = re.compile("[\n\r\x02\xad\ufffe-]")
_ALEF_LAM: Final = re.compile("[\u0622\u0623\u0625\u0627]\u0644")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Controls, soft hyphens and noncharacters leave no mark on the page.
_UNWRITTEN: Final = re.compile("[\0-\x1f\x7f-\x9f\xad\ufffe\uffff]")
_VISIBLE: Final = re.compile(r"[^\s\0-\x1f\x7f-\x9f\xad\ufffe\uffff]")
_STRANGE: Final = re.compile("[\x01\x03-\x08\x0b\x0c\x0e-\x1f\ue000-\uf8ff\ufffd]")
_BOLD_WEIGHT: Final = 600
_BOLD_NAME: Final = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_FONT_NAME_BYTES: Final = 200


@dataclass(frozen=True, slots=True)
class Box:
    """In points, as the page is displayed: y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    box: Box
    size: float
    """Of its letters, in points on the page."""
    is_bold: bool = False
    is_hyphenated: bool = False
    """A hyphen, not in `text`, parts its last word from the rest of it on the next line."""


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    label: str | None = None
    """The number printed on the page, where the file tells it."""
    is_scan: bool = False
    strange: int = 0
    """Characters that stand for nothing: controls, private use, U+FFFD."""
    ocr_confidence: int | None = None
    """Percent, where its words were read from its picture."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    title: str
    level: int
    page: int
    """Index of the page, from 0."""


@dataclass(frozen=True, slots=True)
class PdfFile:
    pages: tuple[Page | None, ...]
    """None for a page that could not be loaded."""
    bookmarks: tuple[Bookmark, ...]
    about: About


def read_pdf(path: Path) -> PdfFile:
    """Raises UnreadError when the file needs a password or is damaged."""
    with opened(path) as pdf:
        pages = tuple(_read_page(pdf, index) for index in range(len(pdf)))
        return PdfFile(pages, tuple(_bookmarks(pdf)), about(*map(pdf.get_metadata_value, _ABOUT)))


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise UnreadError(State.ENCRYPTED, "the file needs a password; save a copy without one") from error
        raise UnreadError(State.DAMAGED, "the file is damaged: it is not a whole PDF; get another copy") from error
    with closing(pdf):
        yield pdf


def _read_page(pdf: Any, index: int) -> Page | None:
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return None
    with closing(page), closing(page.get_textpage()) as text_page:
        glyphs = Glyphs(text_page.raw, page.get_rotation(), page.get_cropbox())
        lines = tuple(line for start, end, ends in line_ranges(glyphs) for line in _line(glyphs, start, end, ends))
        is_scan = sum(len(line.text) for line in lines) < _OCR_CHARACTERS and _has_image(page)
        return Page(lines, pdf.get_page_label(index) or None, is_scan, len(_STRANGE.findall(glyphs.chars)))


class Glyphs:
    """Characters of a page by PDFium's index: the bulk text is not aligned with it (it drops and merges some)."""

    def __init__(self, text_page: Any, rotation: int, crop: Sequence[float]) -> None:
        self._text_page = text_page
        self._rotation = rotation
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        self.chars = "".join([chr(pdfium.FPDFText_GetUnicode(text_page, index)) for index in range(count)])
        # A spread cut into two pages holds the text of both on each.
        if not all(_is_inside(rectangle, crop) for rectangle in self._rectangles()):
            self.chars = "".join(
                char if char in "\r\n" or self._is_shown(index, crop) else _HIDDEN
                for index, char in enumerate(self.chars)
            )

    def is_hyphen(self, index: int) -> bool:
        """At the end of a line, parting a word."""
        return bool(pdfium.FPDFText_IsHyphen(self._text_page, index) == 1)

    def raw_box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in the page's own space, which rotation and crop do not change."""
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._text_page, index, box)
        return box.left, box.bottom, box.right, box.top

    def box(self, index: int) -> Box:
        left, bottom, right, top = self.raw_box(index)
        if self._rotation == 90:
            return Box(bottom, -right, top, -left)
        if self._rotation == 180:
            return Box(-right, -top, -left, -bottom)
        if self._rotation == 270:
            return Box(-top, left, -bottom, right)
        return Box(left, bottom, right, top)

    def size(self, index: int) -> float:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text_page, index, matrix)
        # Boxes would not do: their height differs between fonts of one size.
        return float(pdfium.FPDFText_GetFontSize(self._text_page, index)) * math.hypot(matrix.c, matrix.d)

    def is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._text_page, index) >= _BOLD_WEIGHT:
            return True
        # Fonts that are not embedded have no weight, but a name.
        name, flags = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._text_page, index, name, _FONT_NAME_BYTES, flags)
        return _BOLD_NAME.search(name.value) is not None

    def _is_shown(self, index: int, crop: Sequence[float]) -> bool:
        left, bottom, right, top = self.raw_box(index)
        x, y = (left + right) / 2, (bottom + top) / 2
        return _is_inside((x, y, x, y), crop)

    def _rectangles(self) -> Iterator[tuple[float, float, float, float]]:
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        for index in range(pdfium.FPDFText_CountRects(self._text_page, 0, -1)):
            pdfium.FPDFText_GetRect(self._text_page, index, left, top, right, bottom)
            yield left.value, bottom.value, right.value, top.value


def _is_inside(box: Sequence[float], crop: Sequence[float], slack: float = 1.0) -> bool:
    return (
        crop[0] - slack <= box[0]
        and crop[1] - slack <= box[1]
        and box[2] <= crop[2] + slack
        and box[3] <= crop[3] + slack
    )


def line_ranges(glyphs: Glyphs) -> Iterator[tuple[int, int, bool]]:
    """Indices of the first and after the last character of each line, and whether a hyphen ends it. Some are empty."""
    start = 0
    for match in _LINE_END.finditer(glyphs.chars):
        end, is_newline = match.start(), match.group() in "\r\n"
        # PDFium leaves out the newline after a hyphen that parts a word.
        if is_newline or glyphs.is_hyphen(end):
            yield start, end, not is_newline
            start = end + 1
    yield start, len(glyphs.chars), False


def line_text(glyphs: Glyphs, start: int, end: int) -> str:
    """Empty for a line with nothing to see."""
    return _text(glyphs, start, end) if _VISIBLE.search(glyphs.chars, start, end) else ""


def placed_text(glyphs: Glyphs, start: int, end: int) -> tuple[str, list[int]]:
    """`line_text`, and for each of its characters the index of one with the same box."""
    text = line_text(glyphs, start, end)
    chars = glyphs.chars.replace("\t", " ")
    kept = [i for i in range(start, end) if not _UNWRITTEN.match(chars, i)] if text else []
    kept = [i for n, i in enumerate(kept) if not (n and _is_pair(chars[kept[n - 1]], chars[i]))]
    while kept and chars[kept[0]].isspace():
        del kept[0]
    return text, kept[: len(text)]


def _is_pair(high: str, low: str) -> bool:
    return "\ud800" <= high <= "\udbff" and "\udc00" <= low <= "\udfff"


def _line(glyphs: Glyphs, start: int, end: int, is_hyphenated: bool) -> Iterator[Line]:
    text = _text(glyphs, start, end)
    first = _VISIBLE.search(glyphs.chars, start, end)
    if not text or not first:
        return
    last = next(index for index in range(end - 1, start - 1, -1) if _VISIBLE.match(glyphs.chars, index))
    middle = _VISIBLE.search(glyphs.chars, (start + end) // 2, end) or first
    sample = (first.start(), middle.start(), last)
    boxes = [glyphs.box(index) for index in sample]
    box = Box(
        min(box.left for box in boxes),
        median(box.bottom for box in boxes),
        max(box.right for box in boxes),
        median(box.top for box in boxes),
    )
    is_bold = all(glyphs.is_bold(index) for index in sample)
    yield Line(text, box, median(glyphs.size(index) for index in sample), is_bold, is_hyphenated)


def _text(glyphs: Glyphs, start: int, end: int) -> str:
    chars = glyphs.chars[start:end]
    for match in _ALEF_LAM.finditer(chars):
        # The ligature is one glyph, whose letters come in visual order.
        place = match.start()
        if glyphs.raw_box(start + place) == glyphs.raw_box(start + place + 1):
            chars = chars[:place] + chars[place + 1] + chars[place] + chars[place + 2 :]
    text = _UNWRITTEN.sub("", chars.replace("\t", " "))
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.strip()


def _has_image(page: Any) -> bool:
    objects = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    return next(objects, None) is not None


def _bookmarks(pdf: Any) -> Iterator[Bookmark]:
    for number, entry in enumerate(pdf.get_toc(max_depth=6)):
        if number >= _MAX_BOOKMARKS:
            return
        destination = entry.get_dest()
        page = destination.get_index() if destination else None
        title = " ".join(entry.get_title().split())
        if page is not None and title:
            yield Bookmark(title, min(entry.level + 1, 6), page)
