"""The page served on a free port, for as long as a block lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from quoth.ui.needs import ReadingLibrary
from quoth.ui.server import address_of, bind, make_server
from quoth.ui.terms import Terms

Serve = Callable[[ReadingLibrary], str]
"""Library to the address its page is served at."""
Watch = Callable[[Page], None]


@contextmanager
def serving(
    library: ReadingLibrary, terms: Terms | None = None, *, port: int = 0, questions_per_minute: int = 1_000_000
) -> Iterator[str]:
    """Yields the address. The port is taken before anybody is told of it, so nobody else can get in between."""
    started = threading.Event()
    with bind("127.0.0.1", port) as listener:
        server = make_server(library, "127.0.0.1", started.set, questions_per_minute=questions_per_minute, terms=terms)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert started.wait(120)
        try:
            yield address_of(listener)
        finally:
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive()
