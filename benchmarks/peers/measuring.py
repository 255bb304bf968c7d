"""One set: every system makes its index, then all of them are asked each question in turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from benchmarks.peers.systems import Indexed, Reply, System
from benchmarks.peers.worker import WorkerError
from benchmarks.results import Cell
from benchmarks.sets import Question, QuestionSet
from benchmarks.timing import take_turns
from quoth.evaluate.scoring import measure

MEASURES = ("hit@1", "hit@3", "hit@5", "MRR@10", "R@500", "R@1000", "R@2000")


def measure_set(
    systems: Mapping[str, System],
    questions: QuestionSet,
    asked: Iterable[Question],
    say: Callable[[str], None],
) -> dict[str, dict[str, Cell]]:
    """Cells of the table by name of the system. One that fails is told to `say` and left out."""
    indexed: dict[str, Indexed] = {}
    for name, system in systems.items():
        say(f"{questions.name}: {name} makes its index")
        try:
            indexed[name] = system.index(questions)
        except (WorkerError, ValueError) as error:
            say(f"{questions.name}: {name} is left out: {error}")
    replies = _ask_in_turns({name: systems[name] for name in indexed}, asked, say)
    return {name: _cells(indexed[name], of_one) for name, of_one in replies.items()}


def _ask_in_turns(
    systems: Mapping[str, System], asked: Iterable[Question], say: Callable[[str], None]
) -> dict[str, list[Reply]]:
    """A busy moment of the machine falls on all: which system begins moves on from question to question."""
    replies: dict[str, list[Reply]] = {name: [] for name in systems}
    for number, question in enumerate(asked):
        names = list(replies)
        for name in [names[position] for position in take_turns(len(names), number)]:
            try:
                replies[name].append(systems[name].ask(question))
            except (WorkerError, ValueError) as error:
                say(f"{name} is left out: {error}")
                del replies[name]
    return replies


def _cells(indexed: Indexed, replies: Sequence[Reply]) -> dict[str, Cell]:
    lengths = [length for reply in replies for length in reply.lengths]
    measures = measure([reply.outcome for reply in replies])
    return {
        "questions": len(replies),
        **{name: measures[name] for name in MEASURES},
        "ms a question": float(1000 * np.median([reply.seconds for reply in replies])),
        "seconds to index": indexed.seconds,
        "passages": indexed.passages,
        "characters shown": float(np.mean(lengths)) if lengths else 0.0,
    }
