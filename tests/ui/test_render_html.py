"""What holds for every text, checked with a parser of HTML."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import lxml.html
from hypothesis import example, given
from hypothesis import strategies as st
from tests.browser.shelf import make_document

from quoth.records import Document, Span, read_text
from quoth.ui.address import Address
from quoth.ui.quote_html import render_quote
from quoth.ui.render_html import Html, cut, element, escape
from quoth.ui.source_html import render_source
from quoth.ui.source_text_html import WINDOW, choose_window

# libxml2 refuses control characters that browsers take; U+FFFD is what a parser made of the rest.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"))
MARKUP = st.text(st.sampled_from("<>&\"'`$\\{}/=! \r\n\tabi;#"))
SPAN = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(min(pair), max(pair)))


def text_content(html: Html, css_class: str = "") -> str:
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    found = tree.xpath(f"//*[@class='{css_class}']") if css_class else [tree]
    return "".join(str(part.text_content()) for part in found)


@given(TEXT | MARKUP)
@example("<script>\r\n${x} {{value}} &lt;")
def test_escaped_text_is_read_back_as_it_was(text: str) -> None:
    assert text_content(element("p", escape(text))) == text


@given(TEXT | MARKUP)
def test_an_attribute_is_read_back_as_it_was(text: str) -> None:
    read = lxml.html.fragment_fromstring(element("p", title=text)).get("title")
    assert (read or "").split() == text.split()


@given(SPAN, st.lists(SPAN, max_size=4), st.lists(SPAN, max_size=4))
def test_pieces_are_in_order_and_leave_nothing_out(whole: Span, first: list[Span], second: list[Span]) -> None:
    pieces = list(cut(whole, [first, second]))
    assert [offset for piece, _ in pieces for offset in range(piece.start, piece.end)] == list(
        range(whole.start, whole.end)
    )
    for piece, depth in pieces:
        inside = [any(span.start <= piece.start < span.end for span in group) for group in (first, second)]
        assert depth == (2 if inside[1] else 1 if inside[0] else 0)


@given(SPAN, st.lists(st.lists(SPAN, max_size=5), max_size=5))
def test_a_text_is_cut_where_a_span_begins_or_ends_and_nowhere_else(whole: Span, groups: list[list[Span]]) -> None:
    edges = {edge for group in groups for span in group for edge in (span.start, span.end)}
    inner = sorted(edge for edge in edges if whole.start < edge < whole.end)
    expected = [Span(*ends) for ends in pairwise([whole.start, *inner, whole.end]) if ends[0] < ends[1]]
    assert [piece for piece, _ in cut(whole, groups)] == expected
    for piece, depth in cut(whole, groups):
        covering = [number for number, group in enumerate(groups, 1) if any(span.contains(piece) for span in group)]
        assert depth == max(covering, default=0)


def test_a_line_in_which_thousands_of_places_were_found_is_cut_at_once() -> None:
    found = [Span(start, start + 1) for start in range(0, 40_000, 2)]
    begin = time.process_time()
    pieces = list(cut(Span(0, 40_000), [(), (), (), found, ()]))
    assert time.process_time() - begin < 2
    assert pieces[:3] == [(Span(0, 1), 4), (Span(1, 2), 0), (Span(2, 3), 4)]
    assert len(pieces) == 40_000


@given(TEXT | MARKUP, st.integers(0, 1000), st.lists(SPAN, max_size=3))
def test_a_quote_is_its_passage_as_it_reads_whatever_is_marked(text: str, offset: int, marks: list[Span]) -> None:
    reading = read_text(text, offset, [Span(offset, offset + len(text))])
    highlights = [Span(mark.start + offset, mark.end + offset) for mark in marks]
    assert text_content(render_quote(reading, highlights, "und")) == reading.text


def test_what_is_marked_is_marked_where_lines_are_joined_too() -> None:
    text = "The light-\nhouse went dark. The light\u00adhouse <b>keeper</b> slept   well."
    first = Span(7, 7 + text.index("."))
    reading = read_text(text, 7, [Span(7, 7 + len(text))], parted=[16])
    quote = lxml.html.fragment_fromstring(render_quote(reading, [first], "und"))
    assert [mark.text for mark in quote.xpath("//mark")] == ["The lighthouse went dark"]
    assert quote.text_content() == "The lighthouse went dark. The lighthouse <b>keeper</b> slept well."


def test_a_part_of_a_passage_is_quoted_as_the_whole_reads() -> None:
    text = "It rained\nall day. The mayor re-\nsigned."
    reading = read_text(text, 0, [Span(0, len(text))], parted=[text.index("-")])
    assert text_content(render_quote(reading, (), "und", Span(19, len(text)))) == "The mayor resigned."


@given(TEXT | MARKUP, st.lists(SPAN, max_size=2), st.lists(st.integers(0, 60), max_size=3))
def test_a_source_is_its_document_whatever_is_marked(text: str, marks: list[Span], pages: list[int]) -> None:
    document = make_document("a.pdf", text, pages=sorted(set(pages)) or [0])
    for shown in (document, replace(document, is_file_text=True)):
        address = Address("q", document.info.id, marks[0] if marks else None, tuple(marks[1:]))
        assert text_content(render_source(shown, address, None), "text") == text


def test_marks_and_passage_are_told_apart() -> None:
    document = make_document("a.txt", "Before. First. Second. After.")
    source = render_source(document, Address("q", document.info.id, Span(8, 22), (Span(8, 14),)), None)
    tree = lxml.html.fragment_fromstring(source)
    assert tree.xpath("//mark/text()") == ["First."]
    assert tree.xpath("//span[@class='cited']/text()") == [" Second."]


def test_lines_are_numbered_as_in_the_file_whatever_ends_them() -> None:
    document = make_document("a.txt", "one\r\ntwo\rthree\n\nfive")
    lines = lxml.html.fragment_fromstring(render_source(document, Address("", "d"), None)).xpath("//*[@data-line]")
    assert [(line.get("data-line"), line.text) for line in lines] == [
        ("1", "one\r\n"),
        ("2", "two\r"),
        ("3", "three\n"),
        ("4", "\n"),
        ("5", "five"),
    ]


@given(st.integers(0, 300_000), st.integers(0, 400_000), st.sampled_from([1, 80, 100_000]))
def test_following_windows_cover_a_document_once(length: int, start: int, line_length: int) -> None:
    text = ("x" * (line_length - 1) + "\n") * (length // line_length)
    seen = 0
    while seen < len(text):
        window = choose_window(text, Address("", "d", at=seen))
        assert window.start <= seen < window.end
        assert len(window) <= WINDOW
        assert (window.start == seen) or not seen
        seen = window.end
    passage = Span(min(start, len(text)), min(start + 500, len(text)))
    around = choose_window(text, Address("", "d", passage))
    assert not text or around.start <= passage.start <= passage.end <= around.end or passage.start == len(text)


def test_only_the_window_of_a_long_document_is_sent() -> None:
    text = "A line of a very long document.\n" * 100_000
    document: Document = make_document("long.txt", text)
    middle = len(text) // 2
    source = render_source(document, Address("q", document.info.id, Span(middle, middle + 31)), None)
    assert text_content(source, "text") in text
    assert len(text_content(source, "text")) <= WINDOW
    assert 'rel="prev"' in source
    assert 'rel="next"' in source
