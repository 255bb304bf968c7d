"""Tables and mentions as CSV files, written part by part while they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse

from quoth.errors import QuestionError, QuothError
from quoth.render import BYTE_ORDER_MARK, MENTION_COLUMNS, TABLE_COLUMNS, csv_lines, mentions_csv, table_csv
from quoth.ui.address import Address, parse_address
from quoth.ui.needs import ReadingLibrary
from quoth.ui.table_html import questions_of

MOST_CELLS = 5_000
MOST_MENTIONS = 20_000
_DOCUMENTS = 20
_MENTIONS = 500


def make_table_router(library: ReadingLibrary) -> APIRouter:
    """The address is that of the page: `q`, `and`, `in`."""
    router = APIRouter()

    @router.get("/table.csv")
    def save_table(request: Request) -> Response:
        return _save("table.csv", TABLE_COLUMNS, table_parts(library, parse_address(request.url.query)))

    @router.get("/mentions.csv")
    def save_mentions(request: Request) -> Response:
        return _save("mentions.csv", MENTION_COLUMNS, mention_parts(library, parse_address(request.url.query)))

    return router


def table_parts(library: ReadingLibrary, address: Address) -> Iterator[str]:
    """Raises QuestionError, with the first part, for no question and for too many cells."""
    questions = questions_of(address)
    if not questions:
        raise QuestionError("the question is empty; type a question")
    documents = library.ask_each(questions[0], sources=address.sources, limit=1).documents
    if documents * len(questions) > MOST_CELLS:
        raise QuestionError(
            "the table has {n} cells, and at most {most} are written here; "
            "choose fewer documents, or run `quoth table --csv`",
            n=documents * len(questions),
            most=MOST_CELLS,
        )
    for offset in range(0, max(documents, 1), _DOCUMENTS):
        yield table_csv(
            [library.ask_each(one, sources=address.sources, offset=offset, limit=_DOCUMENTS) for one in questions]
        )


def mention_parts(library: ReadingLibrary, address: Address) -> Iterator[str]:
    """Raises QuestionError, with the first part, for what cannot be looked up and for too many."""
    offset, total = 0, 1
    while offset < total:
        found = library.mentions(address.question, sources=address.sources, offset=offset, limit=_MENTIONS)
        total = found.total
        if total > MOST_MENTIONS:
            raise QuestionError(
                "there are {n} passages, and at most {most} are written here; "
                "choose fewer documents, or run `quoth mentions --csv`",
                n=total,
                most=MOST_MENTIONS,
            )
        yield mentions_csv(found)
        offset += _MENTIONS


def _save(name: str, columns: tuple[str, ...], parts: Iterator[str]) -> Response:
    """The first part is made before anything is sent, so that what cannot be asked is told."""
    try:
        first = next(parts)
    except QuothError as error:
        return PlainTextResponse(str(error), 422, headers={"Cache-Control": "no-store"})
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    head = BYTE_ORDER_MARK + csv_lines([columns])
    return StreamingResponse(chain((head, first), parts), media_type="text/csv; charset=utf-8", headers=headers)
