"""The build that the page starts: one at a time, in a thread of its own, seen by every page."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace

from quoth.errors import QuothError
from quoth.records import BuildReport, Progress
from quoth.ui.needs import KeepingLibrary

_STOP_S = 10.0

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildState:
    number: int = 0
    """Of the builds since the server was started; 0 before the first."""
    is_running: bool = False
    progress: Progress = Progress("scanning")  # noqa: RUF009 - frozen
    report: BuildReport | None = None
    """Of the last build, when it came to its end."""
    problem: str = ""
    """Why it did not, for people."""
    is_unforeseen: bool = False
    """Whether nobody foresaw why it did not; the log tells."""


class Builder:
    """Safe to share between threads."""

    def __init__(self, library: KeepingLibrary) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._state = BuildState()
        self._again = False
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> BuildState:
        return self._state

    def start(self) -> None:
        """Bring the index up to date; a build that runs is followed by another, which sees what it may have missed."""
        with self._lock:
            if self._state.is_running:
                self._again = True
            elif not self._stopping.is_set():
                self._state = BuildState(self._state.number + 1, is_running=True)
                self._thread = threading.Thread(target=self._run, name="build", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End the build where it is, for good: the next one goes on from there."""
        self._stopping.set()
        thread = self._thread
        if thread is not None:
            thread.join(_STOP_S)

    def _run(self) -> None:
        while True:
            done = self._build()
            with self._lock:
                if not self._again or self._stopping.is_set():
                    self._state = done
                    return
                self._again = False
                self._state = BuildState(done.number + 1, is_running=True)

    def _build(self) -> BuildState:
        state = replace(self._state, is_running=False)
        try:
            return replace(state, report=self._library.build(self._library.folder, on_progress=self._note))
        except _StoppedError:
            return state
        except QuothError as error:
            return replace(state, problem=str(error))
        except Exception:
            _logger.exception("the build that the page started failed")
            return replace(state, is_unforeseen=True)

    def _note(self, progress: Progress) -> None:
        if self._stopping.is_set():
            raise _StoppedError
        self._state = replace(self._state, progress=progress)


class _StoppedError(Exception):
    """The server is going down."""
