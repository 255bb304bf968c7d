"""Zip archives that documents are written as, and the XML in them: unpacked within limits, in memory only."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from quoth.parsing.limits import MAX_ARCHIVE_BYTES, MAX_MEMBER_BYTES
from quoth.parsing.outcome import OUT_OF_MEMORY, UnreadError
from quoth.records import State

_READ_AS_TEXT = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")

_ENTITIES = (
    "the file is damaged: its text refers to XML entities, which office programs do not write; "
    "save it again from the program that made it"
)


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Raises UnreadError when it needs a password or holds more than is allowed; names in it are only names."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise UnreadError(State.ENCRYPTED, "the file needs a password; save a copy without one")
        largest = max((part.file_size for part in parts if part.filename.endswith(_READ_AS_TEXT)), default=0)
        if largest > MAX_MEMBER_BYTES or sum(part.file_size for part in parts) > MAX_ARCHIVE_BYTES:
            raise UnreadError(
                State.TOO_BIG, "unpacked, its contents are larger than allowed; split it or save it as PDF"
            )
        yield archive


def read_xml(archive: zipfile.ZipFile, name: str, *, may_refer: bool = False) -> Any:
    """The root element (lxml's, which has no types). Raises KeyError when it is not there, XMLSyntaxError."""
    # zipfile stops at the size that the archive declares, which was checked.
    return parse_xml(archive.read(name), may_refer=may_refer)


def parse_xml(content: bytes, *, may_refer: bool = False) -> Any:
    """The root element, without comments; entities are not resolved and nothing is fetched.

    Raises UnreadError where there are entities, unless it `may_refer` to them: their words would be lost.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise out_of_memory(error) or error from None
    if not may_refer:
        refuse_entities(root)
    return root


def refuse_entities(element: Any) -> None:
    """Raises UnreadError where its document declares entities or it refers to one; those of XML itself are none."""
    declared = element.getroottree().docinfo.internalDTD
    if declared is None:  # without it a reference is no well-formed XML
        return
    if any(declared.iterentities()) or next(element.iter(etree.Entity), None) is not None:
        raise UnreadError(State.DAMAGED, _ENTITIES)


def out_of_memory(error: etree.XMLSyntaxError) -> UnreadError | None:
    """What to raise instead of an error by which libxml2 reports a refused allocation; None for others."""
    is_refused = "unknown error" in str(error) or any(entry.type_name == "ERR_NO_MEMORY" for entry in error.error_log)
    return UnreadError(State.TOO_BIG, OUT_OF_MEMORY) if is_refused else None


def local_name(element: Any) -> str:
    """Name without namespace, which differs between flavours of a format; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, name: str) -> Any:
    """First child of that local name, or None."""
    return next((found for found in element if local_name(found) == name), None) if element is not None else None


def value(element: Any, name: str = "val") -> str | None:
    """Attribute by local name; None when it, or the element, is missing."""
    if element is None:
        return None
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)


def words(element: Any) -> str:
    """All text in it on one line; "" for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
