"""What a reader does to keep passages, and what then lies in the browser and in the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.browser.fingers import press


def pin(page: Page, number: int = 1) -> Locator:
    """Press Pin below a passage of the last turn."""
    button = page.locator(".turn").last.locator("[data-pin]").nth(number - 1)
    press(button)
    return button


def open_evidence(page: Page) -> Locator:
    """Follow the link at the top. Returns the list of what is pinned."""
    press(page.locator('.masthead a[href*="view=evidence"]'))
    page.locator(".evidence").wait_for()
    return page.locator(".exhibits > li")


def save(page: Page, selector: str) -> Path:
    """Press a button that saves. Returns the file."""
    with page.expect_download() as started:
        press(page.locator(selector))
    return Path(started.value.path())


def kept(page: Page, kind: str = "pins") -> Any:
    """What lies in the storage of the browser, over a Shelf."""
    return json.loads(page.evaluate("key => localStorage.getItem(key)", f"quoth.{kind}.shelf") or "[]")


def put(page: Page, text: str, kind: str = "pins") -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"quoth.{kind}.shelf", text])


def told(page: Page) -> Locator:
    return page.locator(".desk p")


def expect_quotes(page: Page, quotes: list[str]) -> None:
    expect(page.locator(".exhibits .quote")).to_have_count(len(quotes))
    assert page.locator(".exhibits .quote").evaluate_all("all => all.map(one => one.textContent)") == quotes
