from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import ParsingWorker, parse_file
from quoth.records import Parsed, Span, State, heading_path

from .checks import parse_bytes, shown, uncovered
from .epub_writer import encryption, make_epub, navigation, ncx, point

ONE = '<h1 id="top">The Quay</h1><p>Eleven ferries.</p><h2>Ropes</h2><p id="p2">Tarred.</p>'
TWO = "<p>No head here.</p>"
NAV = (
    '<li><span>Part One</span><ol><li><a href="one.xhtml#top">1. The Quay</a></li>'
    '<li><a href="two.xhtml">Winter</a></li></ol></li>'
)
OBFUSCATION, DRM = "http://www.idpf.org/2008/embedding", "http://www.w3.org/2001/04/xmlenc#aes128-cbc"


def sections(parsed: Parsed) -> list[tuple[str, ...]]:
    return [heading_path(parsed.outline, block.span.start) for block in parsed.blocks]


def test_pages_are_read_in_the_order_of_the_spine_and_each_once(tmp_path: Path) -> None:
    pages = {"one.xhtml": ONE, "two.xhtml": TWO, "unlisted.xhtml": "<p>unlisted</p>"}
    book = make_epub(pages, spine=["two.xhtml", "one.xhtml", "two.xhtml", "gone"])
    parsed = parse_bytes(tmp_path, "a.epub", book)
    assert parsed.state is State.READ
    assert shown(parsed) == [
        ("paragraph", "No head here."),
        ("h1", "The Quay"),
        ("paragraph", "Eleven ferries."),
        ("h2", "Ropes"),
        ("paragraph", "Tarred."),
    ]
    assert uncovered(parsed) == ""


