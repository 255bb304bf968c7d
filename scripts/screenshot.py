"""Take the pictures of the docs: the real page over seeds/ and the how-to guides.

Run: .venv/bin/python -m scripts.screenshot [NAME ...]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import find_chromium
from tests.browser.looks import DESKTOP, PHONE
from tests.browser.pinning import open_evidence, pin
from tests.browser.reader import ask, open_source, visit
from tests.browser.serving import serving

from quoth.library import Library
from quoth.ui.terms import Terms

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
QUESTION = "Where did the last phone call Castillo took come from?"
SECOND = "How are documents added?"


def answered_beside_its_source(page: Page, address: str) -> None:
    visit(page, address)
    ask(page, QUESTION)
    open_source(page)
    page.locator("#source mark").first.wait_for()
    page.locator(".turn").evaluate("turn => turn.scrollIntoView()")


def home(page: Page, address: str) -> None:
    visit(page, address)


def answered(page: Page, address: str) -> None:
    visit(page, address)
    ask(page, QUESTION)


def documents(page: Page, address: str) -> None:
    page.goto(f"{address}/?view=documents")
    page.locator(".keeping > *").first.wait_for()


def evidence(page: Page, address: str) -> None:
    visit(page, address)
    page.evaluate("localStorage.clear()")
    for question in (QUESTION, SECOND):
        ask(page, question)
        pin(page)
    open_evidence(page).first.get_by_label("Note").fill("Compare with the second call.")


def table(page: Page, address: str) -> None:
    page.goto(f"{address}/?view=table&q={QUESTION.replace(' ', '+')}&and={SECOND.replace(' ', '+')}")
    page.locator(".table .quote").first.wait_for()


def mentions(page: Page, address: str) -> None:
    page.goto(f"{address}/?view=mentions&q=quote")
    page.locator(".mentioned .quote").first.wait_for()


Look = tuple[Callable[[Page, str], None], dict[str, int], Literal["light", "dark"]]
OF_SEEDS: dict[str, Look] = {
    "page": (answered_beside_its_source, {"width": 1440, "height": 900}, "light"),
    "home": (home, DESKTOP, "light"),
    "phone": (answered, PHONE, "dark"),
}
OF_MORE: dict[str, Look] = {
    "documents": (documents, DESKTOP, "light"),
    "evidence": (evidence, DESKTOP, "light"),
    "table": (table, DESKTOP, "light"),
    "mentions": (mentions, DESKTOP, "light"),
}


def main() -> None:
    wanted = sys.argv[1:] or [*OF_SEEDS, *OF_MORE]
    with tempfile.TemporaryDirectory() as place, Library.open(Path(place, "embeddings")) as library:
        folder = Path(place, "documents")
        shutil.copytree(ROOT / "seeds", folder)
        for looks in (OF_SEEDS, OF_MORE):
            library.build(folder)
            with serving(library, Terms(keeps=library)) as address:
                photograph(address, {name: looks[name] for name in wanted if name in looks})
            shutil.copytree(ROOT / "docs" / "how-to", folder / "how-to", dirs_exist_ok=True)


def photograph(address: str, looks: dict[str, Look]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for name, (go, size, scheme) in looks.items():
            page = browser.new_page(
                viewport={"width": size["width"], "height": size["height"]},
                device_scale_factor=1.5,
                color_scheme=scheme,
                locale="en",
            )
            go(page, address)
            page.mouse.move(0, 0)
            page.wait_for_timeout(500)
            path = PICTURES / f"{name}.png"
            page.screenshot(path=path)
            page.close()
            print(path.relative_to(ROOT), file=sys.stderr)
        browser.close()


if __name__ == "__main__":
    main()
