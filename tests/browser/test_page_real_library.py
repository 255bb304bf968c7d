from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.reader import ask, is_in_view, open_source, text_of, visit
from tests.browser.serving import serving

from quoth.library import Library

NOTES = """# The crossing

The ferry to **Sorrow Island** costs $4 and ${window.__xss='ran'} nothing more.

## The bell

The bell was cast in Ghent in 1911 by <script>window.__xss='ran'</script> Anton Maes.
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[str]:
    """The page over a library that was built from the seed and a note."""
    folder = tmp_path_factory.mktemp("documents")
    for seed in seeds.glob("*.txt"):
        (folder / seed.name).write_bytes(seed.read_bytes())
    (folder / "notes.md").write_text(NOTES, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    with Library.open(tmp_path_factory.mktemp("embeddings")) as library:
        library.build(folder)
        with serving(library) as address:
            yield address


def test_the_phone_call_of_the_seed_is_quoted_and_leads_to_its_line(page: Page, real: str) -> None:
    visit(page, real)
    turn = ask(page, "Where did the last phone call Castillo took come from?")
    assert text_of(turn.locator(".verdict strong")) == "Answers"
    sentence = "It is also known that the last phone call Castillo took before leaving the presidential palace came "
    assert text_of(turn.locator(".quote mark").first).startswith(sentence)
    open_source(page)
    mark = page.locator("#source mark").first
    assert is_in_view(mark)
    assert mark.locator("xpath=..").get_attribute("data-line") == "57"


def test_marks_and_markup_of_a_real_file_appear_as_typed(page: Page, real: str) -> None:
    visit(page, real)
    turn = ask(page, "Who cast the bell?")
    assert "1911 by <script>window.__xss='ran'</script> Anton Maes." in text_of(turn.locator(".quote").first)
    page.locator(".turn .citation a", has_text="The crossing").first.click()
    page.locator("#source .document").wait_for()
    assert text_of(page.locator("#source .text")) == NOTES
    assert page.evaluate("window.__xss") is None


def test_a_real_empty_file_is_named_with_its_reason(page: Page, real: str) -> None:
    visit(page, real)
    page.locator(".home .unread summary").click()
    assert page.locator(".home .unread li").inner_text().startswith("empty.txt — ")


def test_a_stranger_is_not_answered(page: Page, real: str) -> None:
    visit(page, real)
    turn = ask(page, "What is the boiling point of tungsten?")
    assert text_of(turn.locator(".verdict strong")) != "Answers"
