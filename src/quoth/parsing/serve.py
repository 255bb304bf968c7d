"""The other end of `ParsingWorker`: runs in the parsing process only."""

from __future__ import annotations

import contextlib
import gc
import json
import signal
import sys
from multiprocessing.connection import Connection

from quoth.parsing.ocr import load_ocr
from quoth.parsing.ocr_run import OcrRun
from quoth.parsing.outcome import OUT_OF_MEMORY, unread
from quoth.parsing.page_wire import answer_page, is_page_request
from quoth.parsing.table import parse_file
from quoth.parsing.wire import READY, REQUEST_BYTES, dump, dump_patience, load_request
from quoth.records import Parsed, State

_OPEN_FILES = 256


def serve() -> None:
    """Answer (path, source) with Parsed, and requests for pages, until the other end closes.

    Arguments: see `ParsingWorker`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory_limit_bytes, time_limit_s, ocr = json.loads(sys.argv[2])
    connection = Connection(int(sys.argv[1]))
    _limit(memory_limit_bytes)
    gc.disable()  # it would look through the growing document again and again
    connection.send_bytes(READY)

    def ask_for_patience(seconds: float) -> None:
        _set_alarm(2 * time_limit_s + 10 + seconds)
        connection.send_bytes(dump_patience(seconds))

    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            request = connection.recv_bytes(REQUEST_BYTES)
            _set_alarm(2 * time_limit_s + 10)
            if is_page_request(request):
                connection.send_bytes(answer_page(request))
            else:
                _answer(connection, parse_file(*load_request(request), OcrRun(load_ocr(ocr), ask_for_patience)))
            _set_alarm(0)
            gc.collect()


def _set_alarm(seconds: float) -> None:
    """Should the parent be killed in the middle of a file that hangs, the alarm ends this process."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(connection: Connection, parsed: Parsed) -> None:
    try:
        answer = dump(parsed)
    except MemoryError:  # the answer is made whole before its first byte is sent
        answer = dump(unread(parsed.kind, State.TOO_BIG, OUT_OF_MEMORY))
    connection.send_bytes(answer)


def _limit(memory_limit_bytes: int) -> None:
    try:
        import resource  # does not exist everywhere
    except ImportError:
        return
    for name, wanted in (("RLIMIT_AS", memory_limit_bytes), ("RLIMIT_CORE", 0), ("RLIMIT_NOFILE", _OPEN_FILES)):
        limit = getattr(resource, name)
        hard = resource.getrlimit(limit)[1]
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # Lowering the hard limit too would keep a grandchild in; there is none. macOS refuses RLIMIT_AS.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (soft, hard))
