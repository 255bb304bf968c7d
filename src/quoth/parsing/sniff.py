"""What a file is by its first bytes, which name endings often get wrong."""

from __future__ import annotations

import codecs
import mmap
import re
import zipfile
import zlib
from pathlib import Path
from types import MappingProxyType
from typing import Final

from quoth.parsing.outcome import UnreadError
from quoth.records import State

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MEDIA_TYPES: Final = MappingProxyType(
    {
        "application/epub+zip": "epub",
        "application/vnd.oasis.opendocument.text": "odt",
        "application/vnd.oasis.opendocument.text-template": "odt",
        "application/vnd.oasis.opendocument.spreadsheet": "odt",  # whose parser says what it is
        "application/vnd.oasis.opendocument.presentation": "odt",
        "application/vnd.oasis.opendocument.graphics": "odt",
    }
)
"""What the first member of an archive, named mimetype, holds (EPUB 3.3, 4.2.6; OpenDocument 1.3, part 2, 3.3)."""
_MARKS: Final = (
    ("word/", ".xml", "docx"),
    ("xl/workbook.bin", "", "xlsb"),
    ("xl/", ".xml", "xlsx"),
    ("ppt/", ".xml", "pptx"),
    ("META-INF/container.xml", "", "epub"),
)
"""How the name of a member of the archive begins and ends, and which format's archives hold such a one."""
_MAILBOX: Final = re.compile(rb"From [^\r\n]{0,200}\d:\d\d[^\r\n]{0,50}\r?\n[!-9;-~]+[ \t]*:")
# fmt: off
_NO_ARCHIVES: Final = frozenset({
    "txt", "text", "log", "md", "markdown", "html", "htm", "xhtml", "pdf", "csv", "tsv",
    "eml", "mbox", "mht", "mhtml", "ipynb", "srt", "vtt",
})
# fmt: on
_NAMED: Final = MappingProxyType(
    {
        "docx": "a Word document",
        **dict.fromkeys(("xlsx", "xlsm"), "an Excel workbook"),
        **dict.fromkeys(("pptx", "pptm", "ppsx"), "a PowerPoint presentation"),
        "epub": "an EPUB book",
        "odt": "an OpenDocument text",
        "ott": "an OpenDocument text",
        "rtf": "an RTF document",
    }
)
"""Formats that are told by their first bytes: what a file is that has their ending and not their bytes."""
_OLE_DIRECTORY_NAME = "EncryptedPackage".encode("utf-16-le")
"""ECMA-376 encryption wraps a docx in an OLE file with a stream of this name (MS-OFFCRYPTO 1.3.2)."""


def sniff(path: Path, suffix: str) -> str:
    """The ending whose parser should read it. Raises UnreadError when the bytes say that none can."""
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(_OLE):
        raise _office_trouble(path)
    if head.startswith(_ZIP):
        return _kind_of_archive(path, suffix)
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if suffix in ("", "eml") and _MAILBOX.match(head):  # mail programs give them no ending
        return "mbox"
    if suffix == "pdf" and b"%PDF-" not in head:  # PDFium looks for it in the first 1,024 bytes as well
        raise UnreadError(State.DAMAGED, "the file is not a PDF although its name says so; get another copy")
    if suffix in _NAMED:
        raise UnreadError(
            State.DAMAGED, f"the file is not {_NAMED[suffix]} although its name says so; get another copy"
        )
    return suffix


def _office_trouble(path: Path) -> UnreadError:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        is_encrypted = content.find(_OLE_DIRECTORY_NAME) >= 0
    if is_encrypted:
        return UnreadError(State.ENCRYPTED, "the file needs a password; save a copy without one")
    return UnreadError(
        State.UNSUPPORTED, "the file is of the Office format before 2007; save it as docx, xlsx, pptx or PDF"
    )


def _kind_of_archive(path: Path, suffix: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            kind = document_kind(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UnreadError(
            State.DAMAGED, "the file is damaged: its zip archive is not whole; get another copy"
        ) from None
    if kind is None and suffix in _NO_ARCHIVES | _NAMED.keys():
        raise UnreadError(State.UNSUPPORTED, "the file is a zip archive of another kind; unpack it, or save it as docx")
    return kind or suffix


def document_kind(archive: zipfile.ZipFile) -> str | None:
    """The ending whose parser reads an archive with these members; None for one that is no document."""
    names = archive.namelist()
    kind = _MEDIA_TYPES.get(_media_type(archive)) if "mimetype" in names else None
    for start, end, marked in _MARKS if kind is None else ():
        if any(name.startswith(start) and name.endswith(end) for name in names):
            kind = kind or marked
    return kind


def _media_type(archive: zipfile.ZipFile) -> str:
    """As its first member tells; "" where that cannot be read."""
    try:
        with archive.open("mimetype") as member:
            return member.read(100).decode("latin-1").strip()
    except (RuntimeError, zlib.error):  # it needs a password; it is not what it says
        return ""
