"""The words in which a parser says that it could not read a file, or not all of it."""

from __future__ import annotations

from quoth.errors import QuothError
from quoth.records import Parsed, State

TOO_MUCH_TEXT = "only the first {count:,} characters were read; split the file to have the rest read as well"


NO_TEXT = "the file holds no text; if it should, save it again"
OUT_OF_MEMORY = "reading it takes more memory than allowed: it is too big or damaged; split it or save it again"


class UnreadError(QuothError):
    """Raised inside parsers only: `parse_file` turns it into a `Parsed` of this state."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


def unread(kind: str, state: State, reason: str) -> Parsed:
    """A document without text."""
    return Parsed(kind=kind, state=state, reason=reason)
