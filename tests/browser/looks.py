"""The sizes and colours that the page is looked at in, and what axe-core says of each."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.fingers import give_fingers, take_fingers

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
_HAS_TURNED = "scheme => Boolean(document.querySelector('.dark')) === (scheme === 'dark')"
"""Gradio's script follows the browser a moment later."""
_RUN_AXE = "axe.run({ resultTypes: ['violations'], preload: false }).then(results => results.violations)"
"""Without what it found right, which takes as long to bring here; style sheets of other hosts there are none of."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def resize(page: Page, size: dict[str, int]) -> None:
    """A phone is touched, too."""
    (give_fingers if size["width"] == PHONE["width"] else take_fingers)(page)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def violations(page: Page) -> list[tuple[str, Any]]:
    page.evaluate("script => { if (!window.axe) window.eval(script); }", Axe().axe_script)
    found = page.evaluate(_RUN_AXE)
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found]


def faults_in_every_look(page: Page) -> list[Any]:
    """What is wrong with the page as it stands, on a desktop and on a phone, in light and in dark.

    It is loaded once and turned about, which is what takes the time.
    """
    return [fault for size in (DESKTOP, PHONE) for scheme in SCHEMES for fault in _faults(page, size, scheme)]


def faults_in_two_looks(page: Page) -> list[Any]:
    """The same for a part of a view that is looked at in every look: both sizes and both schemes once."""
    return _faults(page, DESKTOP, "light") + _faults(page, PHONE, "dark")


def _faults(page: Page, size: dict[str, int], scheme: Literal["light", "dark"]) -> list[Any]:
    resize(page, size)
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(_HAS_TURNED, arg=scheme)
    page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
    sideways = [(size, "scrolls sideways")] if scrolls_sideways(page) else []
    return [*sideways, *((size, scheme, *violation) for violation in violations(page))]
