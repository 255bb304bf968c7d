"""Files that cannot be read, or not wholly, each with the state it ends in."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.parsing.docx_writer import make_docx, paragraph
from tests.parsing.pdf_writer import PdfPage, lines_of, make_pdf
from tests.parsing.zip_writer import declaring, make_zip, with_flags

from quoth.records import State


@dataclass(frozen=True)
class BadFile:
    name: str
    content: bytes
    state: State


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
_NOISE = random.Random(1).randbytes(20_000)
_LETTER = make_docx(paragraph("Anna wrote from Lisbon."))
_PAGE = PdfPage(lines_of("A page with enough words on it to be taken for one that was never scanned at all."))

BAD_FILES = (
    BadFile("nothing.txt", b"", State.EMPTY),
    BadFile("blanks.md", b" \n\t\r\n \f", State.EMPTY),
    BadFile("bare.html", b"<html><body><script>no</script></body></html>", State.EMPTY),
    BadFile("noise.txt", _NOISE, State.DAMAGED),
    BadFile("noise.pdf", b"%PDF-1.7\n" + _NOISE, State.DAMAGED),
    BadFile("text.pdf", b"Just text, whatever the name says.", State.DAMAGED),
    BadFile("cut.docx", _LETTER[:-30], State.DAMAGED),
    BadFile("cut.zip", make_zip({"a.txt": b"words"})[:-9], State.DAMAGED),
    BadFile("scan.pdf", make_pdf([PdfPage(has_image=True)]), State.NEEDS_OCR),
    BadFile("half.pdf", make_pdf([_PAGE, PdfPage(has_image=True)]), State.PARTLY_READ),
    BadFile("secret.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), State.ENCRYPTED),
    BadFile("locked.docx", with_flags(_LETTER, 1), State.ENCRYPTED),
    BadFile("bomb.docx", declaring(_LETTER, 400_000_000), State.TOO_BIG),
    BadFile("old.doc", _OLE, State.UNSUPPORTED),
    BadFile("photo.jpg", b"\xff\xd8\xff" + _NOISE, State.NEEDS_OCR),
    BadFile("README", b"No ending, no parser.", State.UNSUPPORTED),
)
