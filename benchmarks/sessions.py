"""Many readers asking the page at once: whether each is answered, how long it takes, and whether memory stays."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import psutil  # type: ignore[import-untyped]  # it ships no types

from benchmarks.memory import corpus
from benchmarks.results import Cell, Row, Table
from benchmarks.workspace import Workspace, open_library

SESSIONS = "Many sessions at once"

READERS = 50
MOST_SESSIONS = 200
"""As in quoth.ui.page, which is imported where the page is served."""
SECONDS = 120
SECONDS_FOR_LEAKS = 300
"""With room for few sessions, long enough to see memory stay."""
QUARTERS = ("a quarter", "half", "three quarters")
IDLE_S = 60
"""Waited before memory is looked at again."""
QUESTIONS_OF_A_SESSION = 10
"""Then the reader begins a new one, as with a new page."""
_PATIENCE_S = 60
_JOIN = "/gradio_api/queue/join"


@dataclass(frozen=True, slots=True)
class Event:
    """What the page sends for a question, without the question."""

    fn_index: int
    inputs: int
    position: int
    """Of the question among the inputs; the others stay on the server."""

    def asking(self, question: str, session: str) -> str:
        values: list[str | None] = [None] * self.inputs
        values[self.position] = question
        return json.dumps(
            {"data": values, "event_data": None, "fn_index": self.fn_index, "trigger_id": 0, "session_hash": session}
        )


@dataclass(slots=True)
class Tally:
    """What all readers together have seen."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measure_sessions(workspace: Workspace) -> Iterator[Table]:
    """With a limit, each reader asks no more than that, and memory is looked at again after two seconds."""
    name, documents, questions = corpus(workspace)
    index = workspace.scratch / "sessions-index"
    workspace.say(f"building the index of {name}")
    with open_library(index) as library:
        passages = library.build(documents).passages
    rows = []
    for seconds, room in ((SECONDS, MOST_SESSIONS), (SECONDS_FOR_LEAKS, READERS)):
        of = f"{seconds} s, room for {room} sessions"
        workspace.say(f"{READERS} readers ask for {of}")
        rows.append(Row(of, ask_for_a_while(index, questions, workspace, seconds, room)))
    yield Table(
        SESSIONS,
        f"{READERS} readers of {name} ({passages:,} passages), who ask over HTTP as the page does, each the next "
        f"question as soon as the last is answered; a new session after every {QUESTIONS_OF_A_SESSION} questions. "
        "Readers and server share the machine. Memory is that of the server; the second time long enough, and with few "
        "enough sessions kept, to see whether what is forgotten is given back.",
        tuple(rows),
    )


def ask_for_a_while(
    index: Path, questions: Sequence[str], workspace: Workspace, seconds: int, most_sessions: int
) -> dict[str, Cell]:
    with served(index, most_sessions) as (address, pid):
        ask_once(address, read_event(address), questions[0], secrets.token_hex(8))
        before = resident_mb(pid)
        begin = time.monotonic()
        tally, quarters = ask_all(address, questions, pid, seconds, workspace.limit)
        took_s = time.monotonic() - begin
        after = resident_mb(pid)
        time.sleep(2 if workspace.limit else IDLE_S)
        idle = resident_mb(pid)
    for error in tally.errors[:5]:
        workspace.say(f"error: {error}")
    p50, p95 = np.percentile(tally.seconds, [50, 95]) if tally.seconds else (0.0, 0.0)
    return {
        "answers": len(tally.seconds),
        "errors": len(tally.errors),
        "answers a second": len(tally.seconds) / took_s,
        "p50 ms": float(1000 * p50),
        "p95 ms": float(1000 * p95),
        "MB before": before,
        **{f"MB after {part}": memory for part, memory in zip(QUARTERS, quarters, strict=True)},
        "MB after": after,
        "MB after a rest": idle,
    }


