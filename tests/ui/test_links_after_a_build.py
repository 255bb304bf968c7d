"""Links to passages of a real library, followed after its files were changed and built anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from quoth.library import Library
from quoth.settings import Settings
from quoth.testing import HashEmbedder
from quoth.ui.address import Address, parse_address
from quoth.ui.conversation import ask, go_to

QUESTION = '"lamp" lighthouse'
BEFORE = "The harbour was rebuilt in stone, and the crane lifted bells all day.\n\n"
LAMP = "The lamp of the lighthouse went dark at eleven, and nobody who was near it could say why it did so.\n\n"
AFTER = "Three inspectors came by boat in the morning and found nothing that was broken.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "report.txt").write_text(BEFORE + LAMP + AFTER, "utf-8")
    (folder / "ledger.txt").write_text("Seven passengers crossed with the ferry on Monday.\n", "utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    with Library(tmp_path / "index", Settings(), HashEmbedder(256)) as library:
        library.build(folder)
        yield library


def link_to_the_lamp(library: Library) -> Address:
    page = lxml.html.fragment_fromstring(ask(library, QUESTION, ()).conversation, create_parent="div")
    return parse_address(page.xpath("(//p[@class='citation']//a)[1]/@href")[0])


def follow(library: Library, address: Address) -> tuple[str, str]:
    """The marked words, and what is said of them."""
    pane = lxml.html.fragment_fromstring(go_to(library, address, ()).source, create_parent="div")
    cited = "".join(part.text_content() for part in pane.xpath("//*[contains(@class, 'cited')]"))
    return cited, pane.xpath("string(//p[@class='since'])")


def test_a_passage_is_found_again_where_it_moved_to(library: Library, folder: Path) -> None:
    address = link_to_the_lamp(library)
    assert follow(library, address) == (address_words(library, address), "")
    words = address_words(library, address)
    (folder / "report.txt").write_text("A page that was put in front.\n\n" + BEFORE + LAMP + AFTER, "utf-8")
    library.build(folder)
    assert follow(library, address) == (
        words,
        "This passage has moved since the link was made; here it stands now.",
    )


def test_a_file_that_was_renamed_is_opened(library: Library, folder: Path) -> None:
    address = link_to_the_lamp(library)
    words = address_words(library, address)
    (folder / "report.txt").rename(folder / "annual.txt")
    library.build(folder)
    assert follow(library, address) == (words, "The file has moved since the link was made; it is now annual.txt.")


def test_words_that_vanished_are_told_and_nothing_is_marked(library: Library, folder: Path) -> None:
    address = link_to_the_lamp(library)
    (folder / "report.txt").write_text(AFTER, "utf-8")
    library.build(folder)
    assert follow(library, address) == ("", "The words of the link do not stand in this document any more.")


def test_a_file_that_was_removed_is_told(library: Library, folder: Path) -> None:
    address = link_to_the_lamp(library)
    (folder / "report.txt").unlink()
    library.build(folder)
    assert "not in the index" in go_to(library, address, ()).source


@pytest.mark.parametrize(
    ("search", "xpath"),
    [
        ("?view=table&q=lamp+lighthouse", "(//td//p[@class='citation']//a)[last()]"),
        ("?view=mentions&q=%22lamp%22", "//li//p[@class='citation']//a"),
    ],
)
def test_a_passage_of_a_list_is_found_again(library: Library, folder: Path, search: str, xpath: str) -> None:
    address = link_on(library, search, xpath)
    words = address_words(library, address)
    assert "lamp" in words
    (folder / "report.txt").write_text("A page that was put in front.\n\n" + BEFORE + LAMP + AFTER, "utf-8")
    library.build(folder)
    assert follow(library, address) == (
        words,
        "This passage has moved since the link was made; here it stands now.",
    )


@pytest.mark.parametrize(
    ("search", "xpath"),
    [
        ("?view=table&q=lamp", "//th//a[contains(., 'report')]"),
        ("?view=mentions&q=lamp", "//h3//a"),
        ("?view=documents", "//li//a[contains(., 'report')]"),
        ("?", "//details[@class='shelf']//a[contains(., 'report')]"),
    ],
)
def test_a_document_of_a_list_is_found_again(library: Library, folder: Path, search: str, xpath: str) -> None:
    address = link_on(library, search, xpath)
    (folder / "report.txt").write_text(AFTER, "utf-8")
    library.build(folder)
    assert AFTER.strip() in read(go_to(library, address, ()).source).text_content()


CHAPTERS = "# Stone\n\n" + BEFORE + "# Light\n\n" + LAMP + "# Boats\n\n" + AFTER


def test_a_section_is_found_again_by_its_heading_and_a_gone_one_is_told(library: Library, folder: Path) -> None:
    (folder / "book.md").write_text(CHAPTERS, "utf-8")
    library.build(folder)
    book = next(info for info in library.documents() if info.source == "book.md")
    light = link_on(library, f"?doc={book.id}", "//details[@class='outline']//a[. = 'Light']", source=True)
    (folder / "book.md").write_text("# Preface\n\nNew.\n\n" + CHAPTERS, "utf-8")
    library.build(folder)
    assert current_section(library, light) == ("Light", "")
    (folder / "book.md").write_text(CHAPTERS.replace("Light", "Lamps"), "utf-8")
    library.build(folder)
    assert current_section(library, light)[1] == "The file was changed since the link was made."


def test_a_place_that_was_looked_for_is_looked_for_anew_in_a_changed_file(library: Library, folder: Path) -> None:
    ledger = next(info for info in library.documents() if info.source == "ledger.txt")
    opened = f"?doc={ledger.id}&f={ledger.file_sha256[:12]}&file=ledger.txt&find=ferry&at=34"
    assert found(library, parse_address(opened)) == ("ferry", "")
    (folder / "ledger.txt").write_text("No boat left. Seven passengers crossed with the ferry on Monday.\n", "utf-8")
    library.build(folder)
    assert found(library, parse_address(opened)) == ("ferry", "The file was changed since the link was made.")


def test_the_ways_on_from_a_changed_passage_lead_on(library: Library, folder: Path) -> None:
    address = link_to_the_lamp(library)
    (folder / "report.txt").write_text(BEFORE + LAMP.replace("eleven", "twelve") + AFTER, "utf-8")
    library.build(folder)
    pane = read(go_to(library, replace(address, find="lighthouse"), ()).source)
    step = parse_address(pane.xpath("//a[@data-step='find-next']/@href")[0])
    assert "twelve" in address_words(library, step)
    assert follow(library, step)[1] == ""


def link_on(library: Library, search: str, xpath: str, *, source: bool = False) -> Address:
    view = go_to(library, parse_address(search), ())
    [link] = read(view.source if source else view.conversation).xpath(xpath)
    return parse_address(link.get("href"))


def current_section(library: Library, address: Address) -> tuple[str, str]:
    """The marked entry of the outline, and what is said of the link."""
    pane = read(go_to(library, address, ()).source)
    return pane.xpath("string(//a[@aria-current='true'])"), pane.xpath("string(//p[@class='since'])")


def found(library: Library, address: Address) -> tuple[str, str]:
    """The words that are shown of those that were looked for, and what is said of the link."""
    pane = read(go_to(library, address, ()).source)
    return pane.xpath("string(//*[contains(@class, 'current')])"), pane.xpath("string(//p[@class='since'])")


def read(html: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def address_words(library: Library, address: Address) -> str:
    assert address.passage is not None
    return address.passage.of(library.document(address.document_id).text)
