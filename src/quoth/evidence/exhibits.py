"""Passages that a reader keeps to prove something, each with how it was found: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quoth.records import Citation, Verdict, VerificationResult


@dataclass(frozen=True, slots=True)
class Log:
    """How a passage was found, so that another person can ask again."""

    question: str
    asked_at: datetime
    """In UTC."""
    generation: int
    """Of the index that was asked; grows with every change of it."""
    model: str
    """Fingerprint of the embedding model: its name and content hash."""
    verdict: Verdict
    probability: float
    """Estimated chance that the first passage of that answer answers, 0 to 1."""
    history: tuple[str, ...] = ()
    """Questions asked before it that it leans on, oldest first."""
    sources: tuple[str, ...] = ()
    """Patterns of the documents that were asked; none means all."""
    drop: tuple[str, ...] = ()
    """Terms that it was not to take over from them."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One passage that is kept."""

    citation: Citation
    note: str = ""
    """The reader's own words."""
    log: Log | None = None
    """None when it was not found by a question."""
    document_id: str = ""
    """Of the document in the index that it was last compared with; "" when it stands in none."""
    standing: VerificationResult = VerificationResult.EXACT
    """What became of the quote when it was last compared; the citation is the new one where it stands."""
    remark: str = ""
    """One sentence about `standing`, for people."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Exhibits in the order that the reader gave them."""

    exhibits: tuple[Exhibit, ...]
    made_at: datetime
    """When it was compared with the index, in UTC."""
