from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext
from tests.browser.reader import visit

MOST_BYTES = 350_000


def test_a_first_visit_transfers_less_than_350_kilobytes(context: BrowserContext, url: str) -> None:
    """All that comes over the wire, headers included, into an empty cache."""
    page = context.new_page()
    sent: dict[str, str] = {}
    weights: dict[str, float] = {}

    def note_request(event: dict[str, Any]) -> None:
        sent[event["requestId"]] = event["request"]["url"]

    def note_end(event: dict[str, Any]) -> None:
        weights[event["requestId"]] = event["encodedDataLength"]

    session = context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", note_request)
    session.on("Network.loadingFinished", note_end)
    session.send("Network.enable")
    visit(page, url)
    page.wait_for_timeout(1_000)
    heaviest = sorted(((round(weight), sent[key]) for key, weight in weights.items()), reverse=True)
    assert len(heaviest) > 20
    assert sum(weight for weight, _ in heaviest) < MOST_BYTES, heaviest[:20]