def test_title_authors_and_date_are_those_of_the_package(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.epub", make_epub({"one.xhtml": ONE}))
    assert (parsed.title, parsed.author, parsed.date) == ("The Harbour", "B. Writer; C. Author", "1931-05")
    bare = parse_bytes(tmp_path, "b.epub", make_epub({"one.xhtml": ONE}, metadata="", toc=ncx(point("I", "one.xhtml"))))
    assert (bare.title, bare.author, bare.date) == ("The Quay", "", "")


NCX = point("Part One", "one.xhtml", point("1. The Quay", "one.xhtml#top") + point("Winter", "two.xhtml"))


@pytest.mark.parametrize(("nav", "toc"), [(navigation(NAV), ""), ("", ncx(NCX + point("Gone", "gone.xhtml")))])
def test_chapters_are_those_of_the_table_of_contents(tmp_path: Path, nav: str, toc: str) -> None:
    parsed = parse_bytes(tmp_path, "a.epub", make_epub({"one.xhtml": ONE, "two.xhtml": TWO}, nav=nav, toc=toc))
    quay = ("Part One", "1. The Quay")
    assert sections(parsed) == [quay, quay, (*quay, "Ropes"), (*quay, "Ropes"), ("Part One", "Winter")]
    assert [heading.title for heading in parsed.outline if heading.is_in_text] == ["1. The Quay", "Ropes"]


def test_chapters_within_a_page_begin_at_their_ids(tmp_path: Path) -> None:
    body = '<p>before</p><div id="a"><p>one</p></div><p>two <a id="b"/>three</p><p>four</p><span id="end"/>'
    toc = ncx(point("A", "one.xhtml#a") + point("B", "one.xhtml#b") + point("End", "one.xhtml#end"))
    parsed = parse_bytes(tmp_path, "a.epub", make_epub({"one.xhtml": body}, toc=toc))
    assert sections(parsed) == [(), ("A",), ("B",), ("B",)]
    assert parsed.outline[-1].title == "End"


def test_without_a_table_of_contents_the_headings_are_the_chapters(tmp_path: Path) -> None:
    for name, broken in (("a", ""), ("b", "<ncx><navMap>"), ("c", ncx(point("", "one.xhtml")))):
        parsed = parse_bytes(tmp_path, f"{name}.epub", make_epub({"one.xhtml": ONE}, toc=broken))
        assert [heading.title for heading in parsed.outline] == ["The Quay", "Ropes"]


def test_a_citation_tells_chapter_paragraph_and_the_nearest_id(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(make_epub({"one.xhtml": ONE, "two.xhtml": TWO}, nav=navigation(NAV)))
    document = read_document(tmp_path, "a.epub", parse_file).document
    start = document.text.index("Tarred.")
    citation = cite(document, Span(start, start + 7))
    assert citation.label == "The Harbour, Part One › 1. The Quay › Ropes, paragraph 4"
    assert citation.anchor == "one.xhtml#p2"
    assert cite(document, Span(len(document.text) - 5, len(document.text))).anchor == "two.xhtml"


def test_xhtml_reads_as_xhtml(tmp_path: Path) -> None:
    body = (
        '<p><a id="x"/>a<![CDATA[ & <b]]> &#8212; &mdash;</p><p/><div/><script src="x"/><p>b<i/>c</p>'
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p><nav>menu</nav>"
    )
    assert parse_bytes(tmp_path, "a.epub", make_epub({"one.xhtml": body})).text == "a & <b — —\n\nbc\n\n漢"


def test_names_are_percent_encoded_and_lead_nowhere_outside_the_book(tmp_path: Path) -> None:
    more = {"OPS/a b.xhtml": b"<p>spaced</p>"}
    book = make_epub({"a%20b.xhtml": "", "../../etc/passwd": ""}, more=more)
    parsed = parse_bytes(tmp_path, "a.epub", book)
    assert "spaced" in parsed.text
    assert "root:" not in parsed.text
    assert parsed.runs[0].locator.anchor == "a b.xhtml"


def test_a_missing_page_is_told(tmp_path: Path) -> None:
    book = make_epub({"one.xhtml": ONE, "two.xhtml": TWO}).replace(b"OPS/two.xhtml", b"OPS/tow.xhtml")
    parsed = parse_bytes(tmp_path, "a.epub", book)
    assert (parsed.state, parsed.text[:8]) == (State.PARTLY_READ, "The Quay")
    assert parsed.reason == "two.xhtml: it is missing; get another copy of the book"


def test_copy_protection_is_told_from_garbled_fonts(tmp_path: Path) -> None:
    pages = {"one.xhtml": ONE, "two.xhtml": TWO}

    def with_encryption(algorithm: str, *paths: str) -> Parsed:
        more = {"META-INF/encryption.xml": encryption(algorithm, *paths)}
        return parse_bytes(tmp_path, "a.epub", make_epub(pages, more=more))

    assert with_encryption(OBFUSCATION, "OPS/font.otf").state is State.READ
    locked = with_encryption(DRM, "OPS/one.xhtml", "OPS/two.xhtml")
    assert (locked.state, locked.reason) == (
        State.ENCRYPTED,
        "the book is locked by copy protection (DRM); get a copy of it without",
    )
    partly = with_encryption(DRM, "OPS/two.xhtml")
    assert partly.state is State.PARTLY_READ
    assert partly.reason.startswith("two.xhtml: it is locked by copy protection")
    assert "No head here" not in partly.text


def test_a_page_nested_too_deep_is_reported(tmp_path: Path) -> None:
    book = make_epub({"one.xhtml": ONE, "two.xhtml": "<div>" * 50_000 + "core"})
    parsed = parse_bytes(tmp_path, "a.epub", book)
    assert parsed.state is State.PARTLY_READ
    assert parsed.reason.startswith("two.xhtml: its elements are nested too deeply")


def test_a_contents_list_nested_without_end_and_a_spine_of_a_hundred_thousand_links_are_read(tmp_path: Path) -> None:
    deep = ncx("<navPoint><navLabel><text>x</text></navLabel>" * 5_000 + "</navPoint>" * 5_000)
    book = make_epub({"one.xhtml": ONE}, spine=["one.xhtml"] * 100_000, toc=deep)
    parsed = parse_bytes(tmp_path, "a.epub", book)
    assert (parsed.state, parsed.text.count("Tarred.")) == (State.READ, 1)


def test_a_book_that_unpacks_to_too_much_is_too_big(tmp_path: Path) -> None:
    book = make_epub({"one.xhtml": ONE}, more={"OPS/huge.xhtml": b" " * 100_000_001})
    assert parse_bytes(tmp_path, "a.epub", book).state is State.TOO_BIG


def test_a_page_that_takes_too_much_memory_is_told_as_such_and_no_part_of_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(make_epub({"one.xhtml": "<p>a</p>" * 1_500_000}))
    with ParsingWorker(memory_limit_bytes=400_000_000) as worker:
        parsed = worker.parse(tmp_path / "a.epub", "a.epub")
    assert (parsed.state, parsed.text) == (State.TOO_BIG, "")


def test_the_names_of_columns_stand_below_the_chapter(tmp_path: Path) -> None:
    table = "<table><tr><th>Quay</th><th>Fare</th></tr><tr><td>Bell</td><td>4</td></tr></table>"
    book = make_epub({"one.xhtml": f"<h1>The Quay</h1>{table}<p>after</p>"}, toc=ncx(point("***", "one.xhtml")))
    parsed = parse_bytes(tmp_path, "a.epub", book)
    assert sections(parsed)[-1] == ("***", "The Quay")


def test_a_book_without_its_list_of_chapters_is_damaged(tmp_path: Path) -> None:
    book = make_epub({"one.xhtml": ONE}).replace(b"OPS/book.opf", b"OPS/book.xxx")
    parsed = parse_bytes(tmp_path, "a.epub", book)
    assert (parsed.state, parsed.reason) == (
        State.DAMAGED,
        "the book is damaged: its list of chapters is missing; get another copy",
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=30), max_size=6))
def test_any_words_are_read_back(tmp_path: Path, paragraphs: list[str]) -> None:
    body = "".join(f"<p>{escape(text[:9])}<i/><![CDATA[{text[9:]}]]></p>" for text in paragraphs)
    parsed = parse_bytes(tmp_path, "a.epub", make_epub({"one.xhtml": body}))
    assert [text.split() for _, text in shown(parsed)] == [text.split() for text in paragraphs if text.strip()]


def test_a_book_is_known_whatever_its_name(tmp_path: Path) -> None:
    book = make_epub({"one.xhtml": ONE})
    assert parse_bytes(tmp_path, "a.docx", book).kind == "epub"
    assert parse_bytes(tmp_path, "b.txt", book.replace(b"mimetype", b"mimetypo")).kind == "epub"
    text = parse_bytes(tmp_path, "c.epub", b"Just text.")
    assert (text.state, text.reason) == (
        State.DAMAGED,
        "the file is not an EPUB book although its name says so; get another copy",
    )
