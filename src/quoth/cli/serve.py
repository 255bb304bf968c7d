"""`quoth serve`."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING

import click

from quoth.cli.command import Command
from quoth.cli.exits import OK
from quoth.cli.options import with_cross_encoder, with_library
from quoth.errors import QuothError

if TYPE_CHECKING:
    from quoth.library import Library


@click.command(cls=Command, short_help="Ask in the browser.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on.")
@click.option("--port", default=7860, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--open/--no-open", "open_page", default=None, help="Open a browser.  [default: on a desktop]")
@click.option(
    "--questions-per-minute",
    default=120,
    show_default=True,
    metavar="N",
    type=click.IntRange(min=1),
    help="Most that one address may ask, and ten times as many other requests.",
)
@with_cross_encoder
@with_library
def serve(library: Library, *, host: str, port: int, open_page: bool | None, questions_per_minute: int) -> int:
    """Serve the page to ask in the browser, until Ctrl-C. Its address is printed when it answers.

    Only this machine can reach it unless --host says otherwise; there is no login.
    A build that runs meanwhile is seen without a restart.

    Example:
      quoth serve
      quoth serve --port 8000 --no-open

    Exit codes:
      0  stopped with Ctrl-C
      1  error, such as: the port is taken

    """
    wanted = _has_desktop() if open_page is None else open_page
    with contextlib.suppress(KeyboardInterrupt):
        click.echo("quoth: starting the page; Ctrl-C stops it", err=True)
        # While the page starts, so that the first question need not wait for the model.
        threading.Thread(target=_load, args=(library,), daemon=True).start()
        from quoth.ui import serve as serve_page

        serve_page(
            library,
            host=host,
            port=port,
            on_ready=lambda url: _announce(url, open_page=wanted),
            questions_per_minute=questions_per_minute,
        )
    return OK


def _load(library: Library) -> None:
    with contextlib.suppress(QuothError):  # the first question says what is the matter
        library.load()


def _announce(url: str, *, open_page: bool) -> None:
    click.echo(url)
    if open_page:
        import webbrowser

        # A thread, because a browser that runs in the terminal returns only when it is closed.
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _has_desktop() -> bool:
    """Whether somebody sits at this terminal in front of a graphical browser."""
    if not sys.stdout.isatty():
        return False
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
