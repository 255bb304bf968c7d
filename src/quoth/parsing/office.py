"""What Office documents of all kinds share: parts that name one another, and what they say of themselves."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quoth.parsing.about import ANONYMOUS, About, about
from quoth.parsing.archive import child, read_xml, value, words

_CORE = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str
    """The last word of its type, the same in both flavours of the format: "slide", "notesSlide"."""
    part: str
    """Its name in the archive."""


def relations_of(archive: zipfile.ZipFile, part: str) -> Mapping[str, Relation]:
    """By id; those to other files are left out. `part`: "" for the package itself (ECMA-376, part 2, 6.5)."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in archive.namelist():
        return {}
    return {
        value(relation, "Id") or "": Relation(
            (value(relation, "Type") or "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, value(relation, "Target") or "")).lstrip("/"),
        )
        for relation in read_xml(archive, listed)
        if value(relation, "TargetMode") != "External"
    }


def relation_id(element: Any) -> str:
    """Its attribute r:id, beside which it may have an id of its own; "" for none."""
    return next((text for key, text in element.items() if key.endswith("}id")), "")


def core_about(archive: zipfile.ZipFile) -> About:
    """From the core properties (ECMA-376, part 2, 8)."""
    if _CORE not in archive.namelist():
        return ANONYMOUS
    core = read_xml(archive, _CORE)
    return about(*(words(child(core, name)) for name in ("title", "creator", "created")))
