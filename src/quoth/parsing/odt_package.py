"""The parts of an OpenDocument text that hold text, unpacked within limits. Versions 1.0 to 1.4, packed and flat."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from quoth.parsing.archive import child, local_name, open_archive, parse_xml, read_xml, value
from quoth.parsing.outcome import UnreadError
from quoth.records import State

_ENCRYPTED: Final = frozenset({"content.xml", "encrypted-package"})
"""Members that are encrypted where a password is set, by older programs and since LibreOffice 24.8."""
_OTHERS: Final = {
    "spreadsheet": ("a spreadsheet", "xlsx"),
    "presentation": ("a presentation", "pptx"),
    "drawing": ("a drawing", "PDF"),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Elements are lxml's, which have no types."""

    body: Any
    styles: Sequence[Any]
    """Elements that hold styles."""
    meta: Any
    """What the document says of itself; None when it says nothing."""


def read_parts(path: Path) -> Parts:
    """Raises UnreadError when it needs a password or is no text."""
    if not zipfile.is_zipfile(path):
        root = parse_xml(path.read_bytes())
        return Parts(_body(root), [root], child(root, "meta"))
    with open_archive(path) as archive:
        names = set(archive.namelist())
        _check_password(archive, names)
        if "content.xml" not in names:
            raise UnreadError(State.DAMAGED, "the file is damaged: its text is missing; get another copy")
        content = read_xml(archive, "content.xml")
        styles, meta = (read_xml(archive, name) if name in names else None for name in ("styles.xml", "meta.xml"))
    return Parts(_body(content), [found for found in (content, styles) if found is not None], child(meta, "meta"))


def titles_among(styles: Sequence[Any]) -> frozenset[str]:
    """Names of the styles that are or derive from the style Title."""
    parents = {value(style, "name"): value(style, "parent-style-name") for root in styles for style in _styles(root)}
    titles: set[str] = {"Title"}
    for name in parents:
        line: list[str] = []
        above = name
        while above and above not in titles and above not in line:
            line.append(above)
            above = parents.get(above)
        if above in titles:
            titles.update(line)
    return frozenset(titles)


def name_of(element: Any) -> str:
    """As "text:p": the family of its namespace, whose prefix a file may choose, and its local name."""
    namespace, _, local = (element.tag if isinstance(element.tag, str) else "").rpartition("}")
    family = namespace.rsplit(":", 2)
    return f"{family[1]}:{local}" if len(family) == 3 else local


def _body(root: Any) -> Any:
    body = child(root, "body")
    text = child(body, "text")
    if text is not None:
        return text
    for part in body if body is not None else ():
        if local_name(part) in _OTHERS:
            kind, ending = _OTHERS[local_name(part)]
            raise UnreadError(State.UNSUPPORTED, f"the file is {kind}; save it as {ending}")
    raise UnreadError(State.DAMAGED, "the file is damaged: its text is missing; get another copy")


def _styles(root: Any) -> Sequence[Any]:
    return [style for part in root if local_name(part) in ("automatic-styles", "styles") for style in part]


def _check_password(archive: zipfile.ZipFile, names: set[str]) -> None:
    manifest = read_xml(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else ()
    for entry in manifest:
        if value(entry, "full-path") in _ENCRYPTED and child(entry, "encryption-data") is not None:
            raise UnreadError(State.ENCRYPTED, "the file needs a password; save a copy without one")
