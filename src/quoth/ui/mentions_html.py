"""Every mention as HTML: how often in which document, then the passages in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from quoth.errors import QuestionError
from quoth.records import DocumentInfo, Mention, Mentions
from quoth.ui.address import Address
from quoth.ui.answer_html import render_problem, render_unread
from quoth.ui.choice_html import render_choice
from quoth.ui.citation_html import render_path, render_place
from quoth.ui.labels import say, say_count, say_error
from quoth.ui.list_html import Asked, last_page, render_download, render_kept, render_pages
from quoth.ui.needs import ReadingLibrary
from quoth.ui.passage_html import render_copy_citation, render_copy_quote
from quoth.ui.pinning_html import render_pin
from quoth.ui.quote_html import render_quote
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.trace import trace_document

SHOWN = 50
"""Passages in one part of the list."""
_MOST_OPEN = 12
_MOST_COUNTED = 200


def render_mentions(library: ReadingLibrary, address: Address) -> Html:
    """The view "mentions"."""
    lead = say('Lists every passage that holds "exact words" or, without quotation marks, all words in some form.')
    return element(
        "section",
        element("h2", escape(say("Mentions"))),
        element("p", escape(lead), class_="lead"),
        render_choice(library, replace(address, page=1)),
        _form(address),
        _found(library, address) if address.question else Html(""),
        class_="view mentions",
        tabindex="-1",
    )


def _form(address: Address) -> Html:
    label = element("span", escape(say("Words to look for")))
    field = element(
        "input", name="q", value=address.question, type="text", dir="auto", autocomplete="off", maxlength="2000"
    )
    return element(
        "form",
        render_kept(address),
        element("label", label, field),
        element("p", element("button", escape(say("List every mention")), type="submit", class_="act")),
        action="?",
        data_go=True,
        class_="asked-form",
    )


def _found(library: ReadingLibrary, address: Address) -> Html:
    try:
        found, page = _look(library, address)
    except QuestionError as error:
        return render_problem(say_error(error))
    asked = Asked(replace(address.asked, page=page), last_page(found.total, SHOWN))
    return join(
        (
            element("p", escape(_summary(found)), class_="verdict", role="status"),
            *(
                [render_download("mentions.csv", address), _counts(found, asked.address)]
                if found.total
                else [_words(found, asked.address), _question(found, asked.address)]
            ),
            element("div", *_documents(found, asked.address), class_="mentioned"),
            render_pages(asked),
            render_unread(found.unread, is_open=not found.total),
        )
    )


def _look(library: ReadingLibrary, address: Address) -> tuple[Mentions, int]:
    """One part of the mentions, the last one for a number beyond it."""

    def look(page: int) -> Mentions:
        return library.mentions(address.question, sources=address.sources, offset=(page - 1) * SHOWN, limit=SHOWN)

    found = look(address.page)
    last = last_page(found.total, SHOWN)
    return (found, address.page) if address.page <= last else (look(last), last)


def _summary(found: Mentions) -> str:
    passages = say_count(found.total, "{n} passage", "{n} passages")
    documents = say_count(found.documents, "{n} document", "{n} documents")
    told = say(
        "{passages} in {found} of {documents}", passages=passages, found=len(found.by_document), documents=documents
    )
    if not found.phrases or not found.total:
        return told
    return f"{told} · {say_count(found.occurrences, '{n} occurrence', '{n} occurrences')}"


def _words(found: Mentions, asked: Address) -> Html:
    """Where no passage holds all words: how many hold each, with the way to them."""
    if len(found.words) < 2:
        return Html("")
    entries = []
    for word, n in found.words:
        named = element("bdi", escape(f"“{word}”"))
        if n:
            named = element("a", named, href=replace(asked, question=word, page=1).search, data_open=True)
        entries.append(element("li", named, escape(f" {say_count(n, '{n} passage', '{n} passages')}")))
    told = element("p", escape(say("No passage holds them all. Each by itself:")))
    return element("div", told, element("ul", *entries), class_="each-word")


def _question(found: Mentions, asked: Address) -> Html:
    """What is no place of words may still be a question."""
    address = Address(found.question, sources=asked.sources)
    link = element("a", escape(say("Ask it as a question")), href=address.search, data_open=True)
    return element("p", link, class_="each-word")


def _counts(found: Mentions, asked: Address) -> Html:
    """The documents that have any, with the way to the part in which each begins."""
    before, entries = 0, []
    for one in found.by_document[:_MOST_COUNTED]:
        address = replace(asked, page=before // SHOWN + 1)
        link = element("a", element("bdi", escape(one.document.title)), href=address.search, data_open=True)
        number = one.occurrences if found.phrases else one.mentions
        entries.append(element("li", link, element("span", escape(_times(number)), class_="times")))
        before += one.mentions
    rest = len(found.by_document) - _MOST_COUNTED
    if rest > 0:
        entries.append(element("li", escape(say("and {n} more", n=rest))))
    summary = element("summary", escape(say_count(len(found.by_document), "{n} document", "{n} documents")))
    is_open = len(found.by_document) <= _MOST_OPEN
    return element("details", summary, element("ul", *entries), class_="by-document", open=is_open)


def _times(number: int) -> str:
    return say_count(number, "{n} time", "{n} times")


def _documents(found: Mentions, asked: Address) -> Iterator[Html]:
    infos = {one.document.id: one.document for one in found.by_document}
    number = found.offset
    for document_id, group in groupby(found.mentions, lambda mention: mention.document_id):
        own = list(group)
        yield _document(infos[document_id], asked, own, number + 1)
        number += len(own)


def _document(info: DocumentInfo, asked: Address, mentions: Sequence[Mention], first: int) -> Html:
    address = replace(asked, document_id=info.id, trace=trace_document(info))
    title = element("a", element("bdi", escape(info.title)), href=address.search, data_open=True)
    return element(
        "section",
        element("h3", title, render_path(info.source, info.title)),
        element(
            "ol",
            *(_mention(asked, mention, info.language) for mention in mentions),
            start=str(first),
            class_="passages",
        ),
    )


def _mention(asked: Address, mention: Mention, language: str) -> Html:
    citation = mention.citation
    marks = mention.highlights[:10]
    address = asked.at_source(mention.document_id, citation, marks)
    found = element(
        "div",
        render_quote(mention.reading, mention.highlights, language),
        element("p", render_place(citation, address), class_="citation"),
        element(
            "p",
            render_pin(citation, mention.document_id),
            render_copy_quote(),
            render_copy_citation(citation),
            class_="actions",
        ),
        class_="quoted",
        data_permalink=Address().at_source(mention.document_id, citation, marks).search,
    )
    return element("li", found, class_="mention")
