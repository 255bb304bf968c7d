"""The first page as HTML: what can be asked, and of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quoth.records import DocumentInfo, Skipped, State
from quoth.ui.address import Address
from quoth.ui.answer_html import render_unread
from quoth.ui.citation_html import render_path
from quoth.ui.labels import say, say_count, spoken
from quoth.ui.render_html import Html, element, escape, join, weave
from quoth.ui.sentences import say_language_advice, say_languages

_MOST_LISTED = 200
_MOST_EXAMPLES = 6


def render_masthead() -> Html:
    home = element("a", escape("Quoth"), href="?", data_open=True)
    promise = say("Answers from your documents, word for word, each with the place it stands.")
    # The page takes the language of its labels from here.
    return element("header", element("h1", home), element("p", escape(promise)), class_="masthead", data_lang=spoken())


def render_new_conversation() -> Html:
    """The way to a question that nothing before is carried into."""
    link = element("a", escape(say("New conversation")), href=Address(is_new=True).search, data_open=True)
    return element("p", link, class_="new")


def render_how_to_ask() -> Html:
    """The line below the question box."""
    sentence = say("{phrase} must stand there · {word} leaves out passages with that word")
    phrase = element("kbd", escape(say('"exact words"')))
    return element("p", weave(sentence, phrase=phrase, word=element("kbd", escape(say("-word")))))


def render_home(documents: Sequence[DocumentInfo], examples: Sequence[str], foreign: Sequence[str] = ()) -> Html:
    """`foreign`: languages of the documents that the model was not trained on."""
    readable = [document for document in documents if document.state.has_text]
    unread = [
        Skipped(document.source, document.state, document.reason)
        for document in documents
        if document.state is not State.READ
    ]
    if not readable:
        return join((render_empty(say("No document could be read yet.")), render_unread(unread)))
    shelf = join((_shelf(readable), _languages(readable, foreign)))
    return element("section", _chips(examples), shelf, render_unread(unread), class_="home")


def render_empty(message: str) -> Html:
    return element(
        "section",
        element("p", escape(message), class_="problem", role="alert"),
        element(
            "p",
            weave(
                say("Put documents into a folder, run {command} in a terminal, then reload this page."),
                command=element("code", escape(f"quoth build {say('FOLDER')}")),
            ),
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
    return join((element("h2", escape(say("Start with"))), element("ul", *chips, class_="chips")))


def _languages(documents: Sequence[DocumentInfo], foreign: Sequence[str]) -> Html:
    counted = Counter(document.language for document in documents).most_common()
    advice = say_language_advice(foreign)
    return join(
        (
            element("p", escape(say("Languages: {languages}", languages=say_languages(counted))), class_="languages"),
            element("p", escape(advice), class_="advice") if advice else Html(""),
        )
    )


def _shelf(documents: Sequence[DocumentInfo]) -> Html:
    entries = [_entry(document) for document in documents[:_MOST_LISTED]]
    if len(documents) > _MOST_LISTED:
        entries.append(element("li", escape(say("and {n} more", n=len(documents) - _MOST_LISTED))))
    return element(
        "details",
        element("summary", escape(say_count(len(documents), "{n} document", "{n} documents"))),
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
