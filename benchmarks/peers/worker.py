"""A worker process of the peers' environment, as seen from here: what is said to it stands in workers/serving.py."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
LAST_WORDS = 1500
"""Characters of a worker's stderr that are shown when it ends too early."""
ENVIRONMENT = {
    "PYTHONPATH": str(CHECKOUT),
    "PYTHONWARNINGS": "ignore",
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "false",
    "TOKENIZERS_PARALLELISM": "false",  # it warns when a process forks
}


class WorkerError(Exception):
    """A peer cannot do what it is asked to."""


class Worker:
    """A process that answers one JSON line with one JSON line. Close it."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it and wait until its model is loaded. Raises WorkerError when it ends before that."""
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `close`; a pipe that nobody reads fills up
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=os.environ | ENVIRONMENT,
            cwd=CHECKOUT,
            encoding="utf-8",
        )
        try:
            self.versions: str = self._read()["versions"]
        except WorkerError:
            self.close()
            raise

    def request(self, **message: Any) -> dict[str, Any]:
        """The reply to a message. Raises WorkerError when the worker reports an error, or has ended."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise WorkerError(f"ended early: {self._last_words()}") from error
        return self._read()

    def close(self) -> None:
        self._process.kill()  # it holds nothing that should be saved
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._stderr):
            if stream is not None:
                _close(stream)

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            raise WorkerError(f"ended early: {self._last_words()}")
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise WorkerError(reply["error"])
        return reply

    def _last_words(self) -> str:
        self._stderr.seek(0)
        return self._stderr.read().decode(errors="replace")[-LAST_WORDS:].strip()


def _close(stream: Any) -> None:
    """Closing a pipe whose reader is gone raises what was not written; nobody waits for it any more."""
    try:
        stream.close()
    except BrokenPipeError:
        return
