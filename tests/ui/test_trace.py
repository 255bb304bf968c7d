"""Addresses find a passage again after the files were changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.browser.shelf import Shelf, make_document

from quoth.citing import cite
from quoth.records import Document, Span
from quoth.ui.address import Address, parse_address
from quoth.ui.locating import Located, locate
from quoth.ui.trace import BEGINNING_CHARACTERS, MOST_COMPARED, find_changed, find_same, trace

WORDS = "The lighthouse went dark on Tuesday at eleven, and nobody was near the lamp to see why it did."
TEXT = f"Dear Ottilie!\n\n{WORDS} Three inspectors have been sent since then.\n"


def link(text: str = TEXT, source: str = "letters/a.txt", words: str = WORDS) -> Address:
    """As it is read from the address of a citation."""
    document = make_document(source, text)
    start = text.index(words)
    citation = cite(document, Span(start, start + len(words)))
    address = Address("dark?").at_source(document.info.id, citation, (Span(start, start + 14),))
    assert parse_address(address.search) == address
    return address


def follow(address: Address, *documents: Document) -> Located | None:
    return locate(Shelf(documents), address)


def passage(located: Located | None) -> str:
    assert located is not None
    assert located.address.passage is not None
    return located.address.passage.of(located.document.text)


def test_a_passage_of_an_unchanged_document_is_where_it_was() -> None:
    located = follow(link(), make_document("letters/a.txt", TEXT))
    assert located is not None
    assert passage(located) == WORDS
    assert located.remark == ""
    assert located.address == link()


def test_a_passage_that_moved_is_found_with_its_marks() -> None:
    located = follow(link(), make_document("letters/a.txt", f"A new beginning. {TEXT}"))
    assert located is not None
    assert passage(located) == WORDS
    assert [mark.of(located.document.text) for mark in located.address.marks] == [WORDS[:14]]
    assert "has moved" in located.remark


def test_of_equal_passages_the_nearest_is_taken() -> None:
    text = f"{WORDS}\n{'x' * 3000}\n{WORDS}"
    located = follow(link(), make_document("letters/a.txt", text))
    assert located is not None
    assert located.address.passage == Span(0, len(WORDS))


def test_a_file_with_another_name_is_found_by_its_content() -> None:
    located = follow(link(), make_document("archive/b.txt", TEXT), make_document("c.txt", "Other."))
    assert located is not None
    assert passage(located) == WORDS
    assert located.remark == "The file has moved since the link was made; it is now archive/b.txt."


def test_a_passage_whose_middle_was_changed_is_shown_and_told() -> None:
    changed = WORDS.replace("eleven", "twelve")
    located = follow(link(), make_document("letters/a.txt", TEXT.replace(WORDS, changed)))
    assert located is not None
    assert passage(located) == changed
    assert located.address.marks == ()
    assert "was changed" in located.remark or "has been changed" in located.remark


def test_a_passage_that_vanished_is_not_replaced_by_another() -> None:
    located = follow(link(), make_document("letters/a.txt", "Dear Ottilie! Nothing happened, and nobody came to see."))
    assert located is not None
    assert located.address.passage is None
    assert located.remark == "The words of the link do not stand in this document any more."


def test_a_document_that_is_gone_by_name_and_content_is_not_opened() -> None:
    assert follow(link(), make_document("other.txt", f"{TEXT} And more.")) is None


def test_a_document_that_is_read_in_another_way_under_the_same_id_is_searched_too() -> None:
    document = make_document("letters/a.txt", TEXT)
    read_anew = Document(document.info, f"\n\n{TEXT}", is_file_text=True)
    located = follow(link(), read_anew)
    assert passage(located) == WORDS
    assert located is not None
    assert "has moved" in located.remark


def test_links_without_a_trace_open_as_before() -> None:
    document = make_document("a.txt", TEXT)
    located = follow(Address(document_id=document.info.id, passage=Span(0, 4)), document)
    assert passage(located) == "Dear"


@given(st.text(min_size=1, max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_the_very_words_are_found_wherever_they_stand(words: str, before: str, after: str) -> None:
    words = words.encode("utf-8", "replace").decode()
    before, after = before.encode("utf-8", "replace").decode(), after.encode("utf-8", "replace").decode()
    address = link(words, words=words)
    assert passage(follow(address, make_document("letters/a.txt", before + words + after))) == words


EDGE = "x" * BEGINNING_CHARACTERS
WANTED = f"{EDGE}, and this is what was cited, {EDGE}\n"
ALIKE = WANTED.replace("cited", "found")


@pytest.mark.parametrize(("others", "is_found"), [(MOST_COMPARED - 1, True), (MOST_COMPARED, False)])
def test_no_more_than_a_few_places_that_look_alike_are_compared(others: int, is_found: bool) -> None:
    cited = make_document("a.txt", WANTED)
    wanted = trace(cite(cited, Span(0, len(WANTED) - 1)))
    now = find_same(wanted, Span(0, len(WANTED) - 1), ALIKE * others + WANTED)
    assert (now is not None) is is_found


@pytest.mark.parametrize("words", ["t=x", "t=x&t=x", f"t={EDGE}", f"t={EDGE}&t={EDGE}", f"t={EDGE * 2}"])
def test_quotes_that_no_page_made_a_link_of_are_not_looked_for(words: str) -> None:
    address = parse_address(f"?doc=d&s=0-1500000&h=000000000000&{words}")
    assert address.passage is not None
    text = "x" * 2_100_000
    assert find_same(address.trace, address.passage, text) is None
    assert find_changed(address.trace, address.passage, text) is None


def test_hostile_traces_are_left_out() -> None:
    address = parse_address("?doc=d1&s=1-2&f=xyz&h=../../&t=" + "a" * 9_999 + "&t=b&t=c&file=" + "d" * 9_999)
    assert (address.trace.file_sha256, address.trace.quote_sha256) == ("", "")
    assert len(address.trace.beginning) <= 48
    assert len(address.trace.source) == 1_000
