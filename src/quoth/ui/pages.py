"""Whose pages are open. Gradio keeps a conversation for each, and answers until somebody fetches them: for any number
of pages, and the one used longest ago goes first, whoever has the others.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from quoth.ui.client import stands_for_one

MOST_OF_ONE = 50
"""Pages of one client."""
UNHEARD_S = 60.0
"""Answers to a page that does not listen are kept for so long. The page of a browser listens at once."""

JUST_ASKED_S = 5.0
"""A page that has asked so lately listens in a moment."""

Forget = Callable[[str], Awaitable[None]]
"""Given the session of a page."""


class OpenPages:
    """Each by its session, a name that its browser made up. To be used in one event loop."""

    def __init__(self, most: int, forget: Forget, hush: Forget, now: Callable[[], float] = time.monotonic) -> None:
        """`hush` drops answers that wait to be fetched; `forget` the conversation, too."""
        self._most = most
        self._forget = forget
        self._hush = hush
        self._now = now
        self._client_of: OrderedDict[str, str] = OrderedDict()  # the one used longest ago first
        self._listening: Counter[str] = Counter()
        self._unheard: dict[str, float] = {}  # since when

    async def note(self, session: str, client: str) -> None:
        """A question, or another event, of the page, about to be taken. What is too much then is forgotten."""
        for silent in [name for name, since in self._unheard.items() if self._now() - since > UNHEARD_S]:
            self._unheard.pop(silent, None)
            await self._hush(silent)
        if session not in self._listening:
            self._unheard.setdefault(session, self._now())
        self._client_of[session] = client
        self._client_of.move_to_end(session)
        own = [name for name, whose in self._client_of.items() if whose == client]
        if stands_for_one(client) and len(own) > MOST_OF_ONE:
            await self._close_idle(own)
        if len(self._client_of) > self._most:
            await self._close_idle(list(self._client_of))

    @contextmanager
    def listening(self, session: str) -> Iterator[None]:
        self._unheard.pop(session, None)
        self._listening[session] += 1
        try:
            yield
        finally:
            self._listening[session] -= 1
            if not self._listening[session]:
                del self._listening[session]

    async def _close_idle(self, sessions: Sequence[str]) -> None:
        """The first that waits for no answer; how many wait, the queue limits."""
        session = next((name for name in sessions if not self._waits(name)), None)
        if session is not None:
            self._client_of.pop(session, None)
            self._unheard.pop(session, None)
            await self._forget(session)

    def _waits(self, session: str) -> bool:
        asked = self._unheard.get(session)
        return session in self._listening or (asked is not None and self._now() - asked < JUST_ASKED_S)


# Any: what Gradio keeps, it keeps in places that have no names outside of it.
def pages_of(blocks: Any) -> OpenPages:
    """Of a page that was made by `build_page` and mounted."""

    async def hush(session: str) -> None:
        queue = blocks._queue
        await queue.clean_events(session_hash=session)  # one that is being worked on is told to nobody
        queue.pending_messages_per_session.pop(session, None)
        queue.pending_event_ids_session.pop(session, None)

    async def forget(session: str) -> None:
        await hush(session)
        blocks.state_holder.session_data.pop(session, None)
        blocks.state_holder.time_last_used.pop(session, None)

    return OpenPages(blocks.state_session_capacity, forget, hush)
