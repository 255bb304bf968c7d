"""The line that says when the page and its server do not come together."""

from __future__ import annotations

from quoth.ui.labels import say
from quoth.ui.render_html import Html, element


def render_trouble() -> Html:
    """Empty; static/page/connection.js fills it with one of the sentences, which is then also read aloud."""
    lost = say("The connection is lost. What you typed is still here; try again when the page is served again.")
    return element(
        "p",
        role="status",
        data_busy=say_busy(),
        data_lost=lost,
        data_out=say("You are signed out."),
        data_sign_in=say("Sign in"),
    )


def say_busy() -> str:
    return say("Many people are asking just now; try again in a moment.")
