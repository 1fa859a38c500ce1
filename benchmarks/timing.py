"""Taking turns with the clock."""

import gc
import time
from collections.abc import Callable
from statistics import median

Work = Callable[[], object]


def milliseconds(work: Work) -> float:
    """How long one call takes; the garbage collector waits."""
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        work()
        return (time.perf_counter() - begun) * 1000
    finally:
        gc.enable()


SECONDS = 4.0
FEWEST_ROUNDS = 3


def in_turn(*works: Work, rounds: int, warm: bool = True) -> list[float]:
    """The median of each, one call of each per round, every second round backwards: what disturbs the machine disturbs
    all of them alike. On a slow machine the rounds end after four seconds, but not before the third.
    """
    if warm:
        for work in works:
            work()
    times: list[list[float]] = [[] for _ in works]
    deadline = time.monotonic() + SECONDS
    for turn in range(rounds):
        if turn >= FEWEST_ROUNDS and time.monotonic() > deadline:
            break
        order = range(len(works)) if turn % 2 == 0 else reversed(range(len(works)))
        for place in order:
            times[place].append(milliseconds(works[place]))
    return [median(each) for each in times]
