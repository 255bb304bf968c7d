"""Links to passages of a real library, followed after its files were changed and built anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

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


def address_words(library: Library, address: Address) -> str:
    assert address.passage is not None
    return address.passage.of(library.document(address.document_id).text)
