"""`GET /quoth/passage`: a quote of the page made longer. What comes back is what `render_found` makes."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from quoth.citing import cite
from quoth.errors import QuothError
from quoth.records import find_parted, label_of, read_text
from quoth.ui.address import Address, parse_address
from quoth.ui.growing import Direction, grow, passage_of
from quoth.ui.labels import language_of, say, say_error, speaking
from quoth.ui.locating import locate
from quoth.ui.needs import ReadingLibrary
from quoth.ui.passage_html import Found, render_found

_HIGHEST = 1_000


def passage_router(library: ReadingLibrary) -> APIRouter:
    router = APIRouter()

    @router.get("/passage")
    def read_passage(request: Request) -> JSONResponse:
        """The query is the address of a passage, with `grow=before` or `grow=after` and the `number` that it shows."""
        fields = request.query_params
        direction: Direction = "before" if fields.get("grow") == "before" else "after"
        number = fields.get("number", "")
        with speaking(language_of(request.headers.get("accept-language", ""))):
            try:
                return _grown(library, parse_address(str(fields)), direction, _read_number(number))
            except QuothError as error:
                return JSONResponse({"said": say_error(error)}, 409)

    return router


def _grown(library: ReadingLibrary, address: Address, direction: Direction, number: int) -> JSONResponse:
    located = locate(library, address)
    if located is None or located.address.passage is None:
        return JSONResponse({"said": say("This passage is not in the index any more. Ask again.")}, 404)
    span = grow(located.document, located.address.passage, direction)
    citation = cite(located.document, span)
    document, passage = located.document, passage_of(located.document, span)
    furniture = document.furniture_in(span, shown=located.address.marks)
    reading = read_text(passage.text, span.start, passage.sentences, find_parted(document, span), furniture)
    found = Found(document.info.id, citation, reading, located.address.marks, document.info.language)
    html = render_found(found, located.address.asked, number=number)
    if span == located.address.passage:
        return JSONResponse({"html": html, "said": say("A quote can't be longer; the source has the rest.")})
    return JSONResponse({"html": html, "said": say("The quote is longer: {place}", place=label_of(citation, say))})


def _read_number(text: str) -> int:
    return min(int(text), _HIGHEST) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
