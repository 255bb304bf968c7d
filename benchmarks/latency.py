"""How long one question takes, everything included, beside embedding it and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from benchmarks.results import Row, Table
from benchmarks.sets import load_set, sample
from benchmarks.timing import seconds_of, take_turns
from benchmarks.workspace import Workspace, open_library
from quoth.embed import find_model
from quoth.settings import Settings

LATENCY = "Time of one question"

QUESTIONS = 200
WARM_UP = 10
TEXT_SET = "squad2_dev"


def measure_latency(workspace: Workspace) -> Iterator[Table]:
    """The same questions asked in three ways in turns."""
    from sentence_transformers import SentenceTransformer

    questions = load_set(workspace.data, TEXT_SET)
    index, report = workspace.build(questions)
    asked = sample(questions.answerable, min(QUESTIONS, workspace.limit or QUESTIONS))
    plain = SentenceTransformer(find_model(Settings().model).location, device="cpu")
    with open_library(index) as library, open_library(index, Settings(rerank=False)) as quick:
        ways: dict[str, Callable[[str], object]] = {
            "bare embedding": plain.encode,
            "ask": library.ask,
            "ask without late interaction": quick.ask,
        }
        workspace.say(f"asking {len(asked)} questions in {len(ways)} ways")
        times = time_ways(list(ways.values()), [question.text for question in asked])
    bare = float(np.median(times[0]))
    yield Table(
        LATENCY,
        f"{len(asked)} questions of {TEXT_SET} ({report.passages:,} passages), one after the other, in turns with "
        f"`SentenceTransformer(model).encode(question)`; the first {WARM_UP} of each are asked before and not counted.",
        tuple(Row(name, summarise(seconds, bare)) for name, seconds in zip(ways, times, strict=True)),
    )


def time_ways(ways: Sequence[Callable[[str], object]], questions: Sequence[str]) -> list[list[float]]:
    """Seconds of each way for each question, after a warm-up; which one begins moves on from question to question."""
    for way in ways:
        for question in questions[:WARM_UP]:
            way(question)
    times: list[list[float]] = [[] for _ in ways]
    for number, question in enumerate(questions):
        for position in take_turns(len(ways), number):
            times[position].append(seconds_of(partial(ways[position], question)))
    return times


def summarise(seconds: Sequence[float], bare_median_s: float) -> dict[str, float]:
    p50, p95 = np.percentile(np.asarray(seconds), [50, 95])
    return {
        "p50 ms": float(1000 * p50),
        "p95 ms": float(1000 * p95),
        "p50 beside the bare embedding": float(p50 / bare_median_s),
    }
