"""The first page as HTML: what can be asked, and of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from quoth.records import DocumentInfo, Skipped, State
from quoth.ui.address import Address
from quoth.ui.answer_html import render_unread
from quoth.ui.citation_html import render_path
from quoth.ui.labels import say, say_count, spoken
from quoth.ui.render_html import Html, element, escape, join, weave
from quoth.ui.sentences import say_language_advice, say_languages
from quoth.ui.trace import trace_document

_MOST_LISTED = 200
_MOST_EXAMPLES = 6


def render_masthead(views: Mapping[str, str], *, has_password: bool = False) -> Html:
    """`views`: name of each other page, in the reader's language, by the `view` of its address."""
    home = element("a", escape("Quoth"), href="?", data_open=True, data_carry=True)
    promise = say("Answers from your documents, word for word, each with its place.")
    # The page takes the language of its labels from here.
    named = {"": say("Questions"), **views}
    links = [element("li", _page_link(view, name)) for view, name in named.items()]
    if has_password:
        links.append(element("li", element("button", escape(say("Sign out")), type="button", data_sign_out=True)))
    pages = element("nav", element("ul", *links), class_="pages", aria_label=say("Pages")) if views else Html("")
    return element(
        "header", element("h1", home), element("p", escape(promise)), pages, class_="masthead", data_lang=spoken()
    )


def _page_link(view: str, name: str) -> Html:
    search = Address(view=view).search
    return element("a", escape(name), href=search, data_open=True, data_carry=True, data_view=view)


def render_new_conversation() -> Html:
    """The way to a question that nothing before is carried into."""
    link = element("a", escape(say("New topic")), href=Address(is_new=True).search, data_open=True, data_carry=True)
    return element("p", link, class_="new")


def render_searching(passages: int, *, most: int) -> Html:
    """Empty until something is asked; the page then shows one of its texts, that without a number for a choice.

    `most`: characters that a question may have.
    """
    return element(
        "p",
        role="status",
        class_="searching",
        data_all=say_count(passages, "Searching {n} passage…", "Searching {n} passages…"),
        data_some=say("Searching the chosen documents…"),
        data_ranking=say(
            "These passages were found first; a second model still reads them and may change their order."
        ),
        data_unranked=say("These passages are in their first order: the second model has not read them. Ask again."),
        data_next=say("Your next question is sent as soon as this one is answered."),
        data_most=str(most),
    )


def render_editing() -> Html:
    """What asking does while an earlier question stands in the box; hidden until one does."""
    told = escape(say("Asking takes the place of the question you edit."))
    cancel = element("button", escape(say("Cancel")), type="button", data_edit_end=True)
    return element("p", told, cancel, class_="editing", hidden=True)


def render_how_to_ask() -> Html:
    """The line below the question box."""
    sentence = say("{phrase} must appear · {word} leaves out passages with that word")
    phrase = element("kbd", escape(say('"exact words"')))
    return element("p", weave(sentence, phrase=phrase, word=element("kbd", escape(say("-word")))), class_="how")


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
    about = say("Nothing is written by a machine: each word stands in a document, and its place is one click away.")
    shelf = join((_shelf(readable), _languages(readable, foreign)))
    return element(
        "section",
        element("p", escape(about), class_="about"),
        _chips(examples),
        shelf,
        render_unread(unread),
        _how_to_add(),
        class_="home",
    )


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


def _how_to_add() -> Html:
    command = element("code", escape("quoth build"))
    sentence = say("To add documents, go to {page}, or put them into the folder and run {command} in a terminal.")
    search = Address(view="documents").search
    link = element("a", escape(say("Documents")), href=search, data_open=True, data_carry=True)
    return element("p", weave(sentence, page=link, command=command), class_="add")


def _chips(examples: Sequence[str]) -> Html:
    if not examples:
        return Html("")
    chips = [element("li", _chip(example)) for example in examples[:_MOST_EXAMPLES]]
    return join((element("h2", escape(say("Start with"))), element("ul", *chips, class_="chips")))


def _chip(example: str) -> Html:
    text = element("bdi", escape(example))
    return element("a", text, href=Address(example).search, data_ask=example, data_carry=True)


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
    address = Address(document_id=document.id, trace=trace_document(document))
    return element(
        "li",
        element("a", title, href=address.search, data_open=True, data_carry=True),
        render_path(document.source, document.title),
    )
