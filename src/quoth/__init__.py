"""Ask a folder of documents a question; get back the passages that answer it, word for word.

>>> import quoth
>>> library = quoth.open("embeddings")
>>> report = library.build("seeds")
>>> answer = library.ask("Where did the last phone call Castillo took come from?")
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from quoth import errors
from quoth.errors import QuothError
from quoth.records import (
    Answer,
    BuildReport,
    CarriedTerm,
    Citation,
    Coverage,
    Document,
    DocumentAnswer,
    DocumentInfo,
    DocumentMentions,
    EachAnswer,
    Hit,
    Ignored,
    Mention,
    Mentions,
    Passage,
    Progress,
    ReadingText,
    Skipped,
    Span,
    State,
    Status,
    Verdict,
    Verification,
    VerificationResult,
)
from quoth.settings import Settings

if TYPE_CHECKING:
    from quoth.library import Library

__all__ = [
    "Answer",
    "BuildReport",
    "CarriedTerm",
    "Citation",
    "Coverage",
    "Document",
    "DocumentAnswer",
    "DocumentInfo",
    "DocumentMentions",
    "EachAnswer",
    "Hit",
    "Ignored",
    "Library",
    "Mention",
    "Mentions",
    "Passage",
    "Progress",
    "QuothError",
    "ReadingText",
    "Settings",
    "Skipped",
    "Span",
    "State",
    "Status",
    "Verdict",
    "Verification",
    "VerificationResult",
    "errors",
    "open",
]


def open(  # noqa: A001  (read as quoth.open)
    embeddings: str | os.PathLike[str] | None = None, *, settings: Settings | None = None
) -> Library:
    """The library whose index is kept in the folder `embeddings`; see `Library.open`.

    Without `settings`, those of quoth.toml in the working folder hold, where there is one.
    """
    from quoth.library import Library

    return Library.open(embeddings, settings=settings)


def __getattr__(name: str) -> Any:
    # Library brings numpy and all that builds and searches: loaded by the first use, so that
    # `import quoth` stays quick.
    if name == "Library":
        from quoth.library import Library

        return Library
    raise AttributeError(f"module 'quoth' has no attribute {name!r}")
