"""Evidence as a Word document. The only module that imports python-docx."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from quoth.evidence.exhibits import Evidence, Exhibit
from quoth.evidence.keys import pinpoint
from quoth.evidence.words import check_line, hashes_line, log_line, made_line, place_line, standing_line
from quoth.render.visible import one_line, visible

if TYPE_CHECKING:
    from docx.document import Document

_LINE_END = re.compile(r"\r\n|\r")
_NOT_XML = re.compile("[\ufffe\uffff]")
_SMALL_PT = 8


def evidence_docx(evidence: Evidence) -> bytes:
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "Quoth", "Evidence", ""
    properties.created = properties.modified = evidence.made_at.replace(tzinfo=None)  # it takes them for UTC
    document.add_heading("Evidence", 0)
    document.add_paragraph(f"{made_line(evidence)} {check_line(evidence)}")
    for number, exhibit in enumerate(evidence.exhibits, start=1):
        _add_exhibit(document, number, exhibit)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_exhibit(document: Document, number: int, exhibit: Exhibit) -> None:
    from docx.shared import Pt

    citation = exhibit.citation
    document.add_heading(_line(f"{number}. {citation.label}"), 2)
    if standing_line(exhibit):
        document.add_paragraph().add_run(_line(standing_line(exhibit))).bold = True
    document.add_paragraph(_text(citation.quote), style="Quote")
    document.add_paragraph(_line(f"— {citation.title}, {pinpoint(citation)}"))
    if exhibit.note:
        note = document.add_paragraph()
        note.add_run("Note: ").bold = True
        note.add_run(_text(exhibit.note))
    for fact in (place_line(citation), hashes_line(citation), log_line(exhibit.log)):
        if fact:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(_line(fact)).font.size = Pt(_SMALL_PT)


def _text(text: str) -> str:
    r"""Line ends as "\n", which Word shows as breaks; what XML cannot hold becomes visible."""
    return _NOT_XML.sub("\ufffd", visible(_LINE_END.sub("\n", text)))


def _line(text: str) -> str:
    return _NOT_XML.sub("\ufffd", one_line(text))
