"""OpenDocument texts made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:draw="{_OASIS}:drawing:1.0" xmlns:svg="{_OASIS}:svg-compatible:1.0" xmlns:style="{_OASIS}:style:1.0" '
    f'xmlns:meta="{_OASIS}:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
STYLES = (
    '<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="P2" style:parent-style-name="P2"/></office:automatic-styles>'
)
META = (
    "<office:meta><dc:title>Metadata</dc:title><meta:initial-creator>B. Writer</meta:initial-creator>"
    "<dc:creator>Someone else</dc:creator><meta:creation-date>1931-05-02T10:00:00</meta:creation-date></office:meta>"
)


def paragraph(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def heading(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def row(*cells: str) -> str:
    return (
        "<table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        + ("</table:table-row>")
    )


def note(text: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{paragraph(text)}</text:note-body></text:note>"
    )


def comment(text: str, author: str = "", date: str = "") -> str:
    author = f"<dc:creator>{author}</dc:creator>" if author else ""
    date = f"<dc:date>{date}</dc:date>" if date else ""
    return f"<office:annotation>{author}{date}{paragraph(text)}</office:annotation>"


def flat(body: str, *, kind: str = "text") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES}>{META}{STYLES}'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def make_odt(
    body: str,
    *,
    kind: str = "text",
    meta: str = META,
    content: str = "",
    manifest: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """`body`: inside of office:text. `content`: the whole content.xml instead."""
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": content
        or f"<office:document-content {NAMES}>{STYLES}<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>",
        "styles.xml": f'<office:document-styles {NAMES}><office:styles><style:style style:name="Haupt" '
        'style:parent-style-name="Title"/></office:styles></office:document-styles>',
        "meta.xml": f"<office:document-meta {NAMES}>{meta}</office:document-meta>",
        "META-INF/manifest.xml": manifest or "<manifest/>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
        for name, extra in (more or {}).items():
            archive.writestr(name, extra)
    return packed.getvalue()
