"""Pages of a PDF as images above their text, and the file itself: what stands behind an opened document."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from quoth.records import Document, Original, Span
from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.render_html import Html, element, escape
from quoth.ui.source_text_html import Sheet

_WIDTHS = (800, 1200, 1600, 2000)


def has_images(document: Document, original: Original | None) -> bool:
    """Pages of a file that has changed would not be those of the text."""
    return document.info.kind == "pdf" and original is not None and original.is_as_read


def render_image(document: Document, sheet: Sheet) -> Html:
    """The page of a sheet; the browser asks for it when it comes into view. Boxes are laid over it by `pages.js`."""
    path = f"quoth/page/{document.info.id}/{sheet.number}.png?w="
    image = element(
        "img",
        src=f"{path}{_WIDTHS[1]}",
        srcset=", ".join(f"{path}{width} {width}w" for width in _WIDTHS),
        sizes="(max-width: 64rem) 100vw, 54rem",
        loading="lazy",
        decoding="async",
        alt=say("{label} as an image; its text follows", label=sheet.label),
    )
    boxes = element("div", class_="boxes", aria_hidden="true")
    return element("figure", image, boxes, class_="page", data_number=str(sheet.number))


def boxes_address(address: Address, others: Sequence[Span], current: Span | None) -> str:
    """Where `pages.js` learns on which places of the pages each kind of what is marked in the text stands.

    `others`: further passages of the answer.
    """
    spans = {
        "o": others,
        "s": (address.passage,) if address.passage else (),
        "m": address.marks,
        "f": (current,) if current else (),
    }
    written = {key: ",".join(f"{span.start}-{span.end}" for span in several) for key, several in spans.items()}
    asked = urlencode({key: value for key, value in written.items() if value})
    return f"quoth/boxes/{address.document_id}?{asked}" if asked else ""


def render_switch() -> Html:
    """Between images with text and text alone; `pages.js` remembers it."""
    names = {"image": say("Page image"), "text": say("Text only")}
    buttons = (
        element("button", escape(name), type="button", data_pages=kind, aria_pressed=str(kind == "image").lower())
        for kind, name in names.items()
    )
    return element("div", *buttons, class_="switch", role="group", aria_label=say("View"))


def render_download(document: Document, original: Original | None) -> Html:
    if original is None:
        return Html("")
    link = escape(say("Download the original"))
    return element("a", link, class_="download", href=f"quoth/original/{document.info.id}", download=True)


def render_state(document: Document, original: Original | None) -> Html:
    """Why the file cannot be shown or saved as it was read; nothing when it can."""
    if original is None:
        text = say("The file is not in the folder of documents any more; this is the text that was read from it.")
    elif original.is_as_read:
        return Html("")
    else:
        text = say("The file was changed since the index was built; this is the text as it was. Build again to see it.")
    return element("p", escape(text), class_="state")
