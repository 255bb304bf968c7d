from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.parsing.pdf_writer import PdfPage, lines_of, make_pdf

from quoth.documents import file_sha256, read_document
from quoth.errors import QuothError, SourceError
from quoth.originals import WIDTHS, Originals
from quoth.parsing import ParsingWorker, parse_file
from quoth.records import Document, Span

PAGE = PdfPage(lines_of("The keeper slept.\nNobody woke him."))


class Opened:
    """One document of a folder, and the originals of that folder."""

    def __init__(self, folder: Path, content: bytes, *, time_limit_s: float = 30.0) -> None:
        self.path = folder / "a.pdf"
        self.path.write_bytes(content)
        self.document: Document = read_document(folder, "a.pdf", parse_file).document
        self.originals = Originals(
            lambda _: self.document, lambda: folder, lambda: ParsingWorker(time_limit_s=time_limit_s)
        )

    def width_of(self, number: int, width: int) -> int:
        image = self.originals.draw("id", number, width)
        assert image.startswith(b"\x89PNG\r\n\x1a\n")
        return int.from_bytes(image[16:20], "big")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(tmp_path, make_pdf([PAGE]))
    yield opened
    opened.originals.close()


@pytest.mark.parametrize(("asked", "drawn"), [(1, 800), (800, 800), (801, 1200), (10**9, 2000)])
def test_an_image_has_the_next_larger_of_a_few_widths(opened: Opened, asked: int, drawn: int) -> None:
    assert drawn in WIDTHS
    assert abs(opened.width_of(1, asked) - drawn) <= 1


def test_a_very_high_page_is_drawn_smaller(tmp_path: Path) -> None:
    opened = Opened(tmp_path, make_pdf([PdfPage(PAGE.lines, extra="/MediaBox [0 0 612 14000]")]))
    image = opened.originals.draw("id", 1, 2000)
    opened.originals.close()
    width, height = int.from_bytes(image[16:20], "big"), int.from_bytes(image[20:24], "big")
    assert width * height < 8_100_000
    assert width < 800


def test_an_image_that_was_drawn_is_not_served_once_the_file_is_another(opened: Opened) -> None:
    opened.width_of(1, 800)
    before = opened.path.stat()
    content = opened.path.read_bytes()
    opened.path.write_bytes(content.replace(b"%PDF-1.7", b"%PDF-1.6"))
    os.utime(opened.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert opened.path.stat().st_size == before.st_size
    assert not opened.originals.find("id").is_as_read
    with pytest.raises(SourceError, match="was changed since the index was built"):
        opened.originals.draw("id", 1, 800)
    with pytest.raises(SourceError, match="was changed since the index was built"):
        opened.originals.boxes("id", Span(0, 5))
    opened.path.write_bytes(content)
    assert opened.width_of(1, 800) >= 800


def test_a_file_that_is_gone_is_named(opened: Opened) -> None:
    opened.path.unlink()
    with pytest.raises(SourceError, match=r"a\.pdf is not in the folder of documents any more"):
        opened.originals.find("id")


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_refused(opened: Opened, number: int) -> None:
    with pytest.raises(QuothError, match=f"it has no page {number}"):
        opened.originals.draw("id", number, 800)


def test_it_works_again_after_it_was_closed(opened: Opened) -> None:
    opened.width_of(1, 800)
    opened.originals.close()
    assert opened.width_of(1, 1200) >= 1200


def make_slow_pdf() -> bytes:
    """Its second page draws forms within forms, ten to the ninth of them. Its first holds the text."""
    whole = make_pdf([PAGE, PdfPage(extra="/Contents 900 0 R /Resources << /XObject << /F 901 0 R >> >>")])
    body = whole[: whole.rindex(b"xref\n0 ")]
    trailer = whole[whole.rindex(b"trailer") : whole.rindex(b"startxref")]
    objects = [(900, b"<< /Length 5 >>\nstream\n/F Do\nendstream")]
    for level in range(9):
        drawn = b"/F Do " * 10 if level < 8 else b"0 0 9 9 re f " * 10
        inner = f"/Resources << /XObject << /F {902 + level} 0 R >> >>" if level < 8 else ""
        head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] {inner} /Length {len(drawn)} >>".encode()
        objects.append((901 + level, head + b"\nstream\n" + drawn + b"\nendstream"))
    places = []
    for number, content in objects:
        places.append((number, len(body)))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(body)
    table = f"900 {len(places)}\n" + "".join(f"{offset:010} 00000 n \n" for _, offset in places)
    first_table = whole[whole.rindex(b"xref\n0 ") : whole.rindex(b"trailer")]
    body += first_table + table.encode() + trailer.replace(b"/Size ", b"/Size 910 /Was ")
    return body + f"startxref\n{start}\n%%EOF\n".encode()


def test_a_page_that_takes_for_ever_is_given_up_and_the_next_one_is_drawn(tmp_path: Path) -> None:
    opened = Opened(tmp_path, make_pdf([PAGE]), time_limit_s=5)
    opened.path.write_bytes(make_slow_pdf())
    info = replace(opened.document.info, file_sha256=file_sha256(opened.path))
    opened.document = replace(opened.document, info=info)
    try:
        with pytest.raises(QuothError, match="took longer than 5 s"):
            opened.originals.draw("id", 2, 800)
        assert opened.width_of(1, 800) >= 800
    finally:
        opened.originals.close()
