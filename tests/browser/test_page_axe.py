"""axe-core finds nothing in any state of the page: in German, the longest language, in both sizes and schemes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.reader import open_source
from tests.browser.serving import Watch

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
Visit = Callable[[Page, str], None]


def violations(page: Page) -> list[tuple[str, Any]]:
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found]


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


def fill_table(page: Page, address: str) -> None:
    go(page, f"{address}/?view=table&q=lighthouse+dark&and=harbour&and=ferry&and=wallpaper")
    page.locator(".table table").wait_for()


def list_mentions(page: Page, address: str) -> None:
    go(page, f"{address}/?view=mentions&q=lighthouse")
    page.locator(".mentioned .quote").first.wait_for()


STATES: dict[str, Visit] = {
    "home": go_home,
    "answered": ask,
    "source": ask_and_open_source,
    "table": fill_table,
    "mentions": list_mentions,
}


@pytest.fixture(scope="module")
def german(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="de-DE")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(
    german: BrowserContext, watch: Watch, url: str, state: str, size: str, scheme: Literal["light", "dark"]
) -> None:
    page = german.new_page()
    watch(page)
    page.emulate_media(color_scheme=scheme)
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    STATES[state](page, url)
    assert page.locator("html").evaluate("html => html.scrollWidth <= html.clientWidth")
    assert violations(page) == []
    page.close()
