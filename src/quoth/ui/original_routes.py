"""The file behind a document: pages of a PDF as images, places on them, and the file itself to save."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse

from quoth.errors import BusyError, DocumentGoneError, QuothError, SourceError
from quoth.originals import MOST_BOX_PAGES, pages_of
from quoth.records import Document, Original, PageBox, Span
from quoth.ui.address import parse_address
from quoth.ui.client import client_of
from quoth.ui.labels import language_of, say_error, speaking
from quoth.ui.needs import ReadingLibrary
from quoth.ui.reasons import say_reason
from quoth.ui.turns import Shares

MOST_OF_ONE = 6
"""Pages that are drawn for one client at once; a browser asks for no more. The others keep the rest of the places."""
_KEPT = "private, max-age=600"


def make_original_router(library: ReadingLibrary) -> APIRouter:
    """Documents are named by their ids; no path ever comes from the browser."""
    router, drawing = APIRouter(), Shares(MOST_OF_ONE)

    @router.get("/page/{document_id}/{number}.png")
    def show_page(
        request: Request,
        document_id: str,
        number: int,
        w: Annotated[int, Query(ge=1)] = 1200,
        if_none_match: Annotated[str, Header()] = "",
    ) -> Response:
        def draw() -> Response:
            with drawing.share(client_of(request.scope)):
                image = library.originals.draw(document_id, number, w)
            tag = f'"{document_id}-{number}-{w}"'  # the id of a document stands for the bytes of its file
            headers = {"Cache-Control": _KEPT, "ETag": tag}
            is_known = tag in if_none_match
            return Response(status_code=304, headers=headers) if is_known else _png(image, headers)

        return _or_refuse(request, draw)

    @router.get("/boxes/{document_id}")
    def show_boxes(request: Request, document_id: str, s: str = "", m: str = "", f: str = "", o: str = "") -> Response:
        """`s` and `m` as in the page's address, `f` what was found, `o` other passages of the answer: start-end."""

        def place() -> Response:
            with drawing.share(client_of(request.scope)):
                return _boxes(library, document_id, (s, m, f, o))

        return _or_refuse(request, place)

    @router.get("/original/{document_id}")
    def save_original(request: Request, document_id: str) -> Response:
        return _or_refuse(request, lambda: _save(library.originals.find(document_id)))

    return router


def _png(image: bytes, headers: Mapping[str, str]) -> Response:
    return Response(image, media_type="image/png", headers=dict(headers))


def _boxes(library: ReadingLibrary, document_id: str, written: tuple[str, str, str, str]) -> Response:
    """`written`: passage, highlights, what was found, and other passages, which get the pages that the first leave."""
    passage, highlights, found, others = (_read_spans(spans) for spans in written)
    kinds = {"cited": passage, "marked": highlights or passage, "found": found, "other": others}
    seen: set[int] = set()
    document = library.document(document_id)
    boxes = [
        {"kind": kind, **{name: getattr(box, name) for name in PageBox.__dataclass_fields__}}
        for kind, spans in kinds.items()
        for span in spans
        if _is_affordable(document, span, seen)
        for box in library.originals.boxes(document_id, span)
    ]
    return JSONResponse(boxes, headers={"Cache-Control": _KEPT})


def _is_affordable(document: Document, span: Span, seen: set[int]) -> bool:
    """Whether the pages of `span` are MOST_BOX_PAGES at most, together with those `seen`; they then are, too."""
    pages = seen | {number for number, _ in pages_of(document, span)}
    if len(pages) > MOST_BOX_PAGES:
        return False
    seen |= pages
    return True


def _read_spans(written: str) -> tuple[Span, ...]:
    return parse_address(f"doc=x&m={quote(written)}").marks


def _save(original: Original) -> Response:
    changed = {} if original.is_as_read else {"X-Quoth-Changed": "1"}
    return FileResponse(
        original.path,
        media_type="application/octet-stream",
        filename=original.name,
        content_disposition_type="attachment",
        headers={"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff", **changed},
    )


def _or_refuse(request: Request, make: Callable[[], Response]) -> Response:
    """What `make` makes, else the reason in the reader's language, under a code that is not kept."""
    try:
        return make()
    except QuothError as error:
        codes = {DocumentGoneError: 404, SourceError: 409, BusyError: 503}
        code = next((code for kind, code in codes.items() if isinstance(error, kind)), 422)
        with speaking(language_of(request.headers.get("accept-language", ""))):
            told = say_reason(say_error(error))
        return PlainTextResponse(told, code, headers={"Cache-Control": "no-store"})
