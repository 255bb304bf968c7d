"""PowerPoint presentations: slide by slide, the title first, the notes last. ECMA-376, transitional and strict."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from quoth.parsing.archive import child, local_name, open_archive, read_xml, value
from quoth.parsing.office import core_about, relation_id, relations_of
from quoth.parsing.outcome import UnreadError
from quoth.parsing.slide_walk import SlideWalk, title_of
from quoth.parsing.text_builder import TextBuilder
from quoth.records import Locator, Parsed, State

_HIDDEN: Final = "hidden slide"
_FALSE: Final = ("0", "false")


def parse_slides(path: Path) -> Parsed:
    """Text boxes, groups, tables, diagrams and notes; table rows are blocks whose cells a tab separates.

    A slide's title is the heading of the slide; hidden ones are read and named so. Footers, dates and numbers of
    slides, charts, comments and what stands on masters are left out.
    """
    with open_archive(path) as archive:
        deck = _Deck(archive)
        for number, part in enumerate(_slides(archive), 1):
            deck.add(part, number)
        return deck.builder.finish("pptx", core_about(archive), "; ".join(deck.troubles))


def _slides(archive: zipfile.ZipFile) -> Iterator[str]:
    """Their parts, in order; the same one again is given once."""
    main = next((found.part for found in relations_of(archive, "").values() if found.kind == "officeDocument"), "")
    if main not in archive.namelist():
        raise UnreadError(State.DAMAGED, "the file is damaged: its list of slides is missing; get another copy")
    relations = relations_of(archive, main)
    listed = child(read_xml(archive, main), "sldIdLst")
    ids = [relation_id(entry) for entry in listed if local_name(entry) == "sldId"] if listed is not None else []
    return iter(dict.fromkeys(relations[key].part if key in relations else f"?{key}" for key in ids))


class _Deck:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.builder = TextBuilder()
        self.troubles: list[str] = []
        self._archive = archive
        self._names = frozenset(archive.namelist())

    def add(self, part: str, number: int) -> None:
        root = self._read(part, f"slide {number}")
        if root is None:
            return
        at = Locator(unit="slide", number=number)
        is_hidden = value(root, "show") in _FALSE
        title = title_of(root)
        if is_hidden or not title:  # so that the title before holds no longer
            self.builder.start_section(_HIDDEN if is_hidden else "")
        self.builder.add(title, "heading", 2 if is_hidden else 1, at)
        relations = relations_of(self._archive, part)
        diagrams = {key: found.part for key, found in relations.items() if found.kind == "diagramData"}
        walk = SlideWalk(self.builder, at, has_title=True)
        for diagram in walk.walk(root):
            data = self._read(diagrams.get(diagram, ""), f"a diagram of slide {number}")
            if data is not None:
                walk.walk_diagram(data)
        for found in relations.values():
            notes = self._read(found.part, f"notes of slide {number}") if found.kind == "notesSlide" else None
            if notes is not None:
                for _ in SlideWalk(self.builder, Locator(unit="notes", number=number)).walk(notes):
                    pass

    def _read(self, part: str, what: str) -> Any:
        """Its root element; None when it cannot be read, which is told."""
        try:
            return read_xml(self._archive, part) if part in self._names else self._miss(what, "missing")
        except (etree.XMLSyntaxError, zipfile.BadZipFile):
            return self._miss(what, "damaged")
        except UnreadError as error:
            if error.state is not State.DAMAGED:
                raise
            return self._miss(what, "damaged")

    def _miss(self, what: str, why: str) -> None:
        self.troubles.append(f"{what}: {why} in the file; get another copy")
