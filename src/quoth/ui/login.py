"""The password before the page: sessions, wrong tries, and the middleware that lets nobody past without."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from importlib import resources

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quoth.ui.client import client_of
from quoth.ui.labels import language_of, say, speaking, spoken
from quoth.ui.render_html import Html, element, escape, join

LASTS_S = 12 * 3600
"""Of a session, from its last use on."""
FREE_TRIES = 5
"""Wrong ones of one client; after that, each costs twice the time of the one before."""
_LONGEST_WAIT_S = 300.0
_TRIES_PREFIX = 48  # with the 65,536 networks of /64 in it, one client would have as many free tries
_MOST_WRONG = 100  # of all clients in a minute; then those wait who had a part in it
_MOST_CLIENTS = 10_000
_MOST_SESSIONS = 1_000
_LONGEST_BODY = 4_000


class Sessions:
    """Of readers who gave the password. Kept in memory: a restart asks again."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._ends: OrderedDict[bytes, float] = OrderedDict()

    def open(self) -> str:
        token = secrets.token_urlsafe(32)
        self._ends[_hash(token)] = self._now() + LASTS_S
        while len(self._ends) > _MOST_SESSIONS:
            self._ends.popitem(last=False)
        return token

    def has(self, token: str) -> bool:
        """Whether it is open; it then lasts longer."""
        key = _hash(token)
        if self._ends.get(key, 0.0) <= self._now():
            self._ends.pop(key, None)
            return False
        self._ends[key] = self._now() + LASTS_S
        self._ends.move_to_end(key)
        return True

    def close(self, token: str) -> None:
        self._ends.pop(_hash(token), None)


class Tries:
    """Wrong passwords by client, and when it may try again."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lately: deque[float] = deque(maxlen=_MOST_WRONG)

    def wait_s(self, client: str) -> float:
        """0 when it may try now. One that never tried wrong always may, so that nobody can lock the others out."""
        if client not in self._wrong:
            return 0.0
        now = self._now()
        wait = self._wrong[client][1] - now
        if len(self._lately) == _MOST_WRONG:
            wait = max(wait, self._lately[0] + 60 - now)
        return max(0.0, wait)

    def note_wrong(self, client: str) -> None:
        count = self._wrong.get(client, (0, 0.0))[0] + 1
        wait = min(_LONGEST_WAIT_S, 2.0 ** min(30, count - FREE_TRIES)) if count >= FREE_TRIES else 0.0
        self._wrong[client] = (count, self._now() + wait)
        self._wrong.move_to_end(client)
        self._lately.append(self._now())
        while len(self._wrong) > _MOST_CLIENTS:
            self._wrong.popitem(last=False)

    def forget(self, client: str) -> None:
        self._wrong.pop(client, None)


class Login:
    """ASGI middleware: every route, Gradio's too, answers only to a session."""

    def __init__(
        self, app: ASGIApp, password: str, sessions: Sessions | None = None, tries: Tries | None = None
    ) -> None:
        self._app = app
        self._password = _hash(password)
        self._sessions = sessions or Sessions()
        self._tries = tries or Tries()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        token = read_token(headers.get("cookie", ""), cookie_of(scope))
        is_in = bool(token) and self._sessions.has(token)
        with speaking(language_of(headers.get("accept-language", ""))):
            response = await self._answer(scope, receive, token, is_in=is_in)

        async def send_unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("cache-control", "").startswith("private, max-age"):
                    headers["Cache-Control"] = "private, no-cache"  # so that nothing is shown after signing out
            await send(message)

        await (response or self._app)(scope, receive, send_unkept)

    async def _answer(self, scope: Scope, receive: Receive, token: str, *, is_in: bool) -> Response | None:
        """None to let it through."""
        method, path = scope.get("method", ""), scope["path"]
        if path in ("/quoth/login", "/quoth/login.js", "/quoth/logout"):
            return await self._answer_here(f"{method} {path}", scope, receive, token, is_in=is_in)
        if is_in:
            return None
        if path == "/" and method in ("GET", "HEAD"):
            return HTMLResponse(render_login(), 401, headers={"Cache-Control": "no-store"})
        return PlainTextResponse(say("You are signed out."), 401)

    async def _answer_here(self, asked: str, scope: Scope, receive: Receive, token: str, *, is_in: bool) -> Response:
        if asked == "POST /quoth/login":
            return self._try(await _read_text(receive), scope)
        if asked == "POST /quoth/logout":
            self._sessions.close(token)
            return _with_cookie(Response(status_code=204), "", scope)
        if asked == "GET /quoth/login.js":
            return Response(_read("login.js"), media_type="text/javascript")
        return Response(status_code=204 if is_in else 401, headers={"Cache-Control": "no-store"})

    def _try(self, password: str, scope: Scope) -> Response:
        client = client_of(scope, _TRIES_PREFIX)
        wait_s = self._tries.wait_s(client)
        if wait_s > 0:
            seconds = int(wait_s) + 1
            message = say("Too many wrong tries; try again in {n} seconds.", n=seconds)
            return PlainTextResponse(message, 429, headers={"Retry-After": str(seconds)})
        if not hmac.compare_digest(_hash(password), self._password):
            self._tries.note_wrong(client)
            return PlainTextResponse(say("That is not the password."), 403)
        self._tries.forget(client)
        return _with_cookie(Response(status_code=204), self._sessions.open(), scope)


def cookie_of(scope: Scope) -> str:
    """Its name. Cookies know no ports: with one name for all, two servers on a machine would sign each other out."""
    _, port = scope.get("server") or ("", None)
    return f"quoth_session_{port or 0}"


def read_token(cookie: str, name: str) -> str:
    try:
        found = SimpleCookie(cookie).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def render_login() -> Html:
    """A page of its own at the address that was asked for, so that nobody has to be led back to it."""
    box = element(
        "input", id="password", type="password", autocomplete="current-password", required=True, autofocus=True
    )
    form = element(
        "form",
        element("h1", escape("Quoth")),
        element("label", escape(say("Password")), for_="password"),
        box,
        element("button", escape(say("Open")), type="submit"),
        element("p", role="alert"),
        id="login",
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", escape("Quoth")),
        element("style", Html(_read("login.css"))),
        element("script", src="quoth/login.js", defer=True),
    )
    body = element("body", element("main", form))
    return join((Html("<!doctype html>"), element("html", head, body, lang=spoken())))


def _with_cookie(response: Response, token: str, scope: Scope) -> Response:
    response.set_cookie(
        cookie_of(scope),
        token,
        max_age=None if token else 0,
        httponly=True,
        samesite="strict",
        secure=scope.get("scheme") == "https",
        path="/",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


async def _read_text(receive: Receive) -> str:
    """Empty when more was sent than a password."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect" or len(body) > _LONGEST_BODY:
            return ""
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body.decode("utf-8", "replace")


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _read(name: str) -> str:
    return resources.files("quoth.ui.static").joinpath("login", name).read_text("utf-8")
