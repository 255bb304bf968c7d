"""axe-core finds nothing in any view of the page: in German, the longest language, in both sizes and schemes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.looks import faults_in_every_look
from tests.browser.pinning import pin
from tests.browser.reader import open_source, speak

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
