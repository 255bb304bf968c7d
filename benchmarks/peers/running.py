"""Which sets are to be asked of whom, and the run over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.machine import make_stamp
from benchmarks.peers.measuring import measure_set
from benchmarks.peers.report import is_measured, read_table, with_set, write_table
from benchmarks.peers.systems import System
from benchmarks.peers.worker import WorkerError
from benchmarks.results import Table
from benchmarks.sets import MissingDataError, Question, QuestionSet, load_set, sample

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A set, what is asked of it, and whom: names of systems."""

    questions: QuestionSet
    asked: tuple[Question, ...]
    systems: tuple[str, ...]


def plan(data: Path, names: Sequence[str], systems: Sequence[str], limit: int | None, say: Say) -> tuple[Job, ...]:
    """A job for each set; one that is missing is told to `say`."""
    jobs = []
    for name in names:
        try:
            questions = load_set(data, name)
        except MissingDataError as error:
            say(f"not measured: {error}")
            continue
        jobs.append(Job(questions, sample(questions.answerable, limit), tuple(systems)))
    return tuple(jobs)


def without_measured(jobs: Sequence[Job], table: Table) -> tuple[Job, ...]:
    """The jobs without systems whose row the table holds."""
    left = (
        replace(
            job,
            systems=tuple(
                system for system in job.systems if not is_measured(table, job.questions.name, system, len(job.asked))
            ),
        )
        for job in jobs
    )
    return tuple(job for job in left if job.systems)


def run(jobs: Sequence[Job], open_system: Callable[[str], System], output: Path, command: str, say: Say) -> None:
    """Measure one set after the other, saving after each. A system that cannot be opened is told to `say`."""
    with ExitStack() as stack:
        opened = _open_all(jobs, open_system, stack, say)
        for job in jobs:
            systems = {name: opened[name] for name in job.systems if name in opened}
            stamp = make_stamp(command)
            cells = measure_set(systems, job.questions, job.asked, say)
            versions = [stamp.versions, *(system.versions for system in systems.values())]
            stamp = replace(stamp, versions=", ".join(dict.fromkeys(", ".join(versions).split(", "))))
            write_table(output, with_set(read_table(output), job.questions.name, cells, stamp))


def _open_all(
    jobs: Sequence[Job], open_system: Callable[[str], System], stack: ExitStack, say: Say
) -> Mapping[str, System]:
    opened: dict[str, System] = {}
    for name in dict.fromkeys(name for job in jobs for name in job.systems):
        say(f"loading {name}")
        try:
            opened[name] = open_system(name)
        except WorkerError as error:
            say(f"{name} is left out: {error}")
            continue
        stack.callback(opened[name].close)
    return opened