@contextmanager
def served(index: Path, most_sessions: int = MOST_SESSIONS) -> Iterator[tuple[str, int]]:
    """Yields the address of a page over `index` and the id of the process that serves it."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve_index, args=(index, there, most_sessions), daemon=True)
    process.start()
    try:
        assert here.poll(120), "the page did not start"
        yield here.recv(), process.pid or 0
    finally:
        process.terminate()
        process.join(15)


def serve_index(index: Path, announce: Connection, most_sessions: int) -> None:
    """Until the process is ended. Nobody is refused for asking much."""
    from quoth.ui.environment import quiet_gradio

    quiet_gradio()
    from quoth.ui import page
    from quoth.ui.server import address_of, bind, make_server

    page.MOST_SESSIONS = most_sessions
    with bind("127.0.0.1", 0) as listener, open_library(index) as library:
        library.load()
        address = address_of(listener)
        make_server(library, "127.0.0.1", lambda: announce.send(address), questions_per_minute=1_000_000).run(
            sockets=[listener]
        )


def read_event(address: str) -> Event:
    """Found in the page's own description: what pressing Enter in the question box does."""
    with connected(address) as connection:
        connection.request("GET", "/config")
        config: dict[str, Any] = json.loads(connection.getresponse().read())
    box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
    event = next(one for one in config["dependencies"] if [box, "submit"] in [list(t) for t in one["targets"]])
    return Event(event["id"], len(event["inputs"]), event["inputs"].index(box))


def ask_all(
    address: str, questions: Sequence[str], pid: int, seconds: int, limit: int | None
) -> tuple[Tally, list[float]]:
    """Every reader begins with another question. Also returns the memory of the server after each of the QUARTERS."""
    event, tally, begin = read_event(address), Tally(), time.monotonic()
    end = begin + seconds, limit
    readers = [
        threading.Thread(target=_read, args=(address, event, [*questions[n:], *questions[:n]], tally, end))
        for n in (number * len(questions) // READERS for number in range(READERS))
    ]
    for reader in readers:
        reader.start()
    quarters = []
    for number in range(1, len(QUARTERS) + 1):
        until = begin + number * seconds / (len(QUARTERS) + 1)
        while any(reader.is_alive() for reader in readers) and time.monotonic() < until:
            time.sleep(0.2)
        quarters.append(resident_mb(pid))
    for reader in readers:
        reader.join()
    return tally, quarters


def _read(address: str, event: Event, questions: Sequence[str], tally: Tally, end: tuple[float, int | None]) -> None:
    until, limit = end
    endless = (question for _ in range(1_000_000) for question in questions)
    asked = islice(endless, limit)
    while time.monotonic() < until:
        part = list(islice(asked, QUESTIONS_OF_A_SESSION))
        if not part:
            return
        _hold_session(address, event, part, tally, until)


def _hold_session(address: str, event: Event, questions: Sequence[str], tally: Tally, until: float) -> None:
    """Questions of one page."""
    session = secrets.token_hex(8)
    for question in questions:
        if time.monotonic() >= until:
            return
        begin = time.monotonic()
        try:
            ask_once(address, event, question, session)
            tally.seconds.append(time.monotonic() - begin)
        except (OSError, http.client.HTTPException, ValueError) as error:
            tally.errors.append(f"{type(error).__name__}: {error}")


def ask_once(address: str, event: Event, question: str, session: str) -> bytes:
    """The message that brings the answer. Raises ValueError unless one comes."""
    with connected(address) as connection:
        body = event.asking(question, session)
        connection.request("POST", _JOIN, body, {"Content-Type": "application/json"})
        joined = connection.getresponse()
        said = joined.read()
        if joined.status != 200:
            raise ValueError(f"{joined.status} {said[:100]!r}")
    with connected(address) as connection:
        connection.request("GET", f"/gradio_api/queue/data?session_hash={session}")
        for line in connection.getresponse():
            if b'"process_completed"' in line:
                if b'"success":true' not in line.replace(b'": ', b'":') or b"verdict" not in line:
                    raise ValueError(f"no answer: {line[:200]!r}")
                return line
    raise ValueError("the stream ended without an answer")


@contextmanager
def connected(address: str) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_PATIENCE_S)
    try:
        yield connection
    finally:
        with suppress(OSError):
            connection.close()


def resident_mb(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss) / 1e6
