"""A page that is touched, as on a phone: Playwright touches only pages of contexts that are all touched."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Locator, Page

_TOUCHED: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


def give_fingers(page: Page) -> None:
    """The page is told of a coarse pointer that hovers nowhere."""
    if page not in _TOUCHED:
        _TOUCHED[page] = page.context.new_cdp_session(page)
        _TOUCHED[page].send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})


def take_fingers(page: Page) -> None:
    if session := _TOUCHED.pop(page, None):
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        session.detach()


def press(element: Locator) -> None:
    """With a finger where the page is touched, else with the mouse."""
    session = _TOUCHED.get(element.page)
    if session is None:
        element.click()
        return
    element.click(trial=True)  # waits until it can be reached
    box = element.evaluate("one => one.getClientRects()[0].toJSON()")
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
