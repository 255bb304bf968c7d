"""What stands before Gradio: only the routes that the page needs, only this host, and headers that bind the browser."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quoth.ui.address import too_long
from quoth.ui.events import EVENT_PATH
from quoth.ui.hosts import Hosts
from quoth.ui.labels import language_of, say_error, speaking

_MOST_BYTES = 1_000_000  # a request of the page has a few thousand
_LONGEST_ADDRESS = 60_000  # in bytes; Gradio fails at 65,536
SILENCE_S = 30.0
"""Who sends nothing of an announced body for so long is taken for gone."""
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
                if scope["path"] == "/":  # it holds what was asked and what answers it
                    headers["Cache-Control"] = "private, no-store"
            await send(message)

        scope = self._without_foreign_name(scope)
        receive = _in_time(receive, self._silence_s)
        refusal = self._refuse(scope) or _refuse_length(scope)
        with suppress(ClientDisconnect):  # nobody is left to be answered
            await (refusal or self._app)(scope, receive, send_with_headers)

    def _without_foreign_name(self, scope: Scope) -> Scope:
        """Gradio makes addresses of the page of what this header says. Ours ask only whether it is there."""
        named = Headers(scope=scope).get("x-forwarded-host", "")
        if OURS.fullmatch(scope["path"]) or not named or self._hosts.has(named):
            return scope
        return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"x-forwarded-host"]}

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
    if (scope["method"], scope["path"]) != ("POST", EVENT_PATH):
        return PlainTextResponse("Not allowed.", 405)
    length = headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _MOST_BYTES:
        return PlainTextResponse("The request is too large.", 413)
    return None
