"""A real Chromium, a real server, and a watch over what the page does behind the reader's back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from tests.browser.serving import Serve, Watch, serving
from tests.browser.shelf import Shelf, make_document

from quoth.records import Skipped, State

LETTER = """Dear Ottilie!

The lighthouse went dark on Tuesday at eleven. Nobody was near the lamp, and
the keeper slept.

Three inspectors have been sent since then. Each of them found nothing.
"""
LEDGER = "\n".join(f"Entry {number}: the ferry crossed with {number % 7} passengers." for number in range(1, 3001))
PAGES = ("The harbour was rebuilt in stone. ", "A new crane lifted the bells. ", "The bells were cast in Ghent.")

PATIENCE_MS = 20_000
"""On a busy machine a step takes seconds."""
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def base_url() -> None:
    """None is used. The plugin's own fixture of this name is a method, which pytest 9 deprecates."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    quiet = "no-first-run disable-quic disable-sync disable-background-networking disable-component-update"
    one_process = "--process-per-site"  # a new process for each tab would take a third of the time of all tests
    arguments = ["--no-sandbox", "--disable-gpu", one_process, *(f"--{name}" for name in quiet.split())]
    path = find_chromium()
    return {**browser_type_launch_args, "args": arguments, **({"executable_path": path} if path else {})}


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    starts = [sum(map(len, PAGES[:number])) for number in range(len(PAGES))]
    return Shelf(
        [
            make_document("letters/ottilie.txt", LETTER, title="A letter to Ottilie"),
            make_document("ledger.txt", LEDGER),
            make_document("harbour.pdf", "".join(PAGES), title="The new harbour", pages=starts),
        ],
        unread=[Skipped("scan.pdf", State.NEEDS_OCR, "Its pages are pictures; run it through OCR first.")],
        examples=["When did the lighthouse go dark?", "The new harbour"],
    )


@pytest.fixture(scope="session")
def url(shelf: Shelf) -> Iterator[str]:
    """The address of the page over `shelf`."""
    with serving(shelf) as address:
        yield address


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves the page over a library of the test's own."""
    with ExitStack() as servers:
        yield lambda library: servers.enter_context(serving(library))


@pytest.fixture(scope="session")
def warm_context(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """One for all tests, with a profile on disk: only there are Gradio's scripts kept compiled."""
    context = browser_type.launch_persistent_context(tmp_path_factory.mktemp("profile"), **browser_type_launch_args)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    keeper = context.pages[0]  # the process of a site stays as long as one of its tabs
    keeper.route("**", lambda route: route.fulfill(body=""))
    keeper.goto("http://127.0.0.1/")
    yield context
    context.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test when a page asks anybody but this machine for anything, or its console reports an error."""
    faults: list[str] = []

    def watch_page(page: Page) -> None:
        page.on("request", lambda request: faults.append(f"asked {request.url}") if _is_outside(request.url) else None)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))

    yield watch_page
    assert faults == []


@pytest.fixture
def page(watch: Watch, unwatched: Page) -> Page:
    """A tab over which `watch` watches."""
    watch(unwatched)
    return unwatched


@pytest.fixture
def unwatched(serve: Serve, warm_context: BrowserContext) -> Iterator[Page]:
    """A tab, closed before the server that `serve` started. What it kept in the browser goes with it.

    For tests that break something, which the browser reports as errors.
    """
    tab = warm_context.new_page()
    yield tab
    if not tab.is_closed() and _is_served(tab.url):
        tab.evaluate("localStorage.clear()")
    tab.close()


def _is_served(address: str) -> bool:
    return address.startswith("http://127.0.0.1:")


def _is_outside(address: str) -> bool:
    return not _is_served(address) and not address.startswith(("data:", "blob:"))


def find_chromium() -> str | None:
    """None for the one that Playwright brings. Without windows first, for it takes the least time."""
    named = os.environ.get("QUOTH_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _BROWSERS)), None)
