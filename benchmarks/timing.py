"""Taking turns with the clock."""

import gc
import time
from collections.abc import Callable
from statistics import median

Work = Callable[[], object]

SHORT = 20.0
"""Milliseconds below which another process's turn on the processor would be most of what is measured."""
SECONDS = 4.0
FEWEST_ROUNDS = 3


def milliseconds(work: Work) -> float:
    """How long one call takes. A short one is called three times and the best counts."""
    best = once(work)
    if best < SHORT:
        best = min(best, once(work), once(work))
    return best


def once(work: Work) -> float:
    """Milliseconds of one call, while the garbage collector waits."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        begun = time.perf_counter()
        work()
        return (time.perf_counter() - begun) * 1000
    finally:
        if was_on:
            gc.enable()


def in_turn(*works: Work, rounds: int, warm: bool = True) -> list[float]:
    """The median of each, one measurement of each per round, every second round backwards: what disturbs the machine
    disturbs all of them alike. On a slow machine the rounds end after four seconds, but not before the third.
    """
    if warm:
        for work in works:
            work()
    gc.collect()
    times: list[list[float]] = [[] for _ in works]
    deadline = time.monotonic() + SECONDS
    for turn in range(rounds):
        if turn >= FEWEST_ROUNDS and time.monotonic() > deadline:
            break
        order = range(len(works)) if turn % 2 == 0 else reversed(range(len(works)))
        for place in order:
            times[place].append(milliseconds(works[place]))
    return [median(each) for each in times]
