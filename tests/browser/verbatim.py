"""Whether a view shows texts of documents as they were typed, and does nothing that they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pytest
from playwright.sync_api import Page
from tests.browser.shelf import Shelf, make_document

from quoth.records import Document, Heading, Skipped, Span, State, read_text
from quoth.ui import page as page_of_gradio
from quoth.ui.static import read_scripts

_LATE_MS = 200
"""For whatever would load or run late."""
# Nothing of the page is made of these. A link of a document that runs something counts too.
_MADE = "script, iframe, object, embed, style, svg[onload], img[onerror], a[href^='javascript:' i]"


def unlike(page: Page, shown: str, expected: Iterable[str]) -> list[str]:
    """The `expected` texts that no element `shown` shows character by character. An element shows one; in any order."""
    seen = Counter(page.locator(shown).evaluate_all("elements => elements.map(element => element.textContent)"))
    return [f"not in {shown}: {text[:60]!r}" for text in (Counter(expected) - seen).elements()]


def alive(page: Page) -> list[str]:
    """What a text has run or made on the page."""
    page.wait_for_timeout(_LATE_MS)
    ran = page.evaluate("window.__xss")
    made = page.locator(f"#quoth :is({_MADE})").evaluate_all("all => all.map(one => one.outerHTML.slice(0, 60))")
    return [*([f"ran: {ran}"] if ran else []), *(f"made: {markup}" for markup in made)]


def insert_markup(monkeypatch: pytest.MonkeyPatch, folder: str, unsafe: Mapping[str, str]) -> None:
    """Serve the scripts of `folder` with what they insert as text inserted as markup: `unsafe` in place of its keys."""

    def read_unsafe(asked: str) -> str:
        script = read_scripts(asked)
        for written in unsafe if asked == folder else ():
            assert written in script
            script = script.replace(written, unsafe[written])
        return script

    monkeypatch.setattr(page_of_gradio, "read_scripts", read_unsafe)


def reads(text: str) -> str:
    """How a quote of the whole of it is shown: see tests/test_reading.py."""
    return read_text(text, 0, [Span(0, len(text))]).text


def title_of(text: str) -> str:
    return f"About {text}"


def make_documents(texts: Sequence[str]) -> list[Document]:
    """One for each text: it stands in the file name, the title, two headings and the text itself."""
    return [
        replace(
            make_document(f"{text}.txt", text, title=title_of(text)),
            outline=(Heading(0, 1, f"Part {text}"), Heading(len(text) - 1, 1, f"End of {text}")),
        )
        for text in texts
    ]


def make_copies(texts: Sequence[str]) -> list[Document]:
    """The same words in other files, for what an answer says of them."""
    return [make_document(f"copies/{text}.txt", text, title=f"Copy of {text}") for text in texts]


def make_shelf(texts: Sequence[str], *, documents: Sequence[Document] = ()) -> Shelf:
    """`texts` in every place where a document or a reader can put one; "everything" finds each of them."""
    held = [*documents, *make_documents(texts), *make_copies(texts)]
    unread = [Skipped(f"{text}.scan", State.NEEDS_OCR, f"because {text}") for text in texts]
    return Shelf(held, unread=unread, examples=texts, most=len(held))
