from __future__ import annotations

from typing import Literal

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from tests.browser.reader import ask, open_source, visit


@pytest.fixture
def answered(page: Page, url: str) -> Page:
    """Two questions asked, and a source open beside the second."""
    visit(page, url)
    ask(page, "lighthouse dark")
    ask(page, "harbour")
    open_source(page)
    return page


def printed(page: Page) -> str:
    """The text of the pages that come out of the printer, without line ends."""
    with pypdfium2.PdfDocument(page.pdf()) as pages:
        texts = [sheet.get_textpage().get_text_bounded() for sheet in pages]
    return " ".join(" ".join(texts).split())


def test_questions_and_quotes_are_printed_with_their_citations(answered: Page) -> None:
    paper = printed(answered)
    assert "lighthouse dark" in paper
    assert "The lighthouse went dark on Tuesday at eleven." in paper
    assert "A letter to Ottilie, line 3" in paper
    assert "letters/ottilie.txt" in paper
    assert "The harbour was rebuilt in stone." in paper
    assert "The new harbour, p. 1" in paper


def test_controls_are_not_printed(answered: Page) -> None:
    paper = printed(answered)
    for control in ("Why this passage", "Ask your documents", "New conversation", "Close", "must stand there"):
        assert control not in paper
    answered.emulate_media(media="print")
    for part in ("#asking", "#source", ".why", "button"):
        expect(answered.locator(f"#quoth :is({part}):visible, {part}:visible")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_printed_black_on_white(answered: Page, scheme: Literal["light", "dark"]) -> None:
    answered.emulate_media(media="screen", color_scheme=scheme)
    answered.reload()
    answered.locator(".quote").wait_for()
    answered.emulate_media(media="print", color_scheme=scheme)
    colours = answered.evaluate(
        """() => ['.quote', '.question', '.citation a', '.citation .path'].map(
            (one) => getComputedStyle(document.querySelector(`#quoth ${one}`)).color)"""
    )
    assert colours == ["rgb(0, 0, 0)"] * 4
    papers = answered.evaluate(
        "() => ['html', 'body', '.passage'].map(one => getComputedStyle(document.querySelector(one)).backgroundColor)"
    )
    assert set(papers) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
