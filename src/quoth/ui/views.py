"""The pages beside the conversation, by the `view` of their address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quoth.ui.address import Address
from quoth.ui.documents_html import render_documents
from quoth.ui.evidence_html import render_evidence
from quoth.ui.mentions_html import render_mentions
from quoth.ui.needs import ReadingLibrary
from quoth.ui.render_html import Html
from quoth.ui.table_html import render_table


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    """In English, for the links at the top of the page."""
    render: Callable[[ReadingLibrary, Address], Html]
    """Stands where the conversation stands. May raise QuothError; its message is shown."""


VIEWS: Mapping[str, Page] = {
    "documents": Page("Documents", render_documents),
    "table": Page("Table", render_table),
    "mentions": Page("Mentions", render_mentions),
    "evidence": Page("Evidence", render_evidence),
}
