"""The file that a document was read from, and places on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Original:
    path: Path
    name: str
    """For people, and for the file that they save."""
    is_as_read: bool
    """Whether its bytes are still those that the index was made from."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page as it is displayed, in shares of its width and height from the upper left corner."""

    page: int
    """From 1."""
    left: float
    top: float
    right: float
    bottom: float
