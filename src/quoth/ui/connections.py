"""HTTP connections that take no place from others in silence."""

from __future__ import annotations

import asyncio
from typing import cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from quoth.ui.client import client_of, stands_for_one

HEAD_S = 10.0
"""A client that has not said by then what it wants is let go. Between requests, uvicorn waits 5 seconds."""
BODY_S = 60.0
"""And one that has not sent by then what it announced."""
MOST_OF_ONE = 100
"""Connections of one client, where none may ask for others."""
_UPLOAD_PATH = "/quoth/upload"
_SLOWEST_UPLOAD = 10_000
"""Bytes a second; one that is slower in all is let go."""


class PromptProtocol(H11Protocol):
    """HTTP/1.1 with limits on time and on the connections of one client, which uvicorn has not."""

    client_address = ""
    _patience: asyncio.TimerHandle | None = None
    _awaited: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.client_address = client_of({"client": self.client})
        if self._has_too_many():
            transport.close()
        self._mind()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._mind()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_patience()
        super().connection_lost(exc)

    def _has_too_many(self) -> bool:
        if self.config.proxy_headers or not stands_for_one(self.client_address):
            return False
        others = (cast("PromptProtocol", other).client_address for other in self.connections)
        return sum(address == self.client_address for address in others) > MOST_OF_ONE

    def _mind(self) -> None:
        state = self.conn.their_state
        if state is self._awaited:
            return
        self._end_patience()
        self._awaited = state
        if state is h11.IDLE:
            self._patience = self.loop.call_later(HEAD_S, self._give_up)
        elif state is h11.SEND_BODY:
            self._patience = self.loop.call_later(self._body_s(), self._give_up)

    def _body_s(self) -> float:
        length = dict(self.headers).get(b"content-length", b"")
        is_upload = self.scope["path"] == _UPLOAD_PATH and length.isdigit()
        return BODY_S + (int(length) / _SLOWEST_UPLOAD if is_upload else 0.0)

    def _end_patience(self) -> None:
        self._awaited = None
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        self._patience = None
        if self.conn.their_state is self._awaited:
            self.transport.close()
