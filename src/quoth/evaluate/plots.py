"""Three plots of up to four reports, as PNG: the only module that imports matplotlib. Readable without colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quoth.evaluate.intervals import share_interval
from quoth.evaluate.report import Report
from quoth.records import Verdict, shorten

DOTS_PER_INCH = 160
INK, QUIET, FAINT = "#222222", "#666666", "#dddddd"


@dataclass(frozen=True, slots=True)
class _Style:
    """Lines, marks and darkness differ: reports stay apart in grey, and one above the other."""

    colour: str
    line: str
    marker: str
    fill: str
    shift: float
    """Of bars, so that those of two reports do not hide each other."""


_STYLES = (
    _Style("#17406d", "-", "o", "#17406d", -0.008),
    _Style("#c8741a", "--", "s", "white", 0.008),
    _Style("#2a7f62", "-.", "^", "#2a7f62", -0.016),
    _Style("#8c3b7b", ":", "D", "white", 0.016),
)


def save_plots(folder: Path, reports: Sequence[Report]) -> tuple[Path, ...]:
    """Write hit_at_k.png, risk_coverage.png and reliability.png; one that has nothing to show is left out."""
    drawn: list[tuple[str, Callable[[Sequence[Report]], Any]]] = [
        ("risk_coverage.png", _draw_risk),
        ("reliability.png", _draw_reliability),
    ]
    if all(report.hits for report in reports):
        drawn.insert(0, ("hit_at_k.png", _draw_hits))
    paths = []
    for name, draw in drawn:
        draw(reports).savefig(folder / name, dpi=DOTS_PER_INCH, metadata={"Software": None})
        paths.append(folder / name)
    return tuple(paths)


# Any: matplotlib's own types end here.
def _draw_hits(reports: Sequence[Report]) -> Any:
    note = f"{reports[0].answerable:,} answerable questions; bands hold 95 % of bootstrap resamples"
    figure, axes = _figure("Is the answer among the first k passages?", note)
    for report, style in zip(reports, _STYLES, strict=False):
        ranks = range(1, len(report.hits) + 1)
        low, high = [hit.low for hit in report.hits], [hit.high for hit in report.hits]
        axes.fill_between(ranks, low, high, color=style.colour, alpha=0.15, linewidth=0)
        values = [hit.value for hit in report.hits]
        axes.plot(
            ranks,
            values,
            style.line,
            marker=style.marker,
            markersize=4.5,
            markerfacecolor=style.fill,
            color=style.colour,
            label=report.label,
        )
    axes.set(xlabel="passages read, k", ylabel="questions whose answer is among them (hit@k)")
    axes.set(xlim=(0.5, len(reports[0].hits) + 0.5), ylim=(0, 1.02))
    axes.set_xticks([1, 3, 5, 10, 15, 20])
    _finish(axes, percent="y", legend=len(reports) > 1)
    return figure


def _draw_risk(reports: Sequence[Report]) -> Any:
    names_marks = len(reports) <= 2  # of more, the legend would be longer than the picture
    note = "" if names_marks else f"; marks: where “{Verdict.ANSWERS.label}” is said"
    figure, axes = _figure("How often is a given answer wrong?", f"{_asked(reports)}{note}")
    for report, style in zip(reports, _STYLES, strict=False):
        coverage, risk = [point.coverage for point in report.risk], [point.risk for point in report.risk]
        axes.plot(coverage, risk, style.line, color=style.colour, label=_label(report) or "at every threshold")
        if report.said_answers is not None and report.wrong_answers is not None:
            label = f"{_label(report)}: " if report.label else ""
            axes.plot(
                report.said_answers.value, report.wrong_answers.value, style.marker, markersize=9, clip_on=False,
                color=style.colour, markerfacecolor=style.fill,
                label=f"{label}“{Verdict.ANSWERS.label}” is said" if names_marks else None,
            )  # fmt: skip
    highest = max(point.risk for report in reports for point in report.risk)
    axes.set(xlabel="questions answered, most certain first", ylabel="wrong among those answered")
    axes.set(xlim=(0, 1.01), ylim=(0, min(1.02, 1.15 * highest + 0.02)))
    _finish(axes, percent="xy", legend=True)
    return figure


def _draw_reliability(reports: Sequence[Report]) -> Any:
    note = f"{_asked(reports)}; bars: 95 % intervals"
    figure, axes = _figure("Can the probability be believed?", note)
    axes.plot([0, 1], [0, 1], ":", color=QUIET, linewidth=1, label="as often right as said")
    for report, style in zip(reports, _STYLES, strict=False):
        most = max(one.count for one in report.bins)
        said, right = [one.probability + style.shift for one in report.bins], [one.right for one in report.bins]
        ranges = [share_interval(one.right, one.count) for one in report.bins]
        axes.vlines(
            said, [r.low for r in ranges], [r.high for r in ranges], color=style.colour, alpha=0.5, linewidth=1.2
        )
        axes.scatter(
            said, right, s=[24 + 160 * one.count / most for one in report.bins], marker=style.marker, clip_on=False,
            facecolors=style.fill, edgecolors=style.colour, linewidths=1.3, zorder=3,
            label=_label(report) or "larger: more questions",
        )  # fmt: skip
    axes.set(xlabel="probability that the first passage answers, as said", ylabel="first passages that do answer")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    _finish(axes, percent="xy", legend=True)
    return figure


def _figure(title: str, note: str) -> tuple[Any, Any]:
    """Without pyplot, which would choose a window system and keep every figure."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 4.6), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(f"{title}\n", loc="left", color=INK, fontsize=12, fontweight="bold", pad=10)
    axes.text(0, 1.025, note, transform=axes.transAxes, fontsize=8.5, color=QUIET)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(QUIET)
    axes.tick_params(colors=QUIET, labelcolor=INK, labelsize=9)
    axes.grid(color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _finish(axes: Any, *, percent: str, legend: bool) -> None:
    from matplotlib.ticker import PercentFormatter

    axes.xaxis.label.set_color(INK)
    axes.yaxis.label.set_color(INK)
    for name in percent:
        getattr(axes, f"{name}axis").set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    if legend:  # outside, where no mark can be hidden
        axes.figure.legend(
            frameon=False,
            fontsize=9,
            loc="outside lower center",
            ncols=2 if len(axes.get_legend_handles_labels()[1]) == 4 else 3,
            labelcolor=INK,
        )


def _asked(reports: Sequence[Report]) -> str:
    """Of the questions; two reports are of the same ones, more are of several sets."""
    if len(reports) > 2:
        return "Answerable questions" if not any(report.unanswerable for report in reports) else "All questions"
    (first, *_) = reports
    return f"{first.answerable + first.unanswerable:,} questions, {first.unanswerable:,} not answerable"


def _label(report: Report) -> str:
    return shorten(report.label, 36)
