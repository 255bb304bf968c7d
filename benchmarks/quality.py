"""How often the answer is found, and how well Quoth tells when there is none."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from benchmarks.results import Cell, Row, Table
from benchmarks.sets import MissingDataError, Question, QuestionSet, load_set, read_texts, sample
from benchmarks.workspace import Workspace, open_library
from quoth.evaluate.abstention import most_coverage, risk_coverage
from quoth.evaluate.intervals import auroc_interval, mean_interval
from quoth.evaluate.scoring import (
    WHOLE_UP_TO,
    Outcome,
    Place,
    highlights_answer,
    is_hit,
    measure,
    places_of,
    score_answer,
)
from quoth.library import Library
from quoth.records import Verdict

QUALITY = "Quality"
VERDICTS = "Verdicts"
SEPARATION = "Telling answers from non-answers"
RISK = "Questions answered at a given risk"

SHOWN = 20
"""Passages asked for: enough to fill the largest number of characters that is scored."""
ABSTENTION_SET = "squad2_dev"
FOREIGN_SET = "chroma_chunking"
"""Its questions are about other documents than those of ABSTENTION_SET."""
RISKS = (0.05, 0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one question got."""

    outcome: Outcome
    probability: float
    verdict: Verdict
    marks_the_answer: bool | None = None
    """Of the first passage that covers a short answer: whether a highlight holds it. None when there is none."""


def measure_set(workspace: Workspace, name: str) -> Iterator[Table]:
    """The set's row of the quality table, and for ABSTENTION_SET how it fares with questions that nothing answers."""
    questions = load_set(workspace.data, name)
    index, report = workspace.build(questions)
    texts = read_texts(questions.documents)
    with open_library(index) as library:
        answerable = ask_all(library, questions, sample(questions.answerable, workspace.limit), texts)
        yield _quality_table(name, answerable, report.passages)
        if name == ABSTENTION_SET:
            unanswerable = ask_all(library, questions, sample(questions.unanswerable, workspace.limit), texts)
            foreign = ask_all(library, questions, _foreign_questions(workspace), texts)
            yield from abstention_tables(answerable, unanswerable, foreign)


def ask_all(
    library: Library, asked_of: QuestionSet, questions: Sequence[Question], texts: Mapping[str, str]
) -> tuple[Reply, ...]:
    """One reply for each question. Raises ValueError for a passage that is not a slice of its file."""
    with click.progressbar(questions, label=f"asking {asked_of.name}", file=sys.stderr) as bar:
        return tuple(_ask(library, question, texts, is_scoped=asked_of.is_scoped) for question in bar)


def _ask(library: Library, question: Question, texts: Mapping[str, str], *, is_scoped: bool) -> Reply:
    sources = [glob.escape(source) for source in question.sources] if is_scoped else []
    answer = library.ask(question.text, k=SHOWN, sources=sources)
    places = places_of(answer)
    check_slices(places, [hit.passage.text for hit in answer.hits], texts)
    outcome = score_answer(answer, question.golds)
    marks = highlights_answer(answer, outcome, question.golds)
    return Reply(outcome, answer.probability, answer.verdict, marks)


def check_slices(places: Sequence[Place], quotes: Sequence[str], texts: Mapping[str, str]) -> None:
    """Raise ValueError when a quote is not what stands at its place in the file: offsets would mean nothing."""
    for place, quote in zip(places, quotes, strict=True):
        if place.span.of(texts[place.source]) != quote:
            raise ValueError(f"{place.source} {place.span.start}-{place.span.end} is not {quote!r}")


def _foreign_questions(workspace: Workspace) -> tuple[Question, ...]:
    try:
        return sample(load_set(workspace.data, FOREIGN_SET).questions, workspace.limit)
    except MissingDataError as error:
        workspace.say(f"no questions about other documents: {error}")
        return ()


