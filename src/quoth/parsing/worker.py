"""Parsing in a process of its own, which a bad file may hang, fill or crash without taking ours along.

PDFium aborts the process when memory runs out, and no parser can be interrupted from within. The process is a fresh
interpreter rather than one of `multiprocessing`'s: those import the caller's main module again, so that a script
without a main guard would start itself for ever.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final, Self, TypeVar

import psutil  # type: ignore[import-untyped]  # it ships no types

from quoth.errors import ParseError
from quoth.parsing.ocr import OFF, Ocr, dump_ocr
from quoth.parsing.outcome import OUT_OF_MEMORY, UnreadError, unread
from quoth.parsing.page_wire import PageRequest, dump_page_request, load_body
from quoth.parsing.wire import READY, dump_request, load, load_patience
from quoth.records import Parsed, State

TIME_LIMIT_S: Final = 30.0
MEMORY_LIMIT_BYTES: Final = 1_500_000_000

_BROKEN: Final = (State.DAMAGED, "the file is damaged: it broke the parser; save it again or get another copy")
Answer = TypeVar("Answer")

_START_LIMIT_S = 60.0
_LOOK_EVERY_S = 0.2
# -P and the parent's path: neither the working directory nor the user's main module gets to name what is imported.
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[3]); from quoth.parsing.serve import serve; serve()"
_OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGKILL, -signal.SIGTRAP, -signal.SIGILL}
"""How PDFium, Rust and the system's own guard end a process that has no memory left."""


@dataclass(frozen=True, slots=True)
class _Process:
    popen: subprocess.Popen[bytes]
    connection: Connection


class ParsingWorker:
    """One process, started by the first file and again after each one that broke it. Safe to share between threads."""

    def __init__(
        self, time_limit_s: float = TIME_LIMIT_S, memory_limit_bytes: int = MEMORY_LIMIT_BYTES, ocr: Ocr = OFF
    ) -> None:
        """`time_limit_s` is for a file without OCR, which has its own: `ocr.time_limit_s`."""
        self._time_limit_s = time_limit_s
        self._memory_limit_bytes = memory_limit_bytes
        self._ocr = ocr
        self._process: _Process | None = None
        self._lock = threading.Lock()

    def parse(self, path: Path, source: str) -> Parsed:
        """As `parse_file`, and a file that takes too long, takes too much memory or breaks the parser has a state too.

        Raises ParseError when no parsing process can be started at all.
        """
        try:
            return self._ask(dump_request(path, source), source, load)
        except UnreadError as error:
            return _unread(source, error.state, error.reason)

    def read_page(self, request: PageRequest) -> bytes:
        """The image or the places of one page. Raises UnreadError when it cannot be made, ParseError as `parse`."""
        return self._ask(dump_page_request(request), request.path.name, load_body)

    def close(self) -> None:
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, request: bytes, source: str, read: Callable[[bytes], Answer]) -> Answer:
        with self._lock:
            try:
                return self._ask_twice(request, source, read)
            except UnreadError:
                raise
            except BaseException:  # Ctrl-C: what comes later must not be taken for the answer to the next file
                self._stop()
                raise

    def _ask_twice(self, request: bytes, source: str, read: Callable[[bytes], Answer]) -> Answer:
        """Two attempts: a process that was killed while it started or waited says nothing about the file."""
        with contextlib.suppress(EOFError, OSError, ParseError):
            return self._attempt(request, source, read)
        self._stop()
        try:
            return self._attempt(request, source, read)
        except (EOFError, OSError) as error:
            raise UnreadError(*_judge_death(self._stop())) from error

    def _attempt(self, request: bytes, source: str, read: Callable[[bytes], Answer]) -> Answer:
        """Raises EOFError or OSError when the process ends before its answer, or promises one beyond its memory."""
        try:
            process = self._process or self._start(source)
            process.connection.send_bytes(request)
            patience_s = 0.0
            while (trouble := self._wait(process, patience_s)) is None:
                answer = process.connection.recv_bytes(self._memory_limit_bytes)
                asked_s = load_patience(answer)
                if asked_s is None:
                    return read(answer)
                patience_s = min(asked_s, self._ocr.time_limit_s)
        except ValueError:  # a malformed answer
            trouble = _BROKEN
        self._stop()
        raise UnreadError(*trouble)

    def _start(self, source: str) -> _Process:
        ours, theirs = Pipe()
        limits = json.dumps([self._memory_limit_bytes, self._time_limit_s, dump_ocr(self._ocr)])
        try:
            popen = subprocess.Popen(  # noqa: S603  our own interpreter, our own words
                [sys.executable, "-P", "-c", _BOOT, str(theirs.fileno()), limits, json.dumps(sys.path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                process_group=0,  # Ctrl-C in the terminal reaches us alone; we then stop it
            )
        except OSError as error:
            ours.close()
            raise ParseError(source, f"no process for reading files can be started: {error}") from error
        finally:
            theirs.close()
        process = self._process = _Process(popen, ours)
        with contextlib.suppress(EOFError, OSError):
            if ours.poll(_START_LIMIT_S):
                ours.recv_bytes(len(READY))
                return process
        raise ParseError(source, "the process for reading files ended as it began; is Python installed whole?")

    def _wait(self, process: _Process, patience_s: float) -> tuple[State, str] | None:
        """None when an answer, a request for patience, or the end of the process can be received."""
        deadline = time.monotonic() + self._time_limit_s + patience_s
        while not process.connection.poll(min(_LOOK_EVERY_S, max(0.0, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                return State.TIMED_OUT, f"reading it took longer than {self._time_limit_s:g} s; split the file"
            if resident_bytes(process.popen.pid) > self._memory_limit_bytes:
                return State.TOO_BIG, OUT_OF_MEMORY
        return None

    def _stop(self) -> int:
        """End the process; its return code, 0 when there was none."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.connection.close()
        try:
            return process.popen.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.popen.pid, signal.SIGKILL)  # tesseract, too
            process.popen.wait()
            return 0


def resident_bytes(pid: int) -> int:
    """Memory of a process, 0 when it has ended. For systems that do not enforce RLIMIT_AS, such as macOS."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _judge_death(return_code: int) -> tuple[State, str]:
    if return_code in _OUT_OF_MEMORY:
        return State.TOO_BIG, OUT_OF_MEMORY
    return _BROKEN


def _unread(source: str, state: State, reason: str) -> Parsed:
    return unread(PurePosixPath(source).suffix.lower().removeprefix(".") or "unknown", state, reason)
