"""How much one client may ask for, so that nobody keeps the others waiting."""

from __future__ import annotations

import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from quoth.ui.client import client_of
from quoth.ui.labels import language_of, speaking
from quoth.ui.trouble_html import say_busy

QUESTIONS_PER_MINUTE = 120
"""Unless said otherwise."""
OTHERS_PER_QUESTION = 10
"""A question is three requests, a first visit eight; pages of a PDF are one each."""
_MOST_CLIENTS = 10_000
_QUESTION = re.compile(
    r"POST /gradio_api/queue/join|POST /quoth/evidence/\w+|GET /quoth/(?:\w+\.csv|boxes/\w+)", re.ASCII
)
_UNCOUNTED = re.compile(r"/(?:assets|static)/.*")  # files that never change: a first visit fetches fifty


class TokenBuckets:
    """Each client may take `per_minute` at once, and gets as many again in a minute.

    The `most_clients` seen last are remembered; one that was forgotten begins anew.
    """

    def __init__(self, per_minute: int, most_clients: int = _MOST_CLIENTS) -> None:
        self._per_minute = per_minute
        self._most_clients = most_clients
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client to what was left, and when

    def take(self, client: str, now_s: float) -> float:
        """0 when it was taken, else the seconds until it can be."""
        left, then_s = self._left.pop(client, (float(self._per_minute), now_s))
        left = min(self._per_minute, left + (now_s - then_s) * self._per_minute / 60)
        is_taken = left >= 1
        self._left[client] = (left - is_taken, now_s)
        if len(self._left) > self._most_clients:
            self._left.popitem(last=False)
        return 0.0 if is_taken else (1 - left) * 60 / self._per_minute

    def __len__(self) -> int:
        """Clients that are remembered."""
        return len(self._left)


class RateLimit:
    """ASGI middleware: refuses with 429 what a client asks beyond `questions_per_minute` and ten times other requests.

    A question is whatever the page has the library do: asking, opening a source, going back, writing a file.
    """

    def __init__(self, app: ASGIApp, questions_per_minute: int, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock_s = clock_s
        self._questions = TokenBuckets(questions_per_minute)
        self._others = TokenBuckets(questions_per_minute * OTHERS_PER_QUESTION)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._app
        if scope["type"] == "http" and not _UNCOUNTED.fullmatch(scope["path"]):
            is_question = _QUESTION.fullmatch(f"{scope['method']} {scope['path']}")
            buckets = self._questions if is_question else self._others
            wait_s = buckets.take(client_of(scope), self._clock_s())
            if wait_s:
                answer = _refuse(scope, wait_s)
        await answer(scope, receive, send)


def _refuse(scope: Scope, wait_s: float) -> PlainTextResponse:
    with speaking(language_of(Headers(scope=scope).get("accept-language", ""))):
        message = say_busy()
    return PlainTextResponse(message, 429, {"Retry-After": str(math.ceil(wait_s)), "X-Content-Type-Options": "nosniff"})
