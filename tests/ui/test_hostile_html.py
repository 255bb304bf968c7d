"""Hostile texts in what the server sends besides documents and answers, read with a parser of HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from tests.browser.hostile import HOSTILE
from tests.browser.shelf import Shelf, make_document

from quoth.records import BuildReport, Locator, Mentions, Original, Progress, Run, Skipped, Span, State
from quoth.ui import render_html
from quoth.ui.address import Address
from quoth.ui.building import BuildState
from quoth.ui.keeping_html import render_building
from quoth.ui.locating import locate
from quoth.ui.mentions_html import render_mentions
from quoth.ui.render_html import Html
from quoth.ui.source_html import render_source
from quoth.ui.trace import trace_document

PLAIN = "harbour"
REPORT = BuildReport((), (), (), 0, (), 0, 0, 0.1)
Shown = tuple[Html, Mapping[str, str]]
"""What is sent, and what stands where: an XPath to the text that it finds."""


class FewWords(Shelf):
    """No passage holds both words of a question."""

    def mentions(self, text: str, **_: Any) -> Mentions:
        return Mentions(text, (), (), 1, words=((text, 3), (f"no {text}", 0)))


def show_progress(text: str) -> Shown:
    html = render_building(BuildState(1, is_running=True, progress=Progress("reading", 1, 2, text)))
    return html, {"//bdi": text}


def show_report(text: str) -> Shown:
    report = replace(REPORT, skipped=(Skipped(text, State.NEEDS_OCR, f"because {text}"),))
    return render_building(BuildState(1, report=report)), {"//li": f"{text} — because {text}"}


def show_failure(text: str) -> Shown:
    return render_building(BuildState(1, problem=text)), {"//p[@role='alert']": text}


def show_moved_file(text: str) -> Shown:
    info = make_document("old.txt", "One bell.").info
    moved = make_document(text, "One bell.")
    located = locate(Shelf([moved]), Address(document_id=info.id, trace=trace_document(info)))
    assert located is not None
    html = render_source(located.document, located.address, remark=located.remark)
    return html, {"//p[@class='since']": f"The file has moved since the link was made; it is now {text}."}


def show_page_label(text: str) -> Shown:
    document = replace(make_document("a.pdf", "One bell.", pages=[0]), runs=(Run(0, Locator(page=1, page_label=text)),))
    address = Address(document_id=document.info.id, passage=Span(0, 3))
    html = render_source(document, address, original=Original(Path("a.pdf"), "a.pdf", is_as_read=True))
    label = f"Page {text}"
    return html, {"//*[@class='sheet']/@data-page": label, "//img/@alt": f"{label} as an image; its text follows"}


def show_words(text: str) -> Shown:
    html = render_mentions(FewWords([]), Address(text, view="mentions"))
    words = "//*[@class='each-word']//li"
    return html, {f"{words}[1]//bdi": f"“{text}”", f"{words}[2]//bdi": f"“no {text}”"}


PLACES: Mapping[str, Callable[[str], Shown]] = {
    "path in the progress of a build": show_progress,
    "report of a build": show_report,
    "why a build failed": show_failure,
    "where a file moved": show_moved_file,
    "label of a page": show_page_label,
    "each word by itself": show_words,
}


def faults(place: str, text: str) -> list[str]:
    """What is not shown as it was typed, and what was made of it."""
    html, expected = PLACES[place](text)
    tree, plain = (lxml.html.fragment_fromstring(one, create_parent="div") for one in (html, PLACES[place](PLAIN)[0]))
    shown = {path: tree.xpath(f"string({path})") for path in expected}
    made = [[part.tag for part in one.iter()] for one in (tree, plain)]
    attributes = [[sorted(part.attrib) for part in one.iter()] for one in (tree, plain)]
    return [
        *(f"not at {path}: {text!r}" for path, text in expected.items() if shown[path] != text),
        *(["elements"] if made[0] != made[1] else []),
        *(["attributes"] if attributes[0] != attributes[1] else []),
    ]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_sent_as_typed_and_make_nothing(place: str, kind: str) -> None:
    assert faults(place, HOSTILE[kind]) == []


@pytest.mark.parametrize("place", PLACES)
def test_the_same_check_fails_where_nothing_is_escaped(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_html, "REFERENCES", {})
    assert faults(place, HOSTILE["image"]) != []
    assert faults(place, '" onload="window.__xss=1" <b>') != []
