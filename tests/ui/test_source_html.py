from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from tests.browser.shelf import Shelf, make_document

from quoth.records import Document, Heading, Hit, Span
from quoth.ui.address import Address, parse_address
from quoth.ui.source_html import render_source
from quoth.ui.source_text_html import touching
from quoth.ui.source_tools_html import find_in

FIRST = make_document("a.txt", "The lighthouse fell. No bell rang. The lighthouse was rebuilt.")
SECOND = make_document("b.txt", "Nothing here. Another lighthouse stood.")
HITS = Shelf([FIRST, SECOND]).ask("lighthouse").hits


def source(document: Document, address: Address, hits: tuple[Hit, ...] = ()) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(render_source(document, address, hits=hits))


def address_of(hit: Hit) -> Address:
    return Address("lighthouse").at_source(hit.passage.document_id, hit.citation, hit.highlights)


def test_the_other_passages_of_the_answer_are_marked_lightly() -> None:
    shown = source(FIRST, address_of(HITS[0]), HITS)
    assert [mark.text_content() for mark in shown.xpath("//mark")] == ["The lighthouse fell."]
    assert [other.text_content() for other in shown.xpath("//*[@class='other']")] == ["The lighthouse was rebuilt."]
    assert shown.xpath("//*[@class='text']")[0].text_content() == FIRST.text


def test_steps_lead_through_the_passages_of_a_document_and_on_to_the_next() -> None:
    steps = [source(FIRST if number < 2 else SECOND, address_of(hit), HITS) for number, hit in enumerate(HITS)]
    assert [step.xpath("//nav[@class='steps']/span/text()")[0] for step in steps] == [
        "Passage 1 of 3",
        "Passage 2 of 3",
        "Passage 3 of 3",
    ]
    following = [step.xpath("//a[@data-step='passage-next']/@href") for step in steps]
    assert following == [[address_of(HITS[1]).search], [address_of(HITS[2]).search], []]
    before = [step.xpath("//a[@data-step='passage-previous']/@href") for step in steps]
    assert before == [[], [address_of(HITS[0]).search], [address_of(HITS[1]).search]]


def test_between_passages_steps_lead_to_the_one_before_and_the_one_after() -> None:
    shown = source(FIRST, Address("lighthouse", FIRST.info.id, Span(21, 34)), HITS)
    assert shown.xpath("//nav[@class='steps']/span/text()")[0] == "3 passages"
    assert shown.xpath("//a[@data-step='passage-previous']/@href") == [address_of(HITS[0]).search]
    assert shown.xpath("//a[@data-step='passage-next']/@href") == [address_of(HITS[1]).search]


def test_a_single_passage_has_no_steps() -> None:
    assert not source(FIRST, address_of(HITS[0]), HITS[:1]).xpath("//nav")


OUTLINE = (Heading(0, 1, "<b>One</b>"), Heading(21, 2, "Two"), Heading(35, 2, "Three"))


@pytest.mark.parametrize(
    ("address", "current"),
    [
        (Address(document_id="d"), "<b>One</b>"),
        (Address(document_id="d", passage=Span(22, 25)), "Two"),
        (Address(document_id="d", passage=Span(22, 25), at=35), "Three"),
        (Address(document_id="d", find="rebuilt"), "Three"),
    ],
)
def test_the_outline_leads_to_every_section_and_marks_the_one_that_is_read(address: Address, current: str) -> None:
    shown = source(replace(FIRST, outline=OUTLINE), address)
    links = shown.xpath("//nav[@aria-label='Contents']//a")
    assert [link.text_content() for link in links] == ["<b>One</b>", "Two", "Three"]
    led = [parse_address(link.get("href")) for link in links]
    assert [(to.document_id, to.at, to.trace.source) for to in led] == [("d", at, "a.txt") for at in (0, 21, 35)]
    assert [link.text_content() for link in links if link.get("aria-current")] == [current]


def test_the_line_of_a_section_is_the_one_to_scroll_to() -> None:
    document = make_document("a.md", "one\ntwo\nthree\n")
    lines = source(document, Address(document_id="d", at=4)).xpath("//*[@data-at]")
    assert [line.text_content() for line in lines] == ["two\n"]


def test_words_are_found_in_the_whole_document_and_the_first_after_the_passage_is_shown() -> None:
    shown = source(FIRST, Address("", "d", Span(21, 34), find="LIGHTHÖUSE"))
    assert [mark.text_content() for mark in shown.xpath("//mark[@class='found current']")] == ["lighthouse"]
    assert shown.xpath("//*[@role='status']/text()") == ["2 of 2"]
    assert shown.xpath("//a[@data-step='find-next']/@href") == ["?doc=d&s=21-34&at=4&find=LIGHTH%C3%96USE"]


def test_the_place_that_was_found_is_part_of_the_address() -> None:
    text = "\n".join(f"entry {number}" for number in range(20_000))
    document = make_document("a.txt", text)
    address = Address(document_id="d", find="entry 1999", at=text.index("entry 19990"))
    found = find_in(document, address)
    assert (len(found.spans), found.position) == (11, 1)
    shown = source(document, address)
    assert shown.xpath("//*[@role='status']/text()") == ["2 of 11"]
    assert shown.xpath("//mark[@class='found current']/ancestor::*[@data-line]/@data-line") == ["19991"]


def test_after_pages_were_turned_the_ways_lead_to_the_places_around() -> None:
    found = find_in(FIRST, Address(document_id="d", find="lighthouse", at=10))
    assert (len(found.spans), found.current) == (2, None)
    shown = source(FIRST, Address(document_id="d", find="lighthouse", at=10))
    assert shown.xpath("//*[@role='status']/text()") == ["2 places"]
    assert shown.xpath("//a[@data-step='find-next']/@href") == ["?doc=d&at=39&find=lighthouse"]


def test_words_that_stand_nowhere_are_said_to_and_can_be_cleared() -> None:
    shown = source(FIRST, Address(document_id="d", find="zeppelin"))
    assert shown.xpath("//*[@role='status']/text()") == ["Not found in this document"]
    assert shown.xpath("//a[@data-step='find-clear']/@href") == ["?doc=d"]


def test_spans_that_touch_a_part_are_those_with_a_character_in_it() -> None:
    spans = [Span(0, 2), Span(2, 4), Span(5, 9), Span(9, 12)]
    assert touching(spans, Span(3, 9)) == [Span(2, 4), Span(5, 9)]
