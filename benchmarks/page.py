"""How soon an answer is seen in a browser, beside the time that the library itself takes."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.memory import corpus
from benchmarks.results import Row, Table
from benchmarks.workspace import Workspace, open_library
from quoth.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = "First answer in the browser"

QUESTIONS = 50
WARM_UP = 5
QUESTIONS_OF_A_PAGE = 10
MOST_MS = 300
"""Beyond the library's own time, at most."""
# From pressing Enter until the answer is painted: the frame after the one in which it came to stand there.
_WATCH = """question => new Promise(done => {
    const box = document.querySelector('#question textarea');
    const isThere = () => {
        const turn = document.querySelector('.turn[data-current]');
        return turn?.querySelector('h2').textContent === question && turn.querySelector('.verdict');
    };
    const begin = performance.now();
    const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    box.dispatchEvent(new KeyboardEvent('keypress', { key: 'Enter', bubbles: true, cancelable: true }));
})"""


class TimedLibrary:
    """A library that remembers how long its answers took."""

    def __init__(self, library: Any) -> None:  # Any: it is one to the page, whatever the page asks of it
        self._library = library
        self.seconds: list[float] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def ask(self, *args: Any, **kwargs: Any) -> Any:
        begin = time.perf_counter()
        try:
            return self._library.ask(*args, **kwargs)
        finally:
            self.seconds.append(time.perf_counter() - begin)


def measure_page(workspace: Workspace) -> Iterator[Table]:
    name, documents, questions = corpus(workspace)
    index = workspace.scratch / "page-index"
    workspace.say(f"building the index of {name}")
    with open_library(index) as library:
        passages = library.build(documents).passages
        library.load()
        timed = TimedLibrary(library)
        asked = list(dict.fromkeys(questions))[: WARM_UP + min(QUESTIONS, workspace.limit or QUESTIONS)]
        workspace.say(f"asking {len(asked)} questions in a browser")
        with served(timed) as address:
            seen_ms = np.asarray(ask_in_browser(address, asked, timed))[WARM_UP:]
    own_ms = 1000 * np.asarray(timed.seconds)[WARM_UP:]
    added_ms = seen_ms - own_ms
    rows = {"answer is seen": seen_ms, "the library's own time": own_ms, "what the page adds": added_ms}
    yield Table(
        PAGE,
        f"{len(seen_ms)} questions of {name} ({passages:,} passages) typed into the page in Chromium, from Enter until "
        f"the answer is painted; a new page after every {QUESTIONS_OF_A_PAGE} questions, {WARM_UP} before not counted. "
        f"{100 * float(np.mean(added_ms <= MOST_MS)):.0f} % are seen within {MOST_MS} ms of the library's own time.",
        tuple(
            Row(
                of, {"p50 ms": float(np.median(ms)), "p95 ms": float(np.percentile(ms, 95)), "most ms": float(ms.max())}
            )
            for of, ms in rows.items()
        ),
    )


def ask_in_browser(address: str, questions: Sequence[str], timed: TimedLibrary) -> list[float]:
    """Milliseconds of each question."""
    seen_ms = []
    with opened_browser() as browser:
        page = browser.new_page()
        for number, question in enumerate(questions):
            if number % QUESTIONS_OF_A_PAGE == 0:
                page.goto(address)
                page.locator("#conversation .home").wait_for()
            page.locator("#question textarea").fill(question)
            seen_ms.append(float(page.evaluate(_WATCH, question)))
            assert len(timed.seconds) == number + 1, f"{question!r} was asked more than once"
    return seen_ms


@contextmanager
def opened_browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(args=["--no-sandbox", "--disable-gpu"], executable_path=_chromium())
        yield browser
        browser.close()


@contextmanager
def served(library: Library | TimedLibrary) -> Iterator[str]:
    from quoth.ui.server import address_of, bind, make_server

    started = threading.Event()
    with bind("127.0.0.1", 0) as listener:
        server = make_server(library, "127.0.0.1", started.set, questions_per_minute=1_000_000)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert started.wait(60), "the page did not start"
        try:
            yield address_of(listener)
        finally:
            server.should_exit = True
            thread.join(15)


def _chromium() -> str | None:
    named = os.environ.get("QUOTH_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
