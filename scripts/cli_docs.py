"""Writes docs/reference/cli.md from the help of the commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from quoth.cli import cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"
WIDTH = 100

HEAD = """# The command line

Made from the commands' own help by `python scripts/cli_docs.py`; do not edit.

Results go to stdout in UTF-8, everything else to stderr. Styles are used on a terminal unless `NO_COLOR` is set.
The JSON forms are described in [json.md](json.md).
"""


def reference() -> str:
    """The page as Markdown."""
    sections = [f"## `{name}`\n\n```text\n{text}\n```\n" for name, text in _helps()]
    return "\n".join([HEAD, *sections])


def _helps() -> Iterator[tuple[str, str]]:
    top = click.Context(cli, info_name="quoth", terminal_width=WIDTH, help_option_names=["-h", "--help"])
    yield "quoth", cli.get_help(top)
    for name, command in sorted(cli.commands.items()):
        context = click.Context(command, info_name=name, parent=top, terminal_width=WIDTH)
        yield f"quoth {name}", command.get_help(context)


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")
