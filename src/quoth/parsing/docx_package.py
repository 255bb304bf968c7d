"""The parts of a docx that hold text, unpacked within limits. ECMA-376, transitional and strict."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quoth.parsing.archive import child, local_name, open_archive, read_xml, value
from quoth.parsing.outcome import UnreadError
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
    """Roots (lxml's) of "document" and, where they are, of "styles", "footnotes", "endnotes", "comments" and "core"."""
    with open_archive(path) as archive:
        main = _main_part(archive)
        folder = posixpath.dirname(main)
        wanted = {name: f"{folder}/{name}.xml" for name in ("styles", "footnotes", "endnotes", "comments")}
        wanted |= {"document": main, "core": "docProps/core.xml"}
        names = set(archive.namelist())
        if main not in names:
            raise UnreadError(State.DAMAGED, "the file is damaged: its text is missing; get another copy")
        return {key: read_xml(archive, name) for key, name in wanted.items() if name in names}


def heading_levels(styles: Any) -> MappingProxyType[str, int]:
    """Style id to 1-9 for headings, by outline level or name, own or inherited."""
    own: dict[str, tuple[int | None, str | None]] = {}
    for style in styles if styles is not None else ():
        style_id = value(style, "styleId")
        if local_name(style) == "style" and style_id:
            own[style_id] = (_own_level(style), value(child(style, "basedOn")))
    return MappingProxyType({style_id: level for style_id in own if (level := _level(style_id, own))})


def list_styles(styles: Any) -> frozenset[str]:
    """Ids of the styles that number their paragraphs or put bullets before them, by themselves or inherited."""
    own: dict[str, tuple[int | None, str | None]] = {}
    for style in styles if styles is not None else ():
        own[value(style, "styleId") or ""] = (is_numbered(child(style, "pPr")), value(child(style, "basedOn")))
    return frozenset(style_id for style_id in own if _level(style_id, own))


def is_numbered(properties: Any) -> bool | None:
    """Whether these paragraph properties ask for a number or bullet; None when they do not say."""
    numbering = child(properties, "numPr")
    return None if numbering is None else value(child(numbering, "numId")) != "0"


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


def _main_part(archive: zipfile.ZipFile) -> str:
    relations = read_xml(archive, _RELATIONS) if _RELATIONS in archive.namelist() else ()
    for relation in relations:
        if (value(relation, "Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((value(relation, "Target") or "").lstrip("/"))
    return "word/document.xml"
