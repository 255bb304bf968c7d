"""The hostile texts in every place that shows words of a document or of a reader, with and without escaping."""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest
from playwright.sync_api import Page
from tests.browser.hostile import HOSTILE
from tests.browser.reader import ask, visit
from tests.browser.serving import serving
from tests.browser.shelf import Shelf, make_document
from tests.browser.verbatim import (
    alive,
    insert_markup,
    make_copies,
    make_documents,
    make_shelf,
    reads,
    title_of,
    unlike,
)

from quoth.citing import cite
from quoth.records import Document, Span, read_text
from quoth.ui import render_html
from quoth.ui.address import LONGEST_PATTERN, MOST_SOUGHT, Address
from quoth.ui.choice_html import pattern_of
from quoth.ui.conversation import MOST_CHARACTERS
from quoth.ui.growing import grow, passage_of

Texts = Sequence[str]
Faults = dict[str, list[str]]
"""Selector of a place to what is not shown there as it was typed."""

_KEEP_WHAT_IS_TOLD = """() => {
    const line = document.querySelector('.told');
    window.told = [];
    new MutationObserver(() => window.told.push(line.textContent)).observe(line, { childList: true });
}"""
_GO_ON = """search => new Promise((done) => {
    const page = document.getElementById('quoth');
    page.addEventListener('idle', () => requestAnimationFrame(() => requestAnimationFrame(done)), { once: true });
    page.go(search);
})"""
UNSAFE = {"line.textContent = event.detail": "line.innerHTML = event.detail"}
UNREFUSED = ("entities", "image")
"""Gradio itself sends no text with a script tag, so a page without escaping is tried with these."""


def in_answers(page: Page, address: str, texts: Texts) -> Faults:
    visit(page, address)
    ask(page, "everything")
    documents, copies = make_documents(texts), make_copies(texts)
    return compare(
        page,
        {
            ".quote": list(map(reads, texts)),
            ".citation a": [label_of(document) for document in documents],
            ".citation .path": [document.info.source for document in documents],
            ".citation .section": [document.outline[0].title for document in documents],
            ".also a": [label_of(document) for document in copies],
            ".also .path": [document.info.source for document in copies],
            ".turn .unread li": [f"{text}.scan — because {text}" for text in texts],
        },
    )


def at_home(page: Page, address: str, texts: Texts) -> Faults:
    visit(page, address)
    return compare(
        page,
        {
            ".shelf a": [title_of(text) for text in texts],
            ".shelf .path": [f"{text}.txt" for text in texts],
            ".home .unread li": [f"{text}.scan — because {text}" for text in texts],
            ".chips a": texts[:6],
        },
    )


def in_sources(page: Page, address: str, texts: Texts) -> Faults:
    found: Faults = {}
    visit(page, address)
    for document in make_documents(texts):
        word = document.text if re.fullmatch(rf"[^\r\n]{{1,{MOST_SOUGHT}}}", document.text) else ""
        go_on(page, Address(document_id=document.info.id, find=word))
        page.locator("#source .document").wait_for()
        shown = {
            ".text": [document.text],
            ".title": [document.info.title],
            ".place .path": [document.info.source],
            ".outline bdi": [heading.title for heading in document.outline],
            "mark.current": [word] if word else [],
        }
        faults = compare(page, {f"#source {name}": texts for name, texts in shown.items()})
        sought = page.locator("#source .find input").input_value()
        for place, own in {**faults, "what is sought": [] if sought == word else [sought]}.items():
            found.setdefault(place, []).extend(own)
    return found


def in_grown_quotes(page: Page, _: str, texts: Texts) -> Faults:
    """Each text comes after a sentence of its own, and is drawn into the quote of that; it is told of by its title."""
    documents = [
        make_document(f"{number}.txt", f"{make_opening(text)} {text}", title=title_of(text))
        for number, text in enumerate(texts)
    ]
    with serving(Shelf(documents, most=len(documents))) as address:
        visit(page, address)
        ask(page, "zebra")
        page.evaluate(_KEEP_WHAT_IS_TOLD)
        longer = page.locator("[data-grow=after]")
        for number in reversed(range(longer.count())):  # what has grown to the end has no such button
            with page.expect_response("**/quoth/passage?*"):
                longer.nth(number).click()
        openings = [Span(0, document.text.index(".") + 1) for document in documents]
        spans = [grow(document, opening, "after") for document, opening in zip(documents, openings, strict=True)]
        quotes = [passage_of(document, span) for document, span in zip(documents, spans, strict=True)]
        labels = [cite(document, span).label for document, span in zip(documents, spans, strict=True)]
        page.wait_for_function("many => window.told.length >= many", arg=len(texts))
        told = set(page.evaluate("window.told"))
        return {
            **compare(page, {".quote": [read_text(one.text, one.span.start, one.sentences).text for one in quotes]}),
            ".told": [label for label in labels if f"The quote is longer: {label}" not in told],
        }


def make_opening(text: str) -> str:
    """A sentence that no other text has."""
    return f"Zebra {' '.join(re.findall('....', hashlib.sha256(text.encode()).hexdigest()))}."


