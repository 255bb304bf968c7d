from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from tests.evaluate.making import reply

from quoth.evaluate.plots import save_plots
from quoth.evaluate.report import Run, evaluation_of

NAMES = ["hit_at_k.png", "risk_coverage.png", "reliability.png"]
FIRST = tuple(reply(1 + line % 3, 0.05 * line, line=line, answerable=line % 4 > 0) for line in range(20))
SECOND = tuple(reply(1 + line % 5, 0.05 * line, line=line, answerable=line % 4 > 0) for line in range(20))


def test_two_runs_can_be_told_apart_without_colours(tmp_path: Path) -> None:
    one = save_plots(tmp_path, evaluation_of([Run("", FIRST)]).reports)
    assert [path.name for path in one] == NAMES
    alone = [grey(path) for path in one]
    both = [grey(path) for path in save_plots(tmp_path, evaluation_of([Run("a", FIRST), Run("b", SECOND)]).reports)]
    assert all(image.shape == (736, 1024) for image in (*alone, *both))
    assert all(((image > 90) & (image < 160)).sum() > 300 for image in both)  # the second run's lighter ink
    assert all((image < 80).sum() > 300 for image in both)  # the first run's dark one


def test_equal_figures_make_equal_files(tmp_path: Path) -> None:
    reports = evaluation_of([Run("", FIRST)]).reports
    first = [path.read_bytes() for path in save_plots(tmp_path, reports)]
    assert first == [path.read_bytes() for path in save_plots(tmp_path, reports)]


def test_without_answerable_questions_there_is_no_plot_of_ranks(tmp_path: Path) -> None:
    unanswerable = tuple(reply(None, 0.1 * line, line=line, answerable=False) for line in range(5))
    paths = save_plots(tmp_path, evaluation_of([Run("", unanswerable)]).reports)
    assert [path.name for path in paths] == NAMES[1:]


def grey(path: Path) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    return np.asarray(Image.open(path).convert("L"))
