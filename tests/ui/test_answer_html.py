"""What an answer says besides its passages: where else they stand, and what was searched."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from tests.browser.shelf import Shelf, make_document

from quoth.records import Answer, Coverage, Skipped, State, Verdict
from quoth.ui.address import parse_address
from quoth.ui.answer_html import describe_verdict, render_answer
from quoth.ui.conversation import ask

SENTENCE = "The lighthouse went dark on Tuesday."
SCAN = Skipped("scan.pdf", State.NEEDS_OCR, "its pages are pictures")


def shelf_of(copies: int) -> Shelf:
    documents = [make_document(f"{number}.txt", f"{number} boats.\n{SENTENCE}") for number in range(copies + 1)]
    return Shelf(documents)


def test_every_other_place_has_a_link_to_its_own_source() -> None:
    shelf = shelf_of(2)
    tree = lxml.html.fragment_fromstring(ask(shelf, "lighthouse", ()).conversation)
    assert tree.xpath("string(//*[@class='also']/p)") == "Also in"
    links = tree.xpath("//*[@class='also']//a")
    assert [link.text_content() for link in links] == ["1.txt, line 2", "2.txt, line 2"]
    addresses = [parse_address(link.get("href")) for link in links]
    for address in addresses:
        assert address.passage is not None
        assert address.passage.of(shelf.document(address.document_id).text) == SENTENCE
        assert address.question == "lighthouse"
    assert len({address.document_id for address in addresses}) == 2


def test_many_other_places_are_behind_one_line() -> None:
    tree = lxml.html.fragment_fromstring(ask(shelf_of(12), "lighthouse", ()).conversation)
    assert tree.xpath("string(//details[@class='also']/summary)") == "Also in 12 other places"
    assert len(tree.xpath("//details[@class='also']//a")) == 12


def test_places_that_are_not_listed_are_counted() -> None:
    answer = shelf_of(12).ask("lighthouse")
    counted = replace(answer, hits=(replace(answer.hits[0], more_places=30),))
    tree = lxml.html.fragment_fromstring(render_answer(counted), create_parent="div")
    assert tree.xpath("string(//details[@class='also']/summary)") == "Also in 42 other places"
    assert tree.xpath("string(//details[@class='also']//li[last()])") == "and 30 more"


def test_a_place_whose_document_is_gone_is_named_without_a_link() -> None:
    answer = shelf_of(1).ask("lighthouse")
    tree = lxml.html.fragment_fromstring(render_answer(answer), create_parent="div")
    assert tree.xpath("string(//*[@class='also']//bdi)") == "1.txt, line 2"
    assert tree.xpath("//*[@class='also']//a") == []


@pytest.mark.parametrize(
    ("quote", "remark"),
    [(SENTENCE.upper(), ""), ("went dark", "a part of these words"), (f"{SENTENCE} So", "nearly the same words")],
)
def test_it_is_told_where_the_words_differ(quote: str, remark: str) -> None:
    answer = shelf_of(1).ask("lighthouse")
    hit = answer.hits[0]
    changed = replace(answer, hits=(replace(hit, also_in=(replace(hit.also_in[0], quote=quote),)),))
    tree = lxml.html.fragment_fromstring(render_answer(changed), create_parent="div")
    assert tree.xpath("string(//*[@class='also']//*[@class='remark'])") == remark


@pytest.mark.parametrize(
    ("verdict", "searched"),
    [
        (Verdict.ANSWERS, "1 passage from 1 of 2 documents"),
        (Verdict.CLOSEST, "1 passage from 1 of 2 documents · 90 passages searched; 1 file needs OCR"),
        (Verdict.NOTHING, "90 passages of 2 documents searched; 1 file needs OCR"),
    ],
)
def test_who_gets_no_answer_is_told_what_was_searched(verdict: Verdict, searched: str) -> None:
    found = shelf_of(1).ask("lighthouse")
    hits = () if verdict is Verdict.NOTHING else found.hits
    answer = Answer("lighthouse", verdict, 0.1, hits, Coverage(2, 90, (SCAN,)))
    assert describe_verdict(answer) == f"{verdict.label.capitalize()}: {searched}"
    details = lxml.html.fragment_fromstring(render_answer(answer), create_parent="div").xpath(
        "//details[@class='unread']"
    )
    assert [part.get("open") is not None for part in details] == [verdict is Verdict.NOTHING]
    assert "scan.pdf — its pages are pictures" in details[0].text_content()


def test_a_verdict_that_was_not_fitted_for_the_model_is_doubted() -> None:
    answer = shelf_of(1).ask("lighthouse")
    assert "not fitted" not in render_answer(answer)
    doubted = lxml.html.fragment_fromstring(render_answer(replace(answer, is_calibrated=False)), create_parent="div")
    assert "says little; quoth calibrate fits it" in doubted.text_content()
