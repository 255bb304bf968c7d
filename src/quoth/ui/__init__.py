"""The page: questions in the browser. The only package that imports gradio, and only when a page is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

    from quoth.ui.needs import ReadingLibrary
    from quoth.ui.terms import Terms

__all__ = ["build_ui", "serve"]


def build_ui(library: ReadingLibrary) -> gr.Blocks:
    """The page as Gradio blocks, without style sheet and protection; `quoth.ui.app.create_app` adds both."""
    from quoth.ui.environment import quiet_gradio

    quiet_gradio()
    from quoth.ui.page import build_page

    return build_page(library)


def serve(
    library: ReadingLibrary,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    on_ready: Callable[[str], None] | None = None,
    questions_per_minute: int | None = None,
    terms: Terms | None = None,
) -> None:
    """Serve the page until interrupted; `on_ready` gets its address once it answers. Without `terms`, for reading only.

    `questions_per_minute`: most that one client may ask; None: as many as by default.
    Raises SettingsError when the port cannot be had. Port 0 takes any free one.
    """
    from quoth.ui.rate import QUESTIONS_PER_MINUTE
    from quoth.ui.server import run_server

    most = questions_per_minute or QUESTIONS_PER_MINUTE
    run_server(library, host=host, port=port, on_ready=on_ready, questions_per_minute=most, terms=terms)
