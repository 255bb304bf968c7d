"""Results to stdout; whether they may be styled."""

from __future__ import annotations

import os
import sys

import click


def print_result(text: str) -> None:
    """`text` to stdout in UTF-8, whatever the locale: a quote has no other form than its own."""
    click.echo(text.encode())


def is_styled() -> bool:
    """Whether stdout is a terminal whose user wants styles (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
