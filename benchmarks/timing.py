"""Wall-clock times of calls that take turns, so that a busy moment of the machine falls on all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

Call = Callable[[], object]


def seconds_of(call: Call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def alternate(calls: Sequence[Call], rounds: int) -> list[list[float]]:
    """Seconds of each call in each round. Which one begins moves on by one from round to round."""
    times: list[list[float]] = [[] for _ in calls]
    for number in range(rounds):
        for position in take_turns(len(calls), number):
            times[position].append(seconds_of(calls[position]))
    return times


def take_turns(count: int, round_number: int) -> list[int]:
    """Positions 0 to count-1, beginning with another one in each round."""
    return [(round_number + offset) % count for offset in range(count)]
