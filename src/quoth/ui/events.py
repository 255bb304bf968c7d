"""What the page sends to Gradio: events, read before Gradio reads them, and of no more pages than there is room for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import nullcontext

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quoth.ui.client import client_of
from quoth.ui.pages import OpenPages

EVENT_PATH = "/gradio_api/queue/join"
_LISTEN_PATH = "/gradio_api/queue/data"


def _is_number(value: object) -> bool:
    return value is None or type(value) is int


def _is_session(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\w{1,64}", value, re.ASCII) is not None


def _is_input(value: object) -> bool:
    """The question and, for the turns, which stay on the server, null."""
    return isinstance(value, list) and all(item is None or isinstance(item, str) for item in value)


def _is_trigger(value: object) -> bool:
    """What `trigger` in page.js gives."""
    return value is None or (
        isinstance(value, dict) and all(key in ("search", "digest") and type(value[key]) is str for key in value)
    )


# Gradio takes an object in `data` for a file, which it copies from any path of this machine or fetches from any address
# before a handler of ours runs. So nothing passes but what the events of the page consist of.
_EVENT: dict[str, Callable[[object], bool]] = {
    "data": _is_input,
    "event_data": _is_trigger,
    "fn_index": _is_number,
    "trigger_id": _is_number,
    "session_hash": _is_session,
}


class Events:
    """ASGI middleware; `Guard`, before it, lets nothing else be sent than events and what `routes.py` reads."""

    def __init__(self, app: ASGIApp, pages: OpenPages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = f"{scope.get('method')} {scope['path']}" if scope["type"] == "http" else ""
        if asked == f"POST {EVENT_PATH}":
            event = read_event(await _read_body(receive))
            if event is None:
                await PlainTextResponse("The page sends no such request.", 400)(scope, receive, send)
                return
            await self._pages.note(json.loads(event)["session_hash"], client_of(scope))
            scope, receive = _replay(event, scope, receive)
        session = QueryParams(scope["query_string"]).get("session_hash") if asked == f"GET {_LISTEN_PATH}" else None
        with self._pages.listening(session) if session else nullcontext():
            await self._app(scope, receive, send)


def read_event(body: bytes) -> bytes | None:
    """`body` written anew, so that only one reading of it is possible; None when it is no event of the page."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or not {"data", "session_hash"} <= event.keys() <= _EVENT.keys():
        return None
    return json.dumps(event).encode() if all(_EVENT[key](value) for key, value in event.items()) else None


async def _read_body(receive: Receive) -> bytes:
    """Empty when the sender goes away; the server holds it to its Content-Length, which was checked."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _replay(body: bytes, scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    scope = {**scope, "headers": list(scope["headers"])}
    MutableHeaders(scope=scope)["content-length"] = str(len(body))
    unread = [body]

    async def receive_again() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await receive()

    return scope, receive_again
