"""Routes that change the folder. Each of them asks for itself whether it may."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.requests import ClientDisconnect

from quoth.errors import QuothError
from quoth.ui.arrivals import Folder, Limits, RefusedError, accepted_endings
from quoth.ui.building import Builder
from quoth.ui.keeping_html import render_building, render_closed, render_keeping
from quoth.ui.labels import language_of, say, speaking
from quoth.ui.render_html import Html
from quoth.ui.terms import Closed, Terms

SILENCE_S = 30.0
"""An upload that sends nothing for so long is given up."""
_PART = 1 << 20
_MOST_SENT = 10_000
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers by which a proxy shows that it asks for somebody else."""

_logger = logging.getLogger(__name__)


class Keeper:
    """The folder and its build, for those who may change them."""

    def __init__(self, terms: Terms, address: str) -> None:
        self._closed = terms.closed(address)
        self._has_password = bool(terms.password)
        self.builder = Builder(terms.keeps) if terms.keeps else None
        limits = Limits(terms.file_limit, terms.total_limit, terms.files_limit)
        self.folder = Folder(terms.keeps, limits) if terms.keeps else None

    def sweep(self) -> None:
        """Before anything arrives."""
        if self._closed is None and self.folder is not None:
            self.folder.sweep(time.time())

    def stop(self) -> None:
        if self.builder is not None:
            self.builder.stop()

    def closed(self, request: Request) -> Closed | None:
        """Why the one who sent `request` cannot change the folder; None when that one can."""
        is_for_another = any(name in request.headers for name in _FORWARDED)
        return self._closed or (Closed.NO_PASSWORD if is_for_another and not self._has_password else None)

    def opened(self, request: Request) -> tuple[Folder, Builder]:
        """Raises RefusedError where nothing may be changed."""
        if self.closed(request) or self.folder is None or self.builder is None:
            raise RefusedError(403, say("Files cannot be added or removed here."))
        return self.folder, self.builder


def keeping_router(keeper: Keeper, generation: Callable[[], int]) -> APIRouter:
    """`generation`: of the index; see `ReadingLibrary`."""
    router = APIRouter()

    @router.get("/keeping")
    def show_keeping(request: Request) -> Response:
        with _speaking_to(request):
            return HTMLResponse(_render(keeper, request), headers={"Cache-Control": "no-store"})

    @router.get("/build")
    def show_build(request: Request) -> Response:
        with _speaking_to(request):
            state = {**_describe_build(keeper, request), "generation": generation()}
            return JSONResponse(state, headers={"Cache-Control": "no-store"})

    @router.post("/build")
    def start_build(request: Request) -> Response:
        def start() -> None:
            keeper.opened(request)[1].start()

        return _answer(request, start)

    @router.post("/remove")
    async def remove(request: Request) -> Response:
        body = await _read(request)

        def delete() -> None:
            folder, builder = keeper.opened(request)
            folder.remove(_source(body))
            builder.start()

        return await asyncio.to_thread(_answer, request, delete)

    @router.post("/upload")
    async def upload(request: Request) -> Response:
        """`?name=letter.txt`, the file itself as the body, and `replace=1` where there is one of this name."""
        with _speaking_to(request):
            return await _upload(request, keeper)

    return router


async def _upload(request: Request, keeper: Keeper) -> Response:
    try:
        await _receive(request, keeper)
    except RefusedError as error:
        return PlainTextResponse(str(error), error.status)
    except (ClientDisconnect, TimeoutError):
        return PlainTextResponse(say("The file did not arrive whole; nothing was kept."), 408)
    except (OSError, QuothError) as error:
        _logger.warning("an upload failed: %s", error)
        return PlainTextResponse(say("The file cannot be kept: the folder cannot be written to."), 500)
    return Response(status_code=204)


async def _receive(request: Request, keeper: Keeper) -> None:
    folder, _ = keeper.opened(request)
    announced = request.headers.get("content-length", "")
    if not announced.isdecimal():
        raise RefusedError(411, say("The file did not arrive whole; nothing was kept."))
    fields = request.query_params
    room = folder.arriving(fields.get("name", ""), int(announced), replace=fields.get("replace") == "1")
    arrival = await asyncio.to_thread(room.__enter__)
    try:
        async for part in _parts(request):
            await asyncio.to_thread(arrival.write, part)
        await asyncio.to_thread(arrival.keep)
    finally:
        room.__exit__(None, None, None)


async def _parts(request: Request) -> AsyncIterator[bytes]:
    """The body in parts of about a megabyte. Raises TimeoutError when the sender falls silent."""
    stream, gathered = request.stream(), bytearray()
    while True:
        try:
            gathered += await asyncio.wait_for(anext(stream), SILENCE_S)
        except StopAsyncIteration:
            break
        if len(gathered) >= _PART:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


async def _read(request: Request) -> bytes:
    """Empty when more was sent than makes sense."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_SENT:
            return b""
    return body


def _source(body: bytes) -> str:
    try:
        return str(json.loads(body)["source"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise RefusedError(400, say("The list of documents holds no such file.")) from None


def _answer(request: Request, act: Callable[[], None]) -> Response:
    with _speaking_to(request):
        try:
            act()
        except RefusedError as error:
            return PlainTextResponse(str(error), error.status)
        except QuothError as error:
            return PlainTextResponse(str(error), 409)
        except OSError as error:
            _logger.warning("the folder cannot be changed: %s", error)
            return PlainTextResponse(say("The folder cannot be changed: {why}.", why=error.strerror or "?"), 500)
    return Response(status_code=204)


def _describe_build(keeper: Keeper, request: Request) -> dict[str, bool | str]:
    if keeper.closed(request) or keeper.builder is None:
        return {"running": False}
    state = keeper.builder.state
    return {"running": state.is_running, "html": render_building(state)}


def _render(keeper: Keeper, request: Request) -> Html:
    closed = keeper.closed(request)
    if closed or keeper.folder is None or keeper.builder is None:
        return render_closed(closed or Closed.NO_FOLDER)
    return render_keeping(keeper.folder, accepted_endings(), keeper.builder.state)


def _speaking_to(request: Request) -> AbstractContextManager[None]:
    return speaking(language_of(request.headers.get("accept-language", "")))
