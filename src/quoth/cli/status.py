"""`quoth status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quoth.cli.command import Command
from quoth.cli.exits import OK
from quoth.cli.options import with_library
from quoth.cli.output import print_result
from quoth.render import status_json, status_text

if TYPE_CHECKING:
    from quoth.library import Library


@click.command(cls=Command, short_help="What the index holds.")
@click.option("--documents", "with_documents", is_flag=True, help="List every document.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@with_library
def status(library: Library, *, with_documents: bool, as_json: bool) -> int:
    """Tell what the index holds: documents, passages, languages, model and size; which files could not be read and
    why; and which were added, changed or removed in the folder since the last build.

    Example:
      quoth status --documents
      quoth status --json

    Exit codes:
      0  there is an index
      1  error, such as: nothing was built yet

    """
    found = library.status()
    documents = library.documents() if with_documents else None
    print_result(status_json(found, documents) if as_json else status_text(found, documents))
    return OK
