"""What a person does at the page, and what they see."""

from __future__ import annotations

from playwright.sync_api import Locator, Page
from tests.browser.fingers import press


def visit(page: Page, address: str) -> None:
    """Wait until the first content is there: handlers are then connected."""
    page.goto(address)
    page.locator("#conversation :is(.home, .turn, .problem)").first.wait_for()


def speak(page: Page, language: str) -> None:
    """Be a reader whose browser asks for `language`."""
    page.set_extra_http_headers({"Accept-Language": language})


def ask(page: Page, question: str, label: str = "Question") -> Locator:
    """Type into the box, whose name is `label`, and press Enter. Returns the new turn."""
    turns = page.locator(".turn")
    before = turns.count()
    page.get_by_label(label, exact=True).fill(question)
    page.keyboard.press("Enter")
    turns.nth(before).wait_for()
    return turns.nth(before)


def open_source(page: Page, number: int = 1) -> Locator:
    """Press the citation of a passage of the last turn. Returns the opened document."""
    press(page.locator(".turn").last.locator(".citation a").nth(number - 1))
    document = page.locator("#source .document")
    document.wait_for()
    return document


def text_of(element: Locator) -> str:
    """As it is in the page, character by character; `inner_text` would collapse white space."""
    content = element.evaluate("element => element.textContent")
    assert isinstance(content, str)
    return content


def is_in_view(element: Locator) -> bool:
    """Whether it is what a click at its place would meet."""
    return bool(
        element.evaluate(
            """element => {
                const box = element.getClientRects()[0];
                const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                return element.contains(top);
            }"""
        )
    )
