"""The first page as HTML: what can be asked, and of what."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.records import DocumentInfo, Skipped, State
from quoth.ui.address import Address
from quoth.ui.answer_html import count, render_unread
from quoth.ui.citation_html import render_path
from quoth.ui.render_html import Html, element, escape, join

_MOST_LISTED = 200
_MOST_EXAMPLES = 6
PROMISE = "Answers from your documents, word for word, each with the place it stands."


def render_masthead() -> Html:
    home = element("a", escape("Quoth"), href="?", data_open=True)
    new = element("a", escape("New conversation"), class_="new", href=Address(is_new=True).search, data_open=True)
    return element("header", element("h1", home), element("p", escape(PROMISE)), new, class_="masthead")


def render_how_to_ask() -> Html:
    """The line below the question box."""
    return element(
        "p",
        element("kbd", escape('"exact words"')),
        escape(" must stand there · "),
        element("kbd", escape("-word")),
        escape(" leaves out passages with that word"),
    )


def render_home(documents: Sequence[DocumentInfo], examples: Sequence[str]) -> Html:
    readable = [document for document in documents if document.state.has_text]
    unread = [
        Skipped(document.source, document.state, document.reason)
        for document in documents
        if document.state is not State.READ
    ]
    if not readable:
        return join((render_empty("No document could be read yet."), render_unread(unread)))
    return element("section", _chips(examples), _shelf(readable), render_unread(unread), class_="home")


def render_empty(message: str) -> Html:
    return element(
        "section",
        element("p", escape(message), class_="problem", role="alert"),
        element(
            "p",
            escape("Put documents into a folder, run "),
            element("code", escape("quoth build FOLDER")),
            escape(" in a terminal, then reload this page."),
        ),
        class_="home empty",
    )


def _chips(examples: Sequence[str]) -> Html:
    if not examples:
        return Html("")
    chips = [
        element("li", element("button", element("bdi", escape(example)), type="button", data_ask=example))
        for example in examples[:_MOST_EXAMPLES]
    ]
    return join((element("h2", escape("Start with")), element("ul", *chips, class_="chips")))


def _shelf(documents: Sequence[DocumentInfo]) -> Html:
    entries = [_entry(document) for document in documents[:_MOST_LISTED]]
    if len(documents) > _MOST_LISTED:
        entries.append(element("li", escape(f"and {len(documents) - _MOST_LISTED:,} more")))
    return element(
        "details",
        element("summary", escape(count(len(documents), "document"))),
        element("ul", *entries),
        class_="shelf",
        open=len(documents) <= 8,
    )


def _entry(document: DocumentInfo) -> Html:
    title = element("bdi", escape(document.title))
    return element(
        "li",
        element("a", title, href=Address(document_id=document.id).search, data_open=True),
        render_path(document.source, document.title),
    )