def _quality_table(name: str, replies: Sequence[Reply], passages: int) -> Table:
    measures: dict[str, Cell] = dict(measure([reply.outcome for reply in replies]))
    marked = [float(reply.marks_the_answer) for reply in replies if reply.marks_the_answer is not None]
    if marked:
        measures["highlighted"] = mean_interval(marked)
    return Table(
        QUALITY,
        "Answerable questions, each asked of all documents of the set; policyqa_dev of the question's own document. "
        f"Ranges hold 95 % of bootstrap resamples of the questions. {SHOWN} passages were asked for. Highlighted: "
        f"given a passage that holds a gold answer of at most {WHOLE_UP_TO} characters, a highlight holds it.",
        (Row(name, {"passages": passages, "questions": len(replies)} | measures),),
    )


def abstention_tables(
    answerable: Sequence[Reply], unanswerable: Sequence[Reply], foreign: Sequence[Reply]
) -> tuple[Table, ...]:
    """Verdicts and probabilities of the three kinds of questions; a kind without questions is left out."""
    kinds = {
        "answerable, first passage answers": [reply for reply in answerable if is_hit(reply.outcome, 1)],
        "answerable, first passage does not": [reply for reply in answerable if not is_hit(reply.outcome, 1)],
        "unanswerable, same topics": unanswerable,
        "about other documents": foreign,
    }
    return (
        Table(
            VERDICTS,
            f"Share of each verdict on {ABSTENTION_SET}. Unanswerable: not answered by the paragraph it was written "
            f"for. About other documents: the questions of {FOREIGN_SET}. Ranges hold 95 % of bootstrap resamples.",
            tuple(_verdict_row(kind, replies) for kind, replies in kinds.items() if replies),
        ),
        Table(
            SEPARATION,
            f"AUROC of the answer's probability on {ABSTENTION_SET}: the chance that the first kind gets a higher one. "
            "Ranges hold 95 % of bootstrap resamples of both kinds.",
            tuple(_separation_rows(answerable, unanswerable, foreign)),
        ),
        Table(
            RISK,
            "Largest share of the questions that are answered when at most this share of the answers is wrong, answers "
            "given from the highest probability down. Right: the first passage covers the answer.",
            tuple(_risk_rows(answerable, unanswerable)),
        ),
    )


def _verdict_row(kind: str, replies: Sequence[Reply]) -> Row:
    cells: dict[str, Cell] = {"questions": len(replies)}
    for verdict in Verdict:
        cells[verdict.label] = mean_interval([float(reply.verdict is verdict) for reply in replies])
    cells["mean probability"] = mean_interval([reply.probability for reply in replies])
    return Row(kind, cells)


def _separation_rows(
    answerable: Sequence[Reply], unanswerable: Sequence[Reply], foreign: Sequence[Reply]
) -> Iterator[Row]:
    right = [reply for reply in answerable if is_hit(reply.outcome, 1)]
    wrong = [reply for reply in answerable if not is_hit(reply.outcome, 1)]
    pairs = {
        "answerable / unanswerable, same topics": (answerable, unanswerable),
        "answerable / about other documents": (answerable, foreign),
        "first passage answers / does not, answerable": (right, wrong),
        "first passage answers / does not, with unanswerable": (right, [*wrong, *unanswerable]),
    }
    for name, (positives, negatives) in pairs.items():
        if positives and negatives:
            probabilities = ([reply.probability for reply in kind] for kind in (positives, negatives))
            yield Row(name, {"AUROC": auroc_interval(*probabilities)})


def _risk_rows(answerable: Sequence[Reply], unanswerable: Sequence[Reply]) -> Iterator[Row]:
    for name, replies in (
        ("answerable", answerable),
        ("answerable and unanswerable", [*answerable, *unanswerable]),
    ):
        points = risk_coverage(
            [reply.probability for reply in replies], [is_hit(reply.outcome, 1) for reply in replies]
        )
        cells: dict[str, Cell] = {"questions": len(replies)}
        for risk in RISKS:
            point = most_coverage(points, risk)
            cells[f"risk {risk:.0%}"] = point.coverage if point else 0.0
        cells["risk when all are answered"] = points[-1].risk
        yield Row(name, cells)
