"""Word documents made by hand, so that tests know every element."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"

_STYLES = """
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Rand"><w:name w:val="Rand"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
"""


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    style_element = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style_element}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def note(number: int, text: str, kind: str = "footnote", special: str = "") -> str:
    special = f'w:type="{special}"' if special else ""
    return f'<w:{kind} {special} w:id="{number}">{paragraph(text)}</w:{kind}>'


def comment(text: str, author: str = "", date: str = "") -> str:
    names = f'w:author="{author}"' + (f' w:date="{date}"' if date else "")
    return f"<w:comment {names}>{paragraph(text)}</w:comment>"


def make_docx(
    body: str,
    *,
    footnotes: str = "",
    comments: str = "",
    namespace: str = TRANSITIONAL,
    title: str = "",
    styles: str = _STYLES,
    document: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    names = f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    parts = {
        "word/document.xml": document or f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {names}>{styles}</w:styles>",
    }
    if footnotes:
        parts["word/footnotes.xml"] = f"<w:footnotes {names}>{footnotes}</w:footnotes>"
    if comments:
        parts["word/comments.xml"] = f"<w:comments {names}>{comments}</w:comments>"
    if title:
        parts["docProps/core.xml"] = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></p>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        for name, extra in (more or {}).items():
            archive.writestr(name, extra)
    return packed.getvalue()
