"""What stands before Gradio: only the routes that the page needs, only this host, and headers that bind the browser."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quoth.ui.address import too_long
from quoth.ui.hosts import Hosts
from quoth.ui.labels import language_of, say_error, speaking

_MOST_BYTES = 1_000_000  # a request of the page has a few thousand
_LONGEST_ADDRESS = 60_000  # in bytes; Gradio fails at 65,536
SILENCE_S = 30.0
"""Who sends nothing of an announced body for so long is taken for gone."""
_EVENT_PATH = "/gradio_api/queue/join"
_FOREIGN_NAME = (
    "This page answers only on its own address. Whoever runs it can let it answer to this name: "
    "quoth serve --public-host NAME"
)
OURS = re.compile(r"/quoth/[\w./-]+", re.ASCII)
"""Paths of `routes.py`; each of them reads what it is sent by itself."""
OUR_HEADER = "x-quoth"
"""Of what the page sends to OURS. A page of another site would have to ask first, and nobody is allowed."""
# Gradio serves more than the page needs: uploads, files and addresses of others, calls past the queue, recordings.
_OPEN = re.compile(
    r"/|/config|/theme\.css|/favicon\.ico|/manifest\.json|/(?:assets|static)/[\w./-]+"
    r"|/gradio_api/queue/(?:join|data)",
    re.ASCII,
)
# Gradio compiles its templates in the browser: without 'unsafe-eval' nothing appears. Escaping is the defence; this
# keeps whatever might slip through from talking to anybody.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_FOR_EVER = "public, max-age=31536000, immutable"
"""For Gradio's scripts and styles, whose names hold a hash of their content; else each page asks for sixty anew."""


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


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, hosts: Hosts, silence_s: float = SILENCE_S) -> None:
        self._app = app
        self._hosts = hosts
        self._silence_s = silence_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # the page has none
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                if message["status"] == 200 and scope["path"].startswith("/assets/"):
                    headers["Cache-Control"] = _FOR_EVER
            await send(message)

        receive = _in_time(receive, self._silence_s)
        refusal = self._refuse(scope) or _refuse_length(scope)
        if refusal is None and scope["method"] == "POST" and not OURS.fullmatch(scope["path"]):
            event = read_event(await _read_body(receive))
            if event is None:
                refusal = PlainTextResponse("The page sends no such request.", 400)
            else:
                scope, receive = _replay(event, scope, receive)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refuse(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if not self._hosts.has(headers.get("host", "")):
            return PlainTextResponse(_FOREIGN_NAME, 403)
        if not _OPEN.fullmatch(scope["path"]) and not OURS.fullmatch(scope["path"]):
            return PlainTextResponse("Not found.", 404)
        if _is_from_elsewhere(headers) and not _opens_the_page(scope, headers):
            return PlainTextResponse("Requests from other sites are refused.", 403)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if headers.get("origin") and not self._hosts.has_origin(headers["origin"], headers.get("host", "")):
            return PlainTextResponse("Requests from other sites are refused.", 403)
        return _refuse_sent(scope, headers)


def read_event(body: bytes) -> bytes | None:
    """`body` written anew, so that only one reading of it is possible; None when it is no event of the page."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or "data" not in event or not event.keys() <= _EVENT.keys():
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


def _in_time(receive: Receive, silence_s: float) -> Receive:
    is_read = False

    async def receive_in_time() -> Message:
        nonlocal is_read
        if is_read:  # what is waited for now is that the client goes away
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), silence_s)
        except TimeoutError:
            return {"type": "http.disconnect"}
        is_read = not message.get("more_body", False)
        return message

    return receive_in_time


def _replay(body: bytes, scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    scope = {**scope, "headers": list(scope["headers"])}
    MutableHeaders(scope=scope)["content-length"] = str(len(body))
    unread = [body]

    async def receive_again() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await receive()

    return scope, receive_again


def _refuse_length(scope: Scope) -> PlainTextResponse | None:
    if len(scope["path"]) + len(scope["query_string"]) <= _LONGEST_ADDRESS:
        return None
    with speaking(language_of(Headers(scope=scope).get("accept-language", ""))):
        return PlainTextResponse(say_error(too_long()), 414)


def _is_from_elsewhere(headers: Headers) -> bool:
    """As the browser tells. Other ports of this machine count as the same site, but not as the same origin."""
    return headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def _opens_the_page(scope: Scope, headers: Headers) -> bool:
    """A link to the page was followed; nothing of it goes to the site that has the link."""
    purpose = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest"))
    return (scope["method"], scope["path"], purpose) == ("GET", "/", ("navigate", "document"))


def _refuse_sent(scope: Scope, headers: Headers) -> PlainTextResponse | None:
    if scope["method"] == "POST" and OURS.fullmatch(scope["path"]):
        return None if OUR_HEADER in headers else PlainTextResponse("The page sends no such request.", 400)
    if (scope["method"], scope["path"]) != ("POST", _EVENT_PATH):
        return PlainTextResponse("Not allowed.", 405)
    length = headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _MOST_BYTES:
        return PlainTextResponse("The request is too large.", 413)
    return None
