"""What stands above an opened document: from passage to passage, its sections, words to find in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quoth.finding import MOST_FOUND, find_words
from quoth.records import TABLE_LEVEL, Document, Hit, Span
from quoth.ui.address import MOST_SOUGHT, Address
from quoth.ui.labels import say, say_count, say_number
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.trace import trace_place

_MOST_HEADINGS = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words stand that a reader looks for in a document."""

    spans: tuple[Span, ...] = ()
    position: int | None = None
    """Of the one that is shown; None when the reader has turned the pages since."""

    @property
    def current(self) -> Span | None:
        return None if self.position is None else self.spans[self.position]


def find_in(document: Document, address: Address) -> Found:
    """`address.at` is the place of the one to show; without it, the first from the passage on."""
    spans = find_words(address.find, document.text) if address.find else ()
    if not spans:
        return Found()
    if address.at is not None:
        place = next((i for i, span in enumerate(spans) if span.start == address.at), None)
        return Found(spans, place)
    start = address.passage.start if address.passage else 0
    return Found(spans, bisect_right(spans, start, key=lambda span: span.end) % len(spans))


def render_find(address: Address, found: Found) -> Html:
    """A box for words, and once there are some: how many times they stand here, and the way to each."""
    words = element(
        "input",
        type="search",
        name="find",
        value=address.find,
        placeholder=say("Find in this document"),
        aria_label=say("Find in this document"),
        maxlength=str(MOST_SOUGHT),
        autocomplete="off",
        spellcheck="false",
    )
    go = element("a", data_open=True, data_step="find", hidden=True, href=address.search)
    button = element("button", escape(say("Find")), type="submit")
    return element("form", words, button, go, _render_found(address, found), class_="find", role="search")


def render_steps(address: Address, hits: Sequence[Hit]) -> Html:
    """From passage to passage of the answer: those of this document by place, then those of the next document."""
    places = _in_order(address.asked, hits)
    here = _position(places, address)
    if len(places) < (2 if here is not None else 1):
        return Html("")
    if here is None:  # opened elsewhere: between the passages before and after it
        text = say_count(len(places), "{n} passage", "{n} passages")
        following = _following(places, address)
        before, after = following - 1, following
    else:
        text = say("Passage {n} of {total}", n=here + 1, total=len(places))
        before, after = here - 1, here + 1
    return element(
        "nav",
        element("span", escape(text)),
        _step("passage-previous", say("Previous"), say("Previous passage"), places[before] if before >= 0 else None),
        _step("passage-next", say("Next"), say("Next passage"), places[after] if after < len(places) else None),
        class_="steps",
        aria_label=say("Passages of the answer"),
    )


def render_outline(document: Document, address: Address, position: int) -> Html:
    """The headings, each a way to its section; the one that holds at `position` is marked. Nothing for a single one."""
    outline = [heading for heading in document.outline if heading.title and heading.level < TABLE_LEVEL]
    if len(outline) < 2:
        return Html("")
    current = bisect_right(outline, position, key=lambda heading: heading.start) - 1
    top = min(heading.level for heading in outline)
    bare = replace(address.asked, document_id=address.document_id)
    entries = [
        element(
            "li",
            element(
                "a",
                element("bdi", escape(heading.title)),
                href=replace(bare, at=heading.start, trace=trace_place(document, heading.start)).search,
                data_open=True,
                data_step="section",
                aria_current="true" if number == current else False,
            ),
            data_level=str(heading.level - top),
        )
        for number, heading in enumerate(outline[:_MOST_HEADINGS])
    ]
    if len(outline) > _MOST_HEADINGS:
        entries.append(element("li", escape(say("and {n} more", n=len(outline) - _MOST_HEADINGS))))
    listed = element("nav", element("ol", *entries), aria_label=say("Contents"))
    return element("details", element("summary", escape(say("Contents"))), listed, class_="outline")


def join_tools(*tools: Html) -> Html:
    """Nothing at all where no tool has anything to show."""
    shown = join(tools)
    return element("div", shown, class_="tools") if shown else Html("")


def other_spans(address: Address, hits: Sequence[Hit]) -> tuple[Span, ...]:
    """The other passages of the answer in the opened document, in order."""
    spans = (hit.passage.span for hit in hits if hit.passage.document_id == address.document_id)
    return tuple(sorted(span for span in spans if span != address.passage))


def _render_found(address: Address, found: Found) -> Html:
    if not address.find:
        return Html("")
    bare = replace(address, find="", at=None)
    clear = element("a", escape(say("Clear")), href=bare.search, data_open=True, data_step="find-clear")
    if not found.spans:
        status = element("span", escape(say("Not found in this document")), role="status")
        return element("span", status, clear, class_="found-line")
    total = len(found.spans)
    number = say_number(total) + ("+" if total == MOST_FOUND else "")
    if found.position is None:
        text = say("{total} places", total=number)
        following = bisect_right(found.spans, address.at or 0, key=lambda span: span.start)
        before, after = following - 1, following
    else:
        text = say("{n} of {total}", n=found.position + 1, total=number)
        before, after = found.position - 1, found.position + 1
    to = [replace(address, at=found.spans[position % total].start) for position in (before, after)]
    return element(
        "span",
        element("span", escape(text), role="status"),
        _step("find-previous", say("Previous"), say("Previous place"), to[0]),
        _step("find-next", say("Next"), say("Next place"), to[1]),
        clear,
        class_="found-line",
    )


def _step(name: str, text: str, label: str, to: Address | None) -> Html:
    if to is None:
        return element("span", escape(text), class_="no-step", aria_hidden="true")
    return element("a", escape(text), href=to.search, data_open=True, data_step=name, aria_label=label)


def _in_order(asked: Address, hits: Sequence[Hit]) -> list[Address]:
    """Documents in the order of their best passages."""
    documents = list(dict.fromkeys(hit.passage.document_id for hit in hits))
    ordered = sorted(hits, key=lambda hit: (documents.index(hit.passage.document_id), hit.passage.span))
    return [asked.at_source(hit.passage.document_id, hit.citation, hit.highlights) for hit in ordered]


def _position(places: Sequence[Address], address: Address) -> int | None:
    at = (address.document_id, address.passage)
    return next((i for i, place in enumerate(places) if (place.document_id, place.passage) == at), None)


def _following(places: Sequence[Address], address: Address) -> int:
    """Position of the first passage after the place of `address`; that of the next document after its last one."""
    start = address.passage.start if address.passage else 0
    here = [i for i, place in enumerate(places) if place.document_id == address.document_id]
    if not here:
        return 0
    return next((i for i in here if (span := places[i].passage) and span.start >= start), here[-1] + 1)
