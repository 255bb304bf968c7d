"""Routes of the list of documents."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from quoth.errors import QuestionError, QuothError
from quoth.ui.address import parse_address
from quoth.ui.documents_html import Search, render_list
from quoth.ui.labels import language_of, say_error, speaking
from quoth.ui.needs import ReadingLibrary

_MOST_CHARACTERS = 200


def documents_router(library: ReadingLibrary) -> APIRouter:
    router = APIRouter()

    @router.get("/documents")
    def list_documents(request: Request) -> Response:
        """`?find=text&only=unread`, and `in` and `page` as in the address of the page."""
        fields = request.query_params
        with speaking(language_of(request.headers.get("accept-language", ""))):
            try:
                address = parse_address(f"view=documents&{request.url.query}")
                search = Search(address, fields.get("find", "")[:_MOST_CHARACTERS], fields.get("only") == "unread")
                return HTMLResponse(render_list(library, library.documents(), search))
            except QuestionError as error:
                return PlainTextResponse(say_error(error), 422)
            except QuothError:
                return Response(status_code=409)

    return router
