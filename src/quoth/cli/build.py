"""`quoth build`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quoth.cli.command import Command
from quoth.cli.exits import INCOMPLETE, INTERRUPTED, OK
from quoth.cli.interrupts import was_interrupted
from quoth.cli.options import with_library
from quoth.cli.output import print_result
from quoth.cli.progress import showing_progress
from quoth.errors import QuothError
from quoth.render import build_json, build_text

if TYPE_CHECKING:
    from quoth.library import Library


@click.command(cls=Command, short_help="Read a folder of documents into the index.")
@click.argument("folder", required=False)
@click.option(
    "--all", "rebuild_all", is_flag=True, help="Read and embed everything anew. The old index serves until then."
)
@click.option(
    "--wait",
    "wait_s",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="SECONDS",
    help="Wait so long for another build to end.  [default: 0]",
)
@click.option("--json", "as_json", is_flag=True, help="JSON: the report.")
@with_library
def build(library: Library, *, folder: str | None, rebuild_all: bool, wait_s: float, as_json: bool) -> int:
    """Bring the index up to date with FOLDER (default: that of the settings, else "seeds").

    Only what is new or changed is read and embedded; what is gone from the folder leaves the index. Files that cannot
    be read are listed with the reason. Stopping loses nothing: the next build goes on where this one was.

    Example:
      quoth build letters/
      quoth build --all --embeddings /tmp/index

    Exit codes:
      0    every file of the folder is in the index
      1    error; the index is as it was
      3    done, but some files could not be read, or not wholly
      130  stopped with Ctrl-C; what was done so far is kept

    """
    try:
        with showing_progress() as on_progress:
            report = library.build(folder, on_progress=on_progress, rebuild_all=rebuild_all, wait_s=wait_s)
    except (KeyboardInterrupt, QuothError, OSError, RuntimeError, ValueError) as error:
        if not was_interrupted(error):
            raise
        click.echo("quoth: stopped; what was done so far is kept, run `quoth build` again to go on", err=True)
        return INTERRUPTED
    print_result(build_json(report) if as_json else build_text(report))
    return INCOMPLETE if report.skipped else OK
