"""The parts of a docx that hold text, unpacked within limits. ECMA-376, transitional and strict."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from quoth.parsing.limits import MAX_ARCHIVE_BYTES, MAX_MEMBER_BYTES
from quoth.parsing.outcome import OUT_OF_MEMORY, UnreadError
from quoth.records import State

_RELATIONS = "_rels/.rels"
_BUILT_IN_HEADING = re.compile(
    # Word writes built-in names in English whatever its language; other programs do not, nor
    # do style ids, which also drop the letters that are not ASCII.
    r"(?:heading|(?:ü|u)?berschrift|titre|t[ií]?tulo|titolo|kop|rubrik|overskrift|nag[lł]?[oó]?wek|nadpis|заголовок|标题|"
    r"標題|見出し)[ _-]?([1-9])$",
    re.IGNORECASE,
)


def read_parts(path: Path) -> dict[str, Any]:
    """Roots of "document" and, where they exist, of "styles", "footnotes", "endnotes" and "core" (lxml elements)."""
    with zipfile.ZipFile(path) as archive:
        _check_size(archive)
        main = _main_part(archive)
        folder = posixpath.dirname(main)
        wanted = {name: f"{folder}/{name}.xml" for name in ("styles", "footnotes", "endnotes")}
        wanted |= {"document": main, "core": "docProps/core.xml"}
        names = set(archive.namelist())
        if main not in names:
            raise UnreadError(State.DAMAGED, "the file is damaged: its text is missing; get another copy")
        return {key: _read_xml(archive, name) for key, name in wanted.items() if name in names}


def local_name(element: Any) -> str:
    """Name without namespace, which differs between the two flavours; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, name: str) -> Any:
    """First child of that local name, or None."""
    return next((found for found in element if local_name(found) == name), None) if element is not None else None


def value(element: Any, name: str = "val") -> str | None:
    """Attribute by local name; None when it, or the element, is missing."""
    if element is None:
        return None
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)


def heading_levels(styles: Any) -> MappingProxyType[str, int]:
    """Style id to 1-9 for headings, by outline level or name, own or inherited."""
    own: dict[str, tuple[int | None, str | None]] = {}
    for style in styles if styles is not None else ():
        style_id = value(style, "styleId")
        if local_name(style) == "style" and style_id:
            own[style_id] = (_own_level(style), value(child(style, "basedOn")))
    return MappingProxyType({style_id: level for style_id in own if (level := _level(style_id, own))})


def level_by_name(name: str) -> int:
    """1-9 when a style of that name is a heading, else 0."""
    if name.lower() == "title":
        return 1
    found = _BUILT_IN_HEADING.match(name)
    return int(found.group(1)) if found else 0


def outline_level(properties: Any) -> int | None:
    """1-9 as set in these paragraph properties; 0 for body text; None when they do not say."""
    text = value(child(properties, "outlineLvl"))
    if text is None or not text.isdecimal():
        return None
    return int(text) + 1 if int(text) < 9 else 0


def _own_level(style: Any) -> int | None:
    level = outline_level(child(style, "pPr"))
    return level if level is not None else level_by_name(value(child(style, "name")) or "") or None


def _level(style_id: str, own: dict[str, tuple[int | None, str | None]]) -> int:
    seen: set[str] = set()
    next_id: str | None = style_id
    while next_id in own and next_id not in seen:
        seen.add(next_id)
        level, next_id = own[next_id]
        if level is not None:
            return level
    return 0


def _check_size(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadError(State.ENCRYPTED, "the file needs a password; save a copy without one")
    largest = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    if largest > MAX_MEMBER_BYTES or sum(part.file_size for part in parts) > MAX_ARCHIVE_BYTES:
        raise UnreadError(State.TOO_BIG, "unpacked, its contents are larger than allowed; split it or save it as PDF")


def _main_part(archive: zipfile.ZipFile) -> str:
    relations = _read_xml(archive, _RELATIONS) if _RELATIONS in archive.namelist() else ()
    for relation in relations:
        if (value(relation, "Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((value(relation, "Target") or "").lstrip("/"))
    return "word/document.xml"


def _read_xml(archive: zipfile.ZipFile, name: str) -> Any:
    # zipfile stops at the size that the archive declares, which was checked.
    content = archive.read(name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log) or "unknown error" in str(error):
            raise UnreadError(State.TOO_BIG, OUT_OF_MEMORY) from error  # so libxml2 reports a refused allocation
        raise
