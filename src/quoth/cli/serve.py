"""`quoth serve`."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quoth.cli.command import Command
from quoth.cli.exits import OK
from quoth.cli.options import with_cross_encoder, with_library
from quoth.errors import QuothError, SettingsError

if TYPE_CHECKING:
    from quoth.library import Library
    from quoth.ui.terms import Terms

_UNNAMED_PROXY = (
    "if a proxy stands before the page, name its address in FORWARDED_ALLOW_IPS; else all readers are one client, "
    "for wrong passwords too"
)


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
@click.option(
    "--public-host",
    "public_hosts",
    multiple=True,
    metavar="NAME",
    callback=lambda _, __, names: names or None,
    help="Answer to this name, too, and take it for a page that others reach. May be given again.",
)
@click.option("--read-only", is_flag=True, default=None, help="No files are added or removed on the page.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False),
    metavar="PATH",
    help="Ask for the password in this file's first line.  [default: QUOTH_PASSWORD of the environment, else none]",
)
@with_cross_encoder
@with_library
def serve(
    library: Library,
    *,
    host: str,
    port: int,
    open_page: bool | None,
    questions_per_minute: int,
    password_file: str | None,
) -> int:
    """Serve the page to ask in the browser, until Ctrl-C. Its address is printed when it answers.

    Only this machine can reach it unless --host says otherwise. Files can be added to the folder and removed from it
    on the page, but not with --read-only, and not where other machines reach it and it asks for no password.
    A build that runs meanwhile is seen without a restart.

    Example:
      quoth serve
      quoth serve --port 8000 --no-open
      quoth serve --host 0.0.0.0 --password-file password.txt
      quoth serve --public-host docs.example.org --password-file password.txt

    Exit codes:
      0  stopped with Ctrl-C
      1  error, such as: the port is taken

    """
    terms = _terms(library, password_file)
    if terms.public_hosts and "FORWARDED_ALLOW_IPS" not in os.environ:
        click.echo(f"quoth: {_UNNAMED_PROXY}", err=True)
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
            terms=terms,
        )
    return OK


def _terms(library: Library, password_file: str | None) -> Terms:
    """Raises SettingsError for a password that cannot be used."""
    from quoth.ui.terms import Terms

    settings = library.settings
    return Terms(
        keeps=library,
        read_only=settings.read_only,
        password=_read_password(password_file),
        file_limit=settings.upload_file_limit_mb * 1_000_000,
        total_limit=settings.upload_total_limit_mb * 1_000_000,
        files_limit=settings.upload_files_limit,
        public_hosts=settings.public_hosts,
    )


def _read_password(path: str | None) -> str:
    if path is None:
        return os.environ.get("QUOTH_PASSWORD", "")
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}, the file of the password, cannot be read: {error}") from error
    if not lines or not lines[0]:
        raise SettingsError(f"{path}, the file of the password, has an empty first line")
    return lines[0]


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
