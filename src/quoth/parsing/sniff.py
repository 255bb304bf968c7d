"""What a file is by its first bytes, which name endings often get wrong."""

from __future__ import annotations

import mmap
import zipfile
from pathlib import Path

from quoth.parsing.outcome import UnreadError
from quoth.records import State

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
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
    if suffix == "pdf" and b"%PDF-" not in head:  # PDFium looks for it in the first 1,024 bytes as well
        raise UnreadError(State.DAMAGED, "the file is not a PDF although its name says so; get another copy")
    if suffix == "docx":
        raise UnreadError(State.DAMAGED, "the file is not a Word document although its name says so; get another copy")
    return suffix


def _office_trouble(path: Path) -> UnreadError:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        is_encrypted = content.find(_OLE_DIRECTORY_NAME) >= 0
    if is_encrypted:
        return UnreadError(State.ENCRYPTED, "the file needs a password; save a copy without one")
    return UnreadError(State.UNSUPPORTED, "the file is of the Office format before 2007; save it as docx or PDF")


def _kind_of_archive(path: Path, suffix: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UnreadError(
            State.DAMAGED, "the file is damaged: its zip archive is not whole; get another copy"
        ) from None
    if any(name.startswith("word/") and name.endswith(".xml") for name in names):
        return "docx"
    if suffix in {"txt", "text", "log", "md", "markdown", "html", "htm", "xhtml", "pdf", "docx"}:
        raise UnreadError(State.UNSUPPORTED, "the file is a zip archive of another kind; unpack it, or save it as docx")
    return suffix
