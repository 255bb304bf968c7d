"""axe-core finds nothing in any view of the page: in German, the longest language, in both sizes and schemes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from tests.browser.looks import faults_in_every_look, faults_in_two_looks
from tests.browser.pinning import pin
from tests.browser.reader import open_source, speak
from tests.browser.room import Room
from tests.parsing.pdf_writer import PdfPage, lines_of, make_pdf

Visit = Callable[[Page, str], None]


def go(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#conversation .html-container > *").first.wait_for()


def go_home(page: Page, address: str) -> None:
    go(page, address)
    page.locator(".home .unread summary").click()


def ask(page: Page, address: str) -> None:
    """A question, one that leans on it, and one that nothing answers; one passage says why it is there."""
    go(page, f"{address}/?q=Why+did+it%3F&after=When+did+the+Lighthouse+go+dark%3F")
    page.locator(".carried .term").first.wait_for()
    page.locator("#question textarea").fill("lighthouse wallpaper yellow curtains")
    page.keyboard.press("Enter")
    page.locator(".turn").nth(2).wait_for()
    page.locator(".why summary").first.click()


def ask_and_open_source(page: Page, address: str) -> None:
    go(page, f"{address}/?q=lighthouse+dark")
    open_source(page)


def list_documents(page: Page, address: str) -> None:
    go(page, f"{address}/?view=documents&in=letters/*")
    page.locator(".file").first.wait_for()


def list_evidence(page: Page, address: str) -> None:
    go(page, f"{address}/?q=lighthouse+dark")
    pin(page)
    page.locator('.masthead a[href*="view=evidence"]').click()
    page.locator(".exhibits > li").wait_for()


def fill_table(page: Page, address: str) -> None:
    go(page, f"{address}/?view=table&q=lighthouse+dark&and=harbour&and=ferry&and=wallpaper&and=crane")
    page.locator(".table table").wait_for()


def list_mentions(page: Page, address: str) -> None:
    go(page, f"{address}/?view=mentions&q=lighthouse")
    page.locator(".mentioned .quote").first.wait_for()


VIEWS: dict[str, Visit] = {
    "home": go_home,
    "answered": ask,
    "source": ask_and_open_source,
    "documents": list_documents,
    "evidence": list_evidence,
    "table": fill_table,
    "mentions": list_mentions,
}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(page: Page, url: str, view: str) -> None:
    speak(page, "de")
    VIEWS[view](page, url)
    assert page.locator("html").get_attribute("lang") == "de"
    assert faults_in_every_look(page) == []


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over a folder that can be changed from it and holds a PDF."""
    room = Room(tmp_path_factory.mktemp("kept"))
    pages = [PdfPage(lines_of("The keeper of the light-\nhouse slept.")), PdfPage(lines_of("A bell rang."))]
    (room.folder / "light.pdf").write_bytes(make_pdf(pages, title="The light"))
    with room.served() as address:
        yield address.partition("/?")[0]


def test_axe_finds_nothing_where_documents_are_added_chosen_and_deleted(page: Page, kept: str) -> None:
    speak(page, "de")
    go(page, f"{kept}/?view=documents&in=letters/*")
    page.locator(".drop").wait_for()
    page.locator(".file [type=checkbox]:enabled").first.check()
    assert faults_in_every_look(page) == []
    page.locator(".remove").first.click()
    page.locator(".confirm[open]").wait_for()
    assert faults_in_two_looks(page) == []


def test_axe_finds_nothing_beside_the_image_of_a_page(page: Page, kept: str) -> None:
    speak(page, "de")
    go(page, f"{kept}/?q=keeper+of+the+lighthouse")
    page.locator(".turn .citation a", has_text="The light").first.click()
    page.locator("#source .box.marked").first.wait_for(timeout=30_000)
    assert faults_in_every_look(page) == []
