"""The first page as HTML: what can be asked, and of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quoth.records import DocumentInfo, Skipped, State
from quoth.render import language_advice, languages_line
from quoth.ui.address import Address
from quoth.ui.answer_html import count, render_unread
from quoth.ui.citation_html import render_path
from quoth.ui.render_html import Html, element, escape, join

_MOST_LISTED = 200
_MOST_EXAMPLES = 6
PROMISE = "Answers from your documents, word for word, each with the place it stands."


def render_masthead() -> Html:
    home = element("a", escape("Quoth"), href="?", data_open=True)
    return element("header", element("h1", home), element("p", escape(PROMISE)), class_="masthead")


def render_new_conversation() -> Html:
    """The way to a question that nothing before is carried into."""
    link = element("a", escape("New conversation"), href=Address(is_new=True).search, data_open=True)
    return element("p", link, class_="new")


def render_how_to_ask() -> Html:
    """The line below the question box."""
    return element(
        "p",
        element("kbd", escape('"exact words"')),
        escape(" must stand there · "),
        element("kbd", escape("-word")),
        escape(" leaves out passages with that word"),
    )


def render_home(documents: Sequence[DocumentInfo], examples: Sequence[str], foreign: Sequence[str] = ()) -> Html:
    """`foreign`: languages of the documents that the model was not trained on."""
    readable = [document for document in documents if document.state.has_text]
    unread = [
        Skipped(document.source, document.state, document.reason)
        for document in documents
        if document.state is not State.READ
    ]
    if not readable:
        return join((render_empty("No document could be read yet."), render_unread(unread)))
    shelf = join((_shelf(readable), _languages(readable, foreign)))
    return element("section", _chips(examples), shelf, render_unread(unread), class_="home")


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


def _languages(documents: Sequence[DocumentInfo], foreign: Sequence[str]) -> Html:
    counted = Counter(document.language for document in documents).most_common()
    advice = language_advice(foreign)
    return join(
        (
            element("p", escape(f"Languages: {languages_line(counted)}"), class_="languages"),
            element("p", escape(advice), class_="advice") if advice else Html(""),
        )
    )


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
