"""PDFs made by hand, so that tests know every character and where it stands."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class TextLine:
    text: str
    x: float = 72
    y: float = 720
    size: float = 12
    is_bold: bool = False
    is_upright: bool = False
    """Runs up the page, to be read once the page is turned clockwise."""


@dataclass(frozen=True)
class PdfPage:
    lines: Sequence[TextLine] = ()
    extra: str = ""
    """Entries of the page's dictionary, such as /Rotate 90."""
    has_image: bool = False


@dataclass
class _Objects:
    bodies: list[bytes] = field(default_factory=list)

    def add(self, body: str | bytes) -> int:
        self.bodies.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.bodies)

    def stream(self, content: bytes, entries: str = "") -> int:
        packed = zlib.compress(content)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode()
        return self.add(head + packed + b"\nendstream")


def make_pdf(
    pages: Sequence[PdfPage],
    *,
    title: str = "",
    labels: str = "",
    bookmarks: Sequence[tuple[str, int]] = (),
    codes: Mapping[str, str] | None = None,
) -> bytes:
    """A whole file.

    `labels`: the /PageLabels number tree. `bookmarks`: (title, page from 0), all of one level. `codes`: what letters
    of the plain font stand for, instead of themselves.
    """
    objects = _Objects()
    meaning = f"/ToUnicode {objects.stream(_to_unicode(codes))} 0 R" if codes else ""
    plain = objects.add(f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding {meaning} >>")
    bold = objects.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
    image_entries = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    image = objects.stream(b"\x80", image_entries)
    resources = f"<< /Font << /F0 {plain} 0 R /F1 {bold} 0 R >> /XObject << /Im {image} 0 R >> >>"
    contents = [objects.stream(_content(page)) for page in pages]
    parent = len(objects.bodies) + len(pages) + 1
    kids = [
        objects.add(
            f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 612 792] /Resources {resources} "
            f"/Contents {content} 0 R {page.extra} >>"
        )
        for page, content in zip(pages, contents, strict=True)
    ]
    objects.add(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>")
    outlines = _outlines(objects, bookmarks, kids)
    labels_entry = f"/PageLabels << /Nums [{labels}] >>" if labels else ""
    root = objects.add(f"<< /Type /Catalog /Pages {parent} 0 R {labels_entry} {outlines} >>")
    info = objects.add(f"<< /Title ({title}) >>")
    return _file(objects, root, info)


def lines_of(text: str, x: float = 72, top: float = 720, leading: float = 14, size: float = 12) -> list[TextLine]:
    """Lines below one another, as typed."""
    return [TextLine(line, x, top - number * leading, size) for number, line in enumerate(text.split("\n")) if line]


def _content(page: PdfPage) -> bytes:
    parts = ["q 500 0 0 700 50 50 cm /Im Do Q"] if page.has_image else []
    for line in page.lines:
        escaped = line.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        matrix = "0 1 -1 0" if line.is_upright else "1 0 0 1"
        parts.append(f"BT /F{int(line.is_bold)} {line.size} Tf {matrix} {line.x} {line.y} Tm ({escaped}) Tj ET")
    return "\n".join(parts).encode("cp1252")


def _to_unicode(codes: Mapping[str, str]) -> bytes:
    pairs = "\n".join(f"<{ord(code):02X}> <{text.encode('utf-16-be').hex()}>" for code, text in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    ).encode()


def _outlines(objects: _Objects, bookmarks: Sequence[tuple[str, int]], kids: Sequence[int]) -> str:
    if not bookmarks:
        return ""
    first = len(objects.bodies) + 1
    root = first + len(bookmarks)
    for number, (title, page) in enumerate(bookmarks):
        following = f"/Next {first + number + 1} 0 R" if number + 1 < len(bookmarks) else ""
        objects.add(f"<< /Title ({title}) /Parent {root} 0 R /Dest [{kids[page]} 0 R /Fit] {following} >>")
    objects.add(f"<< /Type /Outlines /First {first} 0 R /Last {root - 1} 0 R /Count {len(bookmarks)} >>")
    return f"/Outlines {root} 0 R"


def _file(objects: _Objects, root: int, info: int) -> bytes:
    content = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects.bodies, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(offsets) + 1
    return (
        content
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root {root} 0 R /Info {info} 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
        ).encode()
    )
