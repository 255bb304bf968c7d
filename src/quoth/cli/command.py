"""How help is laid out."""

from __future__ import annotations

import inspect

import click


class Command(click.Command):
    """A paragraph of its help whose first line ends with ":" keeps its lines: examples, exit codes."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for paragraph in inspect.cleandoc(self.help or "").split("\n\n"):
            keeps_lines = paragraph.partition("\n")[0].endswith(":")
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(f"\b\n{paragraph}" if keeps_lines else paragraph)
