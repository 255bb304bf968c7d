"""Serve the page until somebody stops it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import uvicorn
from fastapi import FastAPI

from quoth.errors import SettingsError
from quoth.ui.app import create_app
from quoth.ui.connections import PromptProtocol
from quoth.ui.hosts import hosts_for
from quoth.ui.keeping_routes import Keeper
from quoth.ui.needs import ReadingLibrary
from quoth.ui.rate import QUESTIONS_PER_MINUTE
from quoth.ui.terms import Terms

_STOP_S = 2  # for questions under way
_MOST_CONNECTIONS = 800  # a process may often have no more than 1024 files


class PageServer(uvicorn.Server):
    """Says when it answers, and stops at once."""

    def __init__(
        self,
        make_app: Callable[[], FastAPI],
        on_started: Callable[[], None],
        on_stopping: Callable[[], None],
        *,
        proxy_headers: bool,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                make_app,
                http=PromptProtocol,
                factory=True,  # made inside the running loop: outside of one, gradio leaves event loops unclosed
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=proxy_headers,
                limit_concurrency=_MOST_CONNECTIONS,
                timeout_graceful_shutdown=_STOP_S,
            )
        )
        self._on_started = on_started
        self._on_stopping = on_stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        await asyncio.to_thread(self._on_stopping)


def run_server(
    library: ReadingLibrary,
    *,
    host: str,
    port: int,
    on_ready: Callable[[str], None] | None,
    questions_per_minute: int,
    terms: Terms | None = None,
) -> None:
    """See `quoth.ui.serve`."""
    with bind(host, port) as listener:
        url = address_of(listener)
        server = make_server(
            library,
            host,
            lambda: on_ready(url) if on_ready else None,
            address=listener.getsockname()[0],
            questions_per_minute=questions_per_minute,
            terms=terms,
        )
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again after it has stopped in order
            server.run(sockets=[listener])


def make_server(
    library: ReadingLibrary,
    host: str,
    on_started: Callable[[], None],
    *,
    address: str | None = None,
    questions_per_minute: int = QUESTIONS_PER_MINUTE,
    terms: Terms | None = None,
) -> PageServer:
    """`address` is what `host` was bound as, where `host` is a name. Without `terms` the page is for reading only."""
    names_proxy = "FORWARDED_ALLOW_IPS" in os.environ  # else nobody is believed who says for whom they ask
    terms = replace(terms or Terms(), is_proxied=names_proxy)
    keeper = Keeper(terms, address or host)
    keeper.sweep()
    make_app = partial(
        create_app,
        library,
        hosts=hosts_for(host, address or host, terms.public_hosts),
        keeper=keeper,
        password=terms.password,
        questions_per_minute=questions_per_minute,
    )
    return PageServer(make_app, on_started, keeper.stop, proxy_headers=names_proxy)


def bind(host: str, port: int) -> socket.socket:
    """Take the port before anything is loaded, so that a taken one is reported at once."""
    if not 0 <= port <= 65535:  # else it would be cut to 16 bits in silence
        raise SettingsError(f"{port} is not a port; choose one up to 65535 with `quoth serve --port`")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise SettingsError(
            f"{host} is not an address of this machine; choose one with `quoth serve --host`"
        ) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)  # from here on nobody else can have it
    except OSError as error:
        listener.close()
        other = f"choose another with `quoth serve --port {port % 65535 + 1}`"
        raise SettingsError(f"port {port} on {host} cannot be used ({error.strerror}); {other}") from error
    return listener


def address_of(listener: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
