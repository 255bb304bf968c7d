"""`quoth table`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from quoth.cli.command import Command
from quoth.cli.exits import INCOMPLETE, OK
from quoth.cli.options import with_library
from quoth.cli.output import print_result
from quoth.records import Verdict
from quoth.render import BYTE_ORDER_MARK, TABLE_COLUMNS, csv_lines, table_csv, table_json, table_text

if TYPE_CHECKING:
    from quoth.library import Library

Form = Literal["json", "csv"]
_AT_ONCE = 1_000


@click.command(cls=Command, short_help="Ask each document the same questions.")
@click.argument("questions", nargs=-1, required=True, metavar="QUESTION...")
@click.option("--in", "sources", multiple=True, metavar="PATTERN", help='Only these documents: "*.pdf", "letters/*".')
@click.option(
    "--page", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Which thousand of documents."
)
@click.option("--csv", "form", flag_value="csv", help="CSV: a line for each document and question.")
@click.option("--json", "form", flag_value="json", help="JSON: the answers with all citations.")
@with_library
def table(
    library: Library, *, questions: tuple[str, ...], sources: tuple[str, ...], page: int, form: Form | None
) -> int:
    """Ask each document each QUESTION by itself: its best passage, or that nothing was found.

    No document is left out, but for those that --in leaves out.

    At most 1,000 documents are asked at once, by path; --page 2 goes on from there.

    Example:
      quoth table "When does the contract end?" "Who may cancel it?" --in "contracts/*"
      quoth table "Who signed?" --csv > signed.csv

    Exit codes:
      0  at least one document answers
      1  error, such as: no index yet, no document matches PATTERN
      3  no document answers

    """
    offset = _AT_ONCE * (page - 1)
    answers = [library.ask_each(question, sources=sources, offset=offset, limit=_AT_ONCE) for question in questions]
    if form == "json":
        print_result(table_json(answers))
    elif form == "csv":
        print_result((BYTE_ORDER_MARK + csv_lines([TABLE_COLUMNS]) + table_csv(answers)).removesuffix("\n"))
    else:
        print_result(table_text(answers, library.folder))
    verdicts = {row.answer.verdict for answer in answers for row in answer.rows}
    return OK if Verdict.ANSWERS in verdicts else INCOMPLETE
