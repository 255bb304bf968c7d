"""`quoth mentions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from quoth.cli.command import QuestionCommand
from quoth.cli.exits import INCOMPLETE, OK
from quoth.cli.options import with_library
from quoth.cli.output import print_result
from quoth.render import BYTE_ORDER_MARK, MENTION_COLUMNS, csv_lines, mentions_csv, mentions_json, mentions_text

if TYPE_CHECKING:
    from quoth.library import Library

Form = Literal["json", "csv"]
_AT_ONCE = 1_000


@click.command(cls=QuestionCommand, short_help="List every passage that holds a phrase or words.")
@click.argument("text")
@click.option("--in", "sources", multiple=True, metavar="PATTERN", help='Only in these documents: "letters/*".')
@click.option(
    "--page", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Which thousand of passages."
)
@click.option("--csv", "form", flag_value="csv", help="CSV: a line for each passage.")
@click.option("--json", "form", flag_value="json", help="JSON: the passages with all citations.")
@with_library
def mentions(library: Library, *, text: str, sources: tuple[str, ...], page: int, form: Form | None) -> int:
    """List every passage that holds the "quoted phrases" of TEXT as they are, and all its other words in some form.

    Nothing is ranked or left out: passages come by document and in the order of the text, with counts by document.
    -word and -"some words" leave passages out, as in `quoth ask`. At most 1,000 are printed at once; --page 2 goes on.

    Example:
      quoth mentions '"treaty of Lisbon"'
      quoth mentions 'treaty signed -draft' --in "*.pdf" --csv > treaties.csv

    Exit codes:
      0  there are some
      1  error, such as: no index yet, no document matches PATTERN
      3  there are none

    """
    found = library.mentions(text, sources=sources, offset=_AT_ONCE * (page - 1), limit=_AT_ONCE)
    if form == "json":
        print_result(mentions_json(found))
    elif form == "csv":
        print_result((BYTE_ORDER_MARK + csv_lines([MENTION_COLUMNS]) + mentions_csv(found)).removesuffix("\n"))
    else:
        print_result(mentions_text(found, library.folder))
    return OK if found.total else INCOMPLETE
