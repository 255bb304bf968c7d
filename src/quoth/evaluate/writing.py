"""An evaluation as text, as JSON and as a table with a row for each question. Strings out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from quoth.evaluate.asking import Reply
from quoth.evaluate.gold import LostQuestion
from quoth.evaluate.intervals import Interval
from quoth.evaluate.report import MEANINGS, Evaluation, Report, Run
from quoth.render.visible import one_line
from quoth.render.words import count

FORMAT = "quoth.evaluation/1"

COLUMNS = (
    "settings", "line", "id", "question", "answerable", "found", "rank", "characters_read", "highlighted",
    "verdict", "probability",
    "citation", "source", "start", "end", "note", "not_asked",
)  # fmt: skip


def evaluation_text(evaluation: Evaluation) -> str:
    """Every figure with its interval and what it means; two runs side by side, with their differences."""
    first = evaluation.reports[0]
    lines = [
        f"{count(first.answerable, 'answerable question')}, {first.unanswerable:,} not answerable. "
        "In brackets: 95 % bootstrap intervals.",
        "",
    ]
    if len(evaluation.reports) == 1:
        lines += [f"{name:8} {value!s:22} {MEANINGS[name]}" for name, value in first.measures.items()]
        return "\n".join([*lines, "", *_certainty_lines(first)])
    lines += _side_by_side(evaluation)
    for letter, report in zip("AB", evaluation.reports, strict=True):
        lines += ["", f"{letter}, {one_line(report.label)}:", *_certainty_lines(report)]
    return "\n".join(lines)


def remarks(replies: Iterable[Reply | LostQuestion]) -> Iterator[str]:
    """A line for each question that was not asked, or whose document has changed."""
    for reply in replies:
        if isinstance(reply, LostQuestion):
            yield f"line {reply.written.line}, not asked: {one_line(reply.reason)}"
        elif reply.note:
            yield f"line {reply.written.line}: {one_line(reply.note)}"


def evaluation_json(evaluation: Evaluation, runs: Sequence[Run]) -> str:
    """`runs`: for the questions that were not asked."""
    lost = {reply.written: reply for run in runs for reply in run.replies if isinstance(reply, LostQuestion)}
    form = {
        "format": FORMAT,
        "reports": [_report(report) for report in evaluation.reports],
        "differences": {
            name: {**asdict(value), "is_distinguishable": value.excludes_zero}
            for name, value in evaluation.differences.items()
        },
        "not_asked": [{"line": one.line, "id": one.id, "reason": reply.reason} for one, reply in lost.items()],
    }
    return json.dumps(form, indent=2, allow_nan=False)


def questions_csv(runs: Sequence[Run]) -> str:
    """A row for each question of each run, with a head row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for run in runs:
        writer.writerows({"settings": run.label, **_row(reply)} for reply in run.replies)
    return text.getvalue()


def _side_by_side(evaluation: Evaluation) -> Iterator[str]:
    first, second = evaluation.reports
    yield f"{'':8} {'A: ' + one_line(first.label):22} {'B: ' + one_line(second.label):22} B - A"
    for name, difference in evaluation.differences.items():
        words = _in_words(difference)
        yield f"{name:8} {first.measures[name]!s:22} {second.measures[name]!s:22} {_signed(difference)}  {words}"


def _certainty_lines(report: Report) -> Iterator[str]:
    if report.highlighted is not None:
        yield f"highlighted {report.highlighted}: of short answers in a shown passage, those that a highlight holds"
    if report.said_answers is not None:
        yield f"“answers” is said to {_percent(report.said_answers)} of the questions"
    if report.wrong_answers is not None:
        yield f"wrong among those: {_percent(report.wrong_answers)}"
    for kind, shares in report.verdicts.items():
        yield f"{kind}: " + ", ".join(f"{share:.0%} {verdict.label}" for verdict, share in shares.items())
    if report.auroc is not None:
        yield f"AUROC {report.auroc}: chance that a right first passage has a higher probability than a wrong one"
    yield f"calibration error {report.calibration_error:.3f}: mean distance of the probability from what was right"


def _in_words(difference: Interval) -> str:
    if not difference.excludes_zero:
        return "cannot be told apart with these questions"
    return f"B is {'better' if difference.value > 0 else 'worse'}, by more than chance would explain"


def _signed(interval: Interval) -> str:
    return f"{interval.value:+.3f} ({interval.low:+.3f} to {interval.high:+.3f})"


def _percent(interval: Interval) -> str:
    return f"{100 * interval.value:.0f} % ({100 * interval.low:.0f}-{100 * interval.high:.0f} %)"


def _report(report: Report) -> dict[str, object]:
    return {**asdict(report), "calibration_error": report.calibration_error}


def _row(reply: Reply | LostQuestion) -> dict[str, object]:
    written = reply.written
    asked = {
        "line": written.line,
        "id": written.id,
        "question": written.text,
        "answerable": _yes_no(written.is_answerable),
    }
    if isinstance(reply, LostQuestion):
        return {**asked, "not_asked": reply.reason}
    cited = reply.first
    place = {"citation": cited.label, "source": cited.source, "start": cited.start, "end": cited.end} if cited else {}
    return {
        **asked,
        "found": _yes_no(reply.outcome.rank is not None) if written.is_answerable else "",
        "rank": reply.outcome.rank,
        "characters_read": reply.outcome.characters,
        "highlighted": "" if reply.is_highlighted is None else _yes_no(reply.is_highlighted),
        "verdict": reply.verdict.value,
        "probability": f"{reply.probability:.4f}",
        "note": reply.note,
        **place,
    }


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"
