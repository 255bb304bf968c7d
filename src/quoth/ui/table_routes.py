"""Tables and mentions as CSV files, written part by part while they are sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from itertools import chain

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from quoth.errors import BusyError, QuestionError, QuothError
from quoth.render import BYTE_ORDER_MARK, MENTION_COLUMNS, TABLE_COLUMNS, csv_lines, mentions_csv, table_csv
from quoth.ui.address import parse_address
from quoth.ui.client import client_of
from quoth.ui.labels import language_of, say, say_error, speaking, spoken
from quoth.ui.needs import ReadingLibrary
from quoth.ui.table_html import questions_of
from quoth.ui.turns import Turns

MOST_CELLS = 5_000
MOST_MENTIONS = 20_000
MOST_FILES = 2
"""Written at once, for different clients."""
SILENCE_S = 30.0
"""A client that takes nothing for so long gets no more, so that others have their turn."""
LONGEST_S = 600.0
"""And one that has not taken all by then."""
_DOCUMENTS = 20
_MENTIONS = 500


def make_table_router(library: ReadingLibrary) -> APIRouter:
    """The address is that of the page: `q`, `and`, `in`."""
    router, writing = APIRouter(), Turns(MOST_FILES)

    @router.get("/table.csv")
    def save_table(request: Request) -> Response:
        parts = table_parts(library, request.url.query)
        with speaking(language_of(request.headers.get("accept-language", ""))):
            return _save("table.csv", TABLE_COLUMNS, parts, writing.turn(client_of(request.scope)))

    @router.get("/mentions.csv")
    def save_mentions(request: Request) -> Response:
        parts = mention_parts(library, request.url.query)
        with speaking(language_of(request.headers.get("accept-language", ""))):
            return _save("mentions.csv", MENTION_COLUMNS, parts, writing.turn(client_of(request.scope)))

    return router


def table_parts(library: ReadingLibrary, search: str) -> Iterator[str]:
    """Raises QuestionError, with the first part, for too long an address, no question and too many cells.

    Raises BusyError when the documents change in between: rows would then be missing or stand there twice.
    """
    address = parse_address(search)
    questions = questions_of(address)
    if not questions:
        raise QuestionError("the question is empty; type a question")
    known = _passages_of(library)
    documents = library.ask_each(questions[0], sources=address.sources, limit=1).documents
    if documents * len(questions) > MOST_CELLS:
        raise QuestionError(
            "the table has {n} cells, and at most {most} are written here; "
            "choose fewer documents, or run `quoth table --csv`",
            n=documents * len(questions),
            most=MOST_CELLS,
        )
    for offset in range(0, max(documents, 1), _DOCUMENTS):
        part = [library.ask_each(one, sources=address.sources, offset=offset, limit=_DOCUMENTS) for one in questions]
        _check(library, known)
        yield table_csv(part)


def mention_parts(library: ReadingLibrary, search: str) -> Iterator[str]:
    """Raises QuestionError, with the first part, for what cannot be looked up and for too many.

    Raises BusyError when the documents change in between.
    """
    address = parse_address(search)
    known = _passages_of(library)
    offset, total = 0, 1
    while offset < total:
        found = library.mentions(address.question, sources=address.sources, offset=offset, limit=_MENTIONS)
        _check(library, known)
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


def _passages_of(library: ReadingLibrary) -> list[tuple[str, int]]:
    """What the parts of a file count on: each document by its id, and how many passages it has."""
    return [(info.id, info.passages) for info in library.documents()]


def _check(library: ReadingLibrary, known: list[tuple[str, int]]) -> None:
    if _passages_of(library) != known:
        raise BusyError("the documents were changed while it was written; save it again")


def _save(name: str, columns: tuple[str, ...], parts: Iterator[str], turn: AbstractContextManager[None]) -> Response:
    """The first part is made before anything is sent, so that what cannot be asked is told."""
    try:
        with ExitStack() as stack:
            stack.enter_context(turn)
            first = next(parts)
            held = stack.pop_all()
    except QuothError as error:
        code = 503 if isinstance(error, BusyError) else 422
        told = say_error(error)
        return PlainTextResponse(f"{told[:1].upper()}{told[1:]}", code, headers={"Cache-Control": "no-store"})
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    head = BYTE_ORDER_MARK + csv_lines([columns])
    return _File(chain((head, first), _rest(parts, spoken())), headers, held)


def _rest(parts: Iterator[str], language: str) -> Iterator[str]:
    """What goes wrong after the file was begun is its last line, in `language`."""
    try:
        yield from parts
    except QuothError as error:
        with speaking(language):
            told = say("This file is not complete: {why}.", why=say_error(error))
        yield csv_lines([[told]])


class _File(StreamingResponse):
    """A table on its way; `held` is let go at its end, however it ends."""

    def __init__(self, parts: Iterator[str], headers: Mapping[str, str], held: AbstractContextManager[object]) -> None:
        super().__init__(parts, media_type="text/csv; charset=utf-8", headers=headers)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        until_s = time.monotonic() + LONGEST_S

        async def send_in_time(message: Message) -> None:
            await asyncio.wait_for(send(message), min(SILENCE_S, until_s - time.monotonic()))

        with self._held, suppress(TimeoutError):
            await super().__call__(scope, receive, send_in_time)
