"""`quoth eval`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from quoth.cli.asking import ask_questions, is_any_lost, read_question_file
from quoth.cli.command import Command
from quoth.cli.exits import INCOMPLETE, OK
from quoth.cli.options import open_library, with_library
from quoth.cli.output import print_result
from quoth.evaluate.settings import check_comparable, check_same_documents, read_assignments
from quoth.settings import Settings

if TYPE_CHECKING:
    from quoth.evaluate.report import Evaluation, Run
    from quoth.library import Library


@click.command(name="eval", cls=Command, short_help="Measure how well your own questions are answered.")
@click.argument("file", metavar="QUESTIONS.jsonl", type=click.File("rb"))
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write questions.csv, evaluation.json and three plots (PNG) there.",
)
@click.option(
    "--compare",
    "other_config",
    type=click.Path(exists=True, dir_okay=False),
    metavar="PATH",
    help="Compare with this file of settings.",
)
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="NAME=VALUE",
    help="Compare with the same settings but for this one. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON: all figures.")
@with_library
def evaluate(
    library: Library,
    *,
    file: BinaryIO,
    output: Path | None,
    other_config: str | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> int:
    """Ask every question of QUESTIONS.jsonl and tell how often the answer is found, how soon, and whether the verdicts
    can be trusted, with 95 % intervals.

    A line of the file is a JSON object: {"question": "Who signed?", "quote": "signed by Anna Weber"}.
    All it can hold: docs/reference/questions.md. "-" is stdin.
    With --compare or --set, the questions are asked twice, and it tells whether the difference is more than chance.

    Example:
      quoth eval questions.jsonl --output evaluation/
      quoth eval questions.jsonl --set rerank=false

    Exit codes:
      0  every question was asked
      1  error, such as: a line of the file cannot be used
      3  some questions were not asked, because their answer does not stand where the file says

    """
    from quoth.evaluate.report import Run, evaluation_of
    from quoth.evaluate.writing import evaluation_json, evaluation_text, remarks

    written = read_question_file(file)
    other = _other_settings(library.settings, other_config, assignments)
    runs = [Run("as set" if other else "", ask_questions(library, written))]
    if other is not None:
        with open_library(other) as second:
            check_same_documents(library.documents(), second.documents())
            runs.append(Run(other_config or ", ".join(assignments), ask_questions(second, written)))
    for line in remarks(runs[0].replies):
        click.echo(line, err=True)
    evaluation = evaluation_of(runs)
    if output is not None:
        _write(output, evaluation, runs)
    print_result(evaluation_json(evaluation, runs) if as_json else evaluation_text(evaluation))
    return INCOMPLETE if is_any_lost(runs[0].replies) else OK


def _other_settings(settings: Settings, config: str | None, assignments: Sequence[str]) -> Settings | None:
    """What to compare with; None when nothing is to be compared."""
    if not config and not assignments:
        return None
    if config and assignments:
        raise click.UsageError("give --compare or --set, not both")
    other = Settings.load(config) if config else settings.changed(**read_assignments(assignments))
    check_comparable(settings, other)
    return other


def _write(folder: Path, evaluation: Evaluation, runs: Sequence[Run]) -> None:
    from quoth.evaluate.plots import save_plots
    from quoth.evaluate.writing import evaluation_json, questions_csv

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "questions.csv").write_text(questions_csv(runs), encoding="utf-8")
    (folder / "evaluation.json").write_text(evaluation_json(evaluation, runs) + "\n", encoding="utf-8")
    save_plots(folder, evaluation.reports)
    click.echo(f"written: {folder}", err=True)
