"""How help is laid out."""

from __future__ import annotations

import inspect
import re

import click


class Command(click.Command):
    """A paragraph of its help whose first line ends with ":" keeps its lines: examples, exit codes."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for paragraph in inspect.cleandoc(self.help or "").split("\n\n"):
            keeps_lines = paragraph.partition("\n")[0].endswith(":")
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(f"\b\n{paragraph}" if keeps_lines else paragraph)


class QuestionCommand(Command):
    """Takes an argument with a space in it as the question even when that begins with a minus: "-draft who signed?"."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [param for param in self.params if isinstance(param, click.Option)]
        with_value = {name for option in options if not (option.is_flag or option.count) for name in option.opts}
        known = args[: args.index("--")] if "--" in args else args
        for position, (before, argument) in enumerate(zip(["", *known], known, strict=False)):
            if re.match(r"-[^-].*\s", argument, re.DOTALL) and before not in with_value:
                args = [*args[:position], *args[position + 1 :], "--", argument]
                break
        return super().parse_args(ctx, args)
