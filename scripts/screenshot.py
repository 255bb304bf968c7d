"""Take the picture of the README: the real page over seeds/, a question answered and its source open.

Run: .venv/bin/python -m scripts.screenshot
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser.conftest import find_chromium
from tests.browser.reader import ask, open_source, visit
from tests.browser.serving import serving

from quoth.library import Library

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "page.png"
QUESTION = "Where did the last phone call Castillo took come from?"


def main() -> None:
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as embeddings, Library.open(embeddings) as library:
        library.build(ROOT / "seeds")
        with serving(library) as address:
            photograph(address)
    print(PICTURE.relative_to(ROOT), file=sys.stderr)


def photograph(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, device_scale_factor=1.5)
        visit(page, address)
        ask(page, QUESTION)
        open_source(page)
        page.locator("#source mark").first.wait_for()
        page.locator(".turn").evaluate("turn => turn.scrollIntoView()")
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
