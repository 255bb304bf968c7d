"""`quoth ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from quoth.cli.command import QuestionCommand
from quoth.cli.exits import INCOMPLETE, OK
from quoth.cli.options import with_cross_encoder, with_library
from quoth.cli.output import is_styled, print_result
from quoth.records import Verdict
from quoth.render import answer_json, answer_markdown, answer_text

if TYPE_CHECKING:
    from quoth.library import Library
    from quoth.records import Answer

Form = Literal["json", "markdown"]


class Wanted(TypedDict):
    """Options that `Library.ask` takes as they are."""

    k: int
    per_document: int | None
    sources: tuple[str, ...]
    drop: tuple[str, ...]


@click.command(cls=QuestionCommand, short_help="Answer a question with passages and citations.")
@click.argument("question")
@click.option("-k", default=5, show_default=True, metavar="N", help="Show at most N passages.")
@click.option(
    "--per-document",
    type=int,
    metavar="N",
    help="At most N of one document.  [default: as the settings say, else no limit]",
)
@click.option(
    "--source", "sources", multiple=True, metavar="PATTERN", help='Ask only these documents: "*.pdf", "letters/*".'
)
@click.option(
    "--after", multiple=True, metavar="QUESTION", help="An earlier question that this one goes on from; oldest first."
)
@click.option(
    "--drop",
    multiple=True,
    metavar="TERM",
    help="Take no such term over from an earlier question; let these words name no document.",
)
@with_cross_encoder
@click.option("--json", "form", flag_value="json", help="JSON: the answer with all citations.")
@click.option("--markdown", "form", flag_value="markdown", help="Markdown, to paste into a text.")
@with_library
def ask(library: Library, *, question: str, after: tuple[str, ...], form: Form | None, **wanted: Unpack[Wanted]) -> int:
    """Answer QUESTION with passages of the documents, word for word, best first, each with its citation.

    The sentence that answers best is bold on a terminal; elsewhere ">" marks it in the margin.
    Passages that say the same are shown once, with the places where they also stand; neighbours are shown as one.
    It also says what was searched, and which files could not be read.

    Words in quotation marks must stand in a passage as they are, in that order; upper and lower case, line breaks and
    the shapes of quotation marks and dashes make no difference. -word and -"some words" leave out every passage in
    which they stand. A minus before a digit is a minus sign: leave out a number with -"5".
    Put the whole question in single quotes for the shell; type an apostrophe in it as ’.

    A question may name a document first: "Consider the lease between Ruiz and Ode; who pays for repairs?" Where it is
    clear which is meant, that one is asked for the rest alone. It is said which; --drop with its words asks all.

    After an earlier question, one that leans on it ("and in May?", "where was she born?") is searched with words of
    that question and with the title of the document that answered it. It is said which; --drop leaves one out.

    Example:
      quoth ask "Where did the last phone call come from?"
      quoth ask 'Who signed "the treaty of Lisbon" -draft'
      quoth ask -- '-draft "the treaty of Lisbon"'
      quoth ask "Where was she born?" --after "Who was Anna Maria Weber?"
      quoth ask "Who signed?" --source "contracts/*" -k 3 --json > answer.json

    Exit codes:
      0  the first passage answers
      1  error, such as: no index yet, no document matches PATTERN
      3  not answered: only the closest passages are shown, or nothing was found

    """
    history: list[Answer] = []
    for earlier in after:
        history.append(library.ask(earlier, sources=wanted["sources"], history=tuple(history)))
    answer = library.ask(question, history=history, **wanted)
    if form == "json":
        print_result(answer_json(answer))
    elif form == "markdown":
        print_result(answer_markdown(answer, library.folder))
    else:
        print_result(answer_text(answer, library.folder, styled=is_styled()))
    return OK if answer.verdict is Verdict.ANSWERS else INCOMPLETE
