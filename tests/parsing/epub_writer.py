"""EPUB books made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
_METADATA = """<dc:title>The Harbour</dc:title><dc:creator opf:role="ill">A. Drawer</dc:creator>
<dc:creator opf:role="aut">B. Writer</dc:creator><dc:creator opf:role="aut">C. Author</dc:creator>
<dc:date opf:event="modification">2020-02-02</dc:date><dc:date opf:event="publication">1931-05</dc:date>"""


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>unseen</title></head><body>{body}</body></html>'
    )


def navigation(items: str) -> str:
    """`items`: the <li>s of the table of contents."""
    return page(
        '<nav epub:type="landmarks"><ol><li><a href="one.xhtml">Start</a></li></ol></nav>'
        f'<nav epub:type="toc"><h1>Contents</h1><ol>{items}</ol></nav>'
    )


def ncx(points: str) -> str:
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'


def point(title: str, src: str, inner: str = "") -> str:
    return f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{src}"/>{inner}</navPoint>'


def encryption(algorithm: str, *paths: str) -> bytes:
    data = "".join(
        f'<e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="{algorithm}"/>'
        f'<e:CipherData><e:CipherReference URI="{path}"/></e:CipherData></e:EncryptedData>'
        for path in paths
    )
    return f'<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">{data}</encryption>'.encode()


def make_epub(
    pages: Mapping[str, str],
    *,
    spine: Sequence[str] = (),
    nav: str = "",
    toc: str = "",
    metadata: str = _METADATA,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """`pages`: name to XHTML body. `spine`: names in reading order, all by default. `nav`: EPUB 3, `toc`: EPUB 2."""
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>' if nav else ""
    items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' if toc else ""
    refs = "".join(f'<itemref idref="{name}"/>' for name in spine or pages)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf"><metadata>{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("OPS/book.opf", package)
        for name, body in pages.items():
            archive.writestr(f"OPS/{name}", page(body))
        for name, content in (("OPS/nav.xhtml", nav), ("OPS/toc.ncx", toc)):
            if content:
                archive.writestr(name, content)
        for name, extra in (more or {}).items():
            archive.writestr(name, extra)
    return packed.getvalue()
