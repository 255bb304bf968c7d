"""The group of commands, and what every error and every interruption becomes: one line and an exit code."""

from __future__ import annotations

import click

from quoth.cli.ask import ask
from quoth.cli.build import build
from quoth.cli.calibrate import calibrate
from quoth.cli.command import Command
from quoth.cli.eval import evaluate
from quoth.cli.exits import ERROR, INTERRUPTED
from quoth.cli.interrupts import was_interrupted
from quoth.cli.mentions import mentions
from quoth.cli.serve import serve
from quoth.cli.status import status
from quoth.cli.table import table
from quoth.cli.verify import verify
from quoth.errors import QuothError
from quoth.render import visible


class Commands(Command, click.Group):
    """Refuses arguments that are not text, and turns errors into one line on stderr."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for argument in args:
            if any("\ud800" <= character <= "\udfff" for character in argument):
                raise click.UsageError(f"the argument {visible(argument)} is not valid UTF-8; set a UTF-8 locale", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click ends quietly
        except (KeyboardInterrupt, QuothError, OSError) as error:
            if was_interrupted(error):
                click.echo("quoth: stopped", err=True)
                ctx.exit(INTERRUPTED)
            click.echo(f"quoth: {' '.join(visible(str(error)).split())}", err=True)
            ctx.exit(ERROR)


_COMMANDS = (build, ask, table, mentions, serve, status, verify, evaluate, calibrate)


@click.group(
    cls=Commands,
    commands={
        command.name or "": command
        for command in (build, ask, table, mentions, serve, status, verify, evaluate, calibrate)
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="quoth", message="%(prog)s %(version)s")
def cli() -> None:
    """Ask a folder of documents a question; get back the passages that answer it, word for word, each with a citation
    that can be checked. Nothing is generated, nothing leaves this machine.

    Example:
      quoth build letters/            read the documents
      quoth ask "Who wrote in May?"   ask them here
      quoth serve                     ask them in the browser

    Options can also stand in a file quoth.toml in the working folder.

    Exit codes of all commands:
      0    done
      1    error, told in one line
      2    wrong usage
      130  stopped with Ctrl-C
    Some commands have more; see their --help.

    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    cli.main(args=arguments, prog_name="quoth")
