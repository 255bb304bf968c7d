"""PowerPoint presentations, by python-pptx; what it does not write is put into their parts by hand."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pptx import Presentation
from pptx.util import Emu

_TITLE_AND_CONTENT, _BLANK = 1, 6


@dataclass(frozen=True)
class Slide:
    title: str = ""
    items: Sequence[str] = ()
    """Of the body."""
    boxes: Sequence[str] = ()
    grouped: Sequence[str] = ()
    """Text boxes, each in a group inside the group of the one before."""
    table: Sequence[Sequence[str]] = ()
    notes: str = ""
    is_hidden: bool = False


def make_pptx(*slides: Slide, title: str = "", author: str = "") -> bytes:
    deck = Presentation()
    for slide in slides:
        _add(deck, slide)
    deck.core_properties.title, deck.core_properties.author = title, author
    deck.core_properties.created = datetime.datetime(2024, 5, 31)
    packed = io.BytesIO()
    deck.save(packed)
    return packed.getvalue()


def _add(deck: Presentation, slide: Slide) -> None:
    made = deck.slides.add_slide(deck.slide_layouts[_TITLE_AND_CONTENT if slide.title else _BLANK])
    place = (Emu(0), Emu(0), Emu(100), Emu(100))
    if slide.title:
        made.shapes.title.text = slide.title
        made.placeholders[1].text = "\n".join(slide.items)
    for box in slide.boxes:
        made.shapes.add_textbox(*place).text_frame.text = box
    shapes = made.shapes
    for box in slide.grouped:
        shapes = shapes.add_group_shape().shapes
        shapes.add_textbox(*place).text_frame.text = box
    if slide.table:
        table = made.shapes.add_table(len(slide.table), len(slide.table[0]), *place).table
        for cell, text in zip(table.iter_cells(), chain.from_iterable(slide.table), strict=True):
            cell.text = text
    if slide.notes:
        made.notes_slide.notes_text_frame.text = slide.notes
    if slide.is_hidden:
        made._element.set("show", "0")
