"""How much a first visit to the page transfers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.made_texts import write_files
from benchmarks.memory import corpus
from benchmarks.page import opened_browser, served
from benchmarks.results import Row, Table
from benchmarks.workspace import Workspace, open_library

if TYPE_CHECKING:
    from playwright.sync_api import Page

WEIGHT = "Weight of the page"

MOST_KB = 350
MADE_FILES = 250
"""More than the first page lists."""
MADE_SENTENCES = 5
SETTLED_MS = 1_000
"""What a page loads later than this is not counted."""


def measure_weight(workspace: Workspace) -> Iterator[Table]:
    name, documents, _ = corpus(workspace)
    made = workspace.scratch / "made-files"
    made.mkdir(exist_ok=True)
    write_files(made, MADE_FILES, MADE_SENTENCES)
    rows = [
        _row(f"{name}, {len(list(documents.iterdir()))} documents", documents, workspace),
        _row(f"{MADE_FILES} made documents", made, workspace),
    ]
    yield Table(
        WEIGHT,
        f"A first visit, over the wire, into an empty cache of Chromium; asked for: less than {MOST_KB} kB.",
        tuple(rows),
    )


def _row(of: str, documents: Path, workspace: Workspace) -> Row:
    workspace.say(f"weighing the page over {of}")
    with open_library(workspace.scratch / f"weight-{documents.name}") as library:
        library.build(documents)
        with served(library) as address, opened_browser() as browser:
            page = browser.new_page()
            with weighed(page) as first:
                page.goto(address)
                page.locator("#conversation .home").wait_for()
                page.wait_for_timeout(SETTLED_MS)
            return Row(of, {"kB": sum(first.values()) / 1e3, "requests": len(first)})


@contextmanager
def weighed(page: Page) -> Iterator[dict[str, float]]:
    """Bytes by request; of one that stays open, such as the stream of answers, what has come."""
    weights: defaultdict[str, float] = defaultdict(float)

    def note_part(event: dict[str, Any]) -> None:
        weights[event["requestId"]] += event["encodedDataLength"] or event["dataLength"]

    def note_end(event: dict[str, Any]) -> None:
        weights[event["requestId"]] = event["encodedDataLength"]

    session = page.context.new_cdp_session(page)
    session.on("Network.dataReceived", note_part)
    session.on("Network.loadingFinished", note_end)
    session.send("Network.enable")
    yield weights
    session.detach()
