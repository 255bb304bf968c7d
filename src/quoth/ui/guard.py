"""What stands before Gradio: only the routes that the page needs, only this host, and headers that bind the browser."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_MOST_BYTES = 1_000_000  # a request of the page has a few thousand
# Gradio serves more than the page needs: uploads, files and addresses of others, calls past the queue, recordings.
_OPEN = re.compile(
    r"/|/config|/theme\.css|/favicon\.ico|/manifest\.json|/(?:assets|static)/[\w./-]+"
    r"|/gradio_api/(?:queue/join|queue/data|heartbeat/\w+)",
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


class Guard:
    """ASGI middleware. `allowed_hosts` are host names without port; None lets any in."""

    def __init__(self, app: ASGIApp, allowed_hosts: Collection[str] | None) -> None:
        self._app = app
        self._allowed_hosts = allowed_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refusal = self._refuse(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refuse(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._allowed_hosts is not None and _host_name(host) not in self._allowed_hosts:
            # A foreign name that leads here is how a web page reads what is served on this machine (DNS rebinding).
            return PlainTextResponse("This page answers only on its own address.", 403)
        if not _OPEN.fullmatch(scope["path"]):
            return PlainTextResponse("Not found.", 404)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if headers.get("origin") and urlsplit(headers["origin"]).netloc != host:
            return PlainTextResponse("Requests from other sites are refused.", 403)
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > _MOST_BYTES:
            return PlainTextResponse("The request is too large.", 413)
        return None


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
