"""What an EPUB says of itself: its parts in reading order, its table of contents, title and author. EPUB 2 and 3."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from quoth.parsing.about import About, about
from quoth.parsing.archive import child, local_name, read_xml, value, words
from quoth.parsing.html import open_page
from quoth.parsing.outcome import UnreadError
from quoth.records import State

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_OBFUSCATION: Final = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Fonts are garbled so that they are not copied out of the book (EPUB 3.3, 4.4); its text is not."""
_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})

_PUBLISHED: Final = frozenset({None, "publication", "original-publication", "creation"})
"""What dates may be of, in EPUB 2; others tell when the file was made."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents."""

    title: str
    level: int
    """1 for the outermost."""
    part: str
    """Path in the archive; "" for a line that leads nowhere."""
    anchor: str
    """Id of an element there; "" for its beginning."""


@dataclass(frozen=True, slots=True)
class Package:
    parts: tuple[str, ...]
    """Paths in the archive of the pages to read, in reading order, each once; some may not be there."""
    folder: str
    """That of the package document."""
    entries: tuple[Entry, ...]
    locked: frozenset[str]
    """Paths of what copy protection has encrypted."""
    about: About


def read_package(archive: zipfile.ZipFile) -> Package:
    """Raises UnreadError when the archive is no book."""
    path = _path_of_package(archive)
    root = read_xml(archive, path, may_refer=True)
    folder = posixpath.dirname(path)
    manifest = _Manifest(folder, {value(element, "id") or "": element for element in _all(root, "item")})
    spine = child(root, "spine")
    parts = dict.fromkeys(filter(None, (manifest.page(value(ref, "idref")) for ref in _all(spine, "itemref"))))
    return Package(tuple(parts), folder, _entries(archive, manifest, spine), _locked(archive), _about(root))


@dataclass(frozen=True, slots=True)
class _Manifest:
    folder: str
    elements: Mapping[str, Any]
    """Id to the element that names the file."""

    def path(self, item_id: str | None) -> str:
        """In the archive; "" for an id that is not there."""
        element = self.elements.get(item_id or "")
        return resolve(self.folder, value(element, "href") or "")[0] if element is not None else ""

    def page(self, item_id: str | None) -> str:
        """The path of that item, or of the one given in its stead (EPUB 3.3, 3.5), when it is a page; else ""."""
        seen: set[str] = set()
        while item_id and item_id in self.elements and item_id not in seen:
            seen.add(item_id)
            if (value(self.elements[item_id], "media-type") or "").lower() in _PAGES:
                return self.path(item_id)
            item_id = value(self.elements[item_id], "fallback")
        return ""


def resolve(folder: str, href: str) -> tuple[str, str]:
    """The path in the archive that `href` leads to from `folder`, and the id there, "" for none."""
    path, _, anchor = href.partition("#")
    return posixpath.normpath(posixpath.join(folder, unquote(path))) if path else "", unquote(anchor)


def _path_of_package(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if _CONTAINER in names:
        for rootfile in _all(read_xml(archive, _CONTAINER), "rootfile"):
            path = (value(rootfile, "full-path") or "").lstrip("/")
            if path in names:
                return path
    found = next((name for name in names if name.lower().endswith(".opf")), None)
    if found is None:
        raise UnreadError(State.DAMAGED, "the book is damaged: its list of chapters is missing; get another copy")
    return found


def _all(element: Any, name: str) -> Iterator[Any]:
    return element.iter("{*}" + name) if element is not None else iter(())


def _about(root: Any) -> About:
    metadata = child(root, "metadata")
    creators = list(_all(metadata, "creator"))
    authors = [creator for creator in creators if value(creator, "role") == "aut"] or creators
    dates = (date for date in _all(metadata, "date") if value(date, "event") in _PUBLISHED)
    title = next((words(found) for found in _all(metadata, "title")), "")
    return about(title, "; ".join(dict.fromkeys(filter(None, map(words, authors)))), next(map(words, dates), ""))


def _locked(archive: zipfile.ZipFile) -> frozenset[str]:
    if _ENCRYPTION not in archive.namelist():
        return frozenset()
    locked = set()
    for encrypted in _all(read_xml(archive, _ENCRYPTION), "EncryptedData"):
        if value(child(encrypted, "EncryptionMethod"), "Algorithm") not in _FONT_OBFUSCATION:
            locked |= {resolve("", value(place, "URI") or "")[0] for place in _all(encrypted, "CipherReference")}
    return frozenset(locked)


def _entries(archive: zipfile.ZipFile, manifest: _Manifest, spine: Any) -> tuple[Entry, ...]:
    """Of the navigation document, else of the NCX; none where neither can be read: the text does not depend on it."""
    navigation = next(
        (key for key, item in manifest.elements.items() if "nav" in (value(item, "properties") or "").split()), None
    )
    ncx = value(spine, "toc") or next(
        (key for key, item in manifest.elements.items() if value(item, "media-type") == "application/x-dtbncx+xml"), ""
    )
    for key, read in ((navigation, _of_navigation), (ncx, _of_ncx)):
        path = manifest.path(key)
        try:
            found = tuple(read(archive, path)) if path else ()
        except (KeyError, etree.XMLSyntaxError, UnreadError):
            continue
        if found:
            return found
    return ()


def _of_navigation(archive: zipfile.ZipFile, path: str) -> Iterator[Entry]:
    """EPUB 3.3, 7.4: nested lists of links, and of spans for lines that lead nowhere."""
    folder = posixpath.dirname(path)
    (root, *_) = open_page(archive.read(path)).roots
    lists = list(root.iter("nav"))
    contents = next((found for found in lists if found.get("epub:type") == "toc"), lists[0] if lists else None)
    level = 0
    for event, element in etree.iterwalk(contents, events=("start", "end")) if contents is not None else ():
        if element.tag == "ol":
            level += 1 if event == "start" else -1
        elif event == "start" and element.tag in ("a", "span") and element.getparent().tag == "li" and words(element):
            yield Entry(words(element), level, *resolve(folder, element.get("href") or ""))


def _of_ncx(archive: zipfile.ZipFile, path: str) -> Iterator[Entry]:
    folder = posixpath.dirname(path)
    level = 0
    for event, element in etree.iterwalk(read_xml(archive, path, may_refer=True), events=("start", "end")):
        if local_name(element) == "navPoint":
            level += 1 if event == "start" else -1
            title = words(child(element, "navLabel"))
            if event == "start" and title:
                yield Entry(title, level, *resolve(folder, value(child(element, "content"), "src") or ""))