def in_documents(page: Page, address: str, texts: Texts) -> Faults:
    """The list of files, the folders, and the documents that are chosen."""
    documents = [*make_documents(texts), *make_copies(texts)]
    chosen = [document.info.source for document in documents[: min(8, len(texts))]]
    page.goto(f"{address}/{Address(view='documents', sources=tuple(map(pattern_of, chosen))).search}")
    page.locator(".file").first.wait_for()
    folders = {document.info.source.rpartition("/")[0] for document in documents}
    return compare(
        page,
        {
            ".file .name > a:first-child": [document.info.title for document in documents],
            ".file .name .path": [document.info.source for document in documents],
            ".file .trouble": [f"Needs OCR · because {text}" for text in texts],
            ".folders bdi": [f"{folder}/*" for folder in folders if folder],
            ".choice .term bdi": chosen,
        },
    )


def in_carried_terms(page: Page, address: str, texts: Texts) -> Faults:
    """The title of what answered is carried into a question that leans on it."""
    found: Faults = {".carried .term bdi": []}
    for document in make_documents(texts):
        only = shorten(document.info.source)
        visit(page, f"{address}/{Address('Why did it?', after=('everything',), sources=(only,)).search}")
        for place in found:
            found[place] += unlike(page, place, [document.info.title])
    return found


def shorten(source: str) -> str:
    """A pattern for that document alone that an address has room for."""
    return glob.escape(source) if len(source) < LONGEST_PATTERN else f"{glob.escape(source[:100])}*"


def in_questions(page: Page, address: str, texts: Texts) -> Faults:
    """Where the question comes from the address, it keeps the line ends that no box of a browser does."""
    asked = [text.strip() for text in texts if len(text) <= MOST_CHARACTERS]
    after = tuple(asked[:-1])
    visit(page, f"{address}/{Address(asked[-1], after=after).search}")
    return compare(page, {".turn h2": asked[-len(page.locator(".turn h2").all()) :]})


def in_conditions(page: Page, address: str, texts: Texts) -> Faults:
    visit(page, address)
    words = [text for text in texts if not re.search(r"[\r\n]", text) and len(text) < MOST_CHARACTERS - 20]
    for text in words:
        ask(page, f"«{text}» zeppelin")
    return compare(
        page, {".conditions": [f"Only passages that hold “{' '.join(text.split())}” word for word." for text in words]}
    )


def visit_view(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#conversation .view .verdict").wait_for()


def in_table(page: Page, address: str, texts: Texts) -> Faults:
    """Columns are questions, rows documents; cells quote what is short enough."""
    questions = ("everything", *[text.strip() for text in texts if len(text) <= MOST_CHARACTERS][:3])
    visit_view(page, f"{address}/{Address(questions[0], others=questions[1:], view='table').search}")
    documents = make_documents(texts)
    return compare(
        page,
        {
            ".table thead th:not(:first-child) bdi": questions,
            ".table th a": [document.info.title for document in documents],
            ".table th .path": [document.info.source for document in documents],
            ".table .quote": [reads(text) for text in texts if len(text) < 300],
        },
    )


def in_mentions(page: Page, address: str, texts: Texts) -> Faults:
    """Each text is found by a word of its own."""
    found: Faults = {}
    visit(page, address)
    for document in make_documents(texts):
        word = re.search(r"\b[a-z]{4,}\b", document.text)
        if word is None:
            continue
        go_on(page, Address(word[0], view="mentions"))
        shown = {"h3 a": document.info.title, "h3 .path": document.info.source, ".quote": reads(document.text)}
        for place, faults in compare(page, {f".mentioned {name}": [text] for name, text in shown.items()}).items():
            found.setdefault(place, []).extend(faults)
    return found


def go_on(page: Page, address: Address) -> None:
    """To another address of the page that is open, which takes a third of the time of a visit."""
    page.evaluate(_GO_ON, address.search)


PLACES: Mapping[str, Callable[[Page, str, Texts], Faults]] = {
    "answers": in_answers,
    "home": at_home,
    "sources": in_sources,
    "carried terms": in_carried_terms,
    "questions": in_questions,
    "conditions": in_conditions,
    "table": in_table,
    "mentions": in_mentions,
    "documents": in_documents,
    "grown quotes": in_grown_quotes,
}


def compare(page: Page, expected: Mapping[str, Sequence[str]]) -> Faults:
    return {place: unlike(page, place, texts) for place, texts in expected.items()}


def label_of(document: Document) -> str:
    return cite(document, Span(0, len(document.text))).label


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    with serving(make_shelf(list(HOSTILE.values()))) as address:
        yield address


@pytest.fixture(scope="module")
def unrefused() -> Iterator[str]:
    with serving(make_shelf([HOSTILE[kind] for kind in UNREFUSED])) as address:
        yield address


@pytest.mark.parametrize("place", PLACES)
def test_hostile_texts_are_shown_as_typed_and_do_nothing(page: Page, hostile: str, place: str) -> None:
    faults = PLACES[place](page, hostile, list(HOSTILE.values()))
    assert [fault for found in faults.values() for fault in found] == []
    assert alive(page) == []


@pytest.mark.parametrize("place", PLACES)
def test_the_same_checks_fail_everywhere_where_nothing_is_escaped(
    unrefused: str, unwatched: Page, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(render_html, "REFERENCES", {})
    insert_markup(monkeypatch, "page", UNSAFE)  # of what is served from now on
    # An image that is let in asks for a file that is not there.
    faults = PLACES[place](unwatched, unrefused, [HOSTILE[kind] for kind in UNREFUSED])
    assert [place for place, found in faults.items() if not found] == []
    assert alive(unwatched) != []
