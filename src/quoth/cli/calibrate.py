"""`quoth calibrate`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from quoth.cli.asking import ask_questions, is_any_lost, read_question_file
from quoth.cli.command import Command
from quoth.cli.exits import INCOMPLETE, OK
from quoth.cli.options import with_uncalibrated_library
from quoth.cli.output import print_result

if TYPE_CHECKING:
    from quoth.library import Library

PASSAGES = 5
"""As many as are shown when nothing else is said: what stands in the first of them depends on it."""


@click.command(cls=Command, short_help="Fit the verdicts to your documents and model.")
@click.argument("file", metavar="QUESTIONS.jsonl", type=click.File("rb"))
@click.option(
    "--risk",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.10,
    show_default=True,
    help='Of what is said to "answer", so much may be wrong.',
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("calibration.json"),
    show_default=True,
    metavar="PATH",
    help="Where to write the calibration.",
)
@with_uncalibrated_library
def calibrate(library: Library, *, file: BinaryIO, risk: float, output: Path) -> int:
    """Fit the probability that the first passage answers to the questions of QUESTIONS.jsonl, and choose from which
    one on it is said that it "answers".

    The file must hold at least 20 questions whose first passage answers, and 20 where it does not: mostly questions
    that the documents do not answer ("answerable": false), in about the share that is expected in use, since the
    threshold follows from it. All it can hold: docs/reference/questions.md. "-" is stdin.
    All figures are of questions that were not fitted on (5 folds).
    Name the file that it writes in quoth.toml: calibration = "calibration.json".

    Example:
      quoth calibrate questions.jsonl --risk 0.05

    Exit codes:
      0  the calibration is written
      1  error, such as: too few questions, or no threshold keeps the risk; nothing is written
      3  written, but some questions were not asked, because their answer does not stand where the file says

    """
    from quoth.evaluate.asking import Reply
    from quoth.evaluate.calibrating import fit_calibration
    from quoth.evaluate.calibration_text import fit_json, fit_text
    from quoth.evaluate.writing import remarks

    written = read_question_file(file)
    # Where nothing is found there is no first passage to learn from, so what would be withheld is shown.
    library.calibration = replace(library.calibration, closest_from=0.0)
    replies = ask_questions(library, written, k=PASSAGES)
    for line in remarks(replies):
        click.echo(line, err=True)
    fit = fit_calibration(
        [reply for reply in replies if isinstance(reply, Reply)], model=library.status().model, risk=risk
    )
    output.write_text(fit_json(fit), encoding="utf-8")
    print_result(fit_text(fit))
    click.echo(f"written: {output}", err=True)
    return INCOMPLETE if is_any_lost(replies) else OK
