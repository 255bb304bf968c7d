"""What a build says while it runs and when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quoth.records.document import Skipped


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is. `done` of `total` counts bytes of files, the unit that time is spent on."""

    step: Literal["scanning", "reading", "embedding", "saving"]
    done: int = 0
    total: int = 0
    source: str = ""
    """The file that is being worked on."""
    passages: int = 0
    """Embedded so far in this build."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """What `.quothignore` leaves out of the folder. What is in those folders is not looked at, so not counted."""

    files: int = 0
    folders: int = 0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Files read now (`added`, `changed`) and `unchanged` ones are all that the folder holds."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    skipped: tuple[Skipped, ...]
    """Those among them, unchanged ones included, whose state is not `read`."""
    passages: int
    """In the index now."""
    embedded: int
    """Passages whose vector was computed in this build."""
    seconds: float
    ignored: Ignored = Ignored()


@dataclass(frozen=True, slots=True)
class Status:
    """What is in the index."""

    folder: str
    documents: int
    passages: int
    model: str
    generation: int
    """Grows by one with every commit."""
    languages: tuple[tuple[str, int], ...]
    """(language, documents), most frequent first."""
    skipped: tuple[Skipped, ...]
    stale: tuple[str, ...]
    """Paths that were added, changed or removed in the folder since the last build."""
    bytes_on_disk: int
    interrupted: bool = False
    """The last build did not come to its end; run it again."""
    folder_is_missing: bool = False
    """The folder of documents is not there, so `stale` says nothing."""
    foreign_languages: tuple[str, ...] = ()
    """Those among `languages` that the model was not trained on, when a tenth of the documents are in them."""
    is_calibrated: bool = True
    """Whether the probabilities of answers were fitted for this model."""
    ignored: Ignored = Ignored()
    """In the folder now."""
    ocr: str = ""
    """What reads pictures, or what would turn that on; "" while it is off and no picture needs it."""
