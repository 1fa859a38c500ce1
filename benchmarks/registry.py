"""The benchmarks, in the order in which they stand in the table."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.results import Result
from benchmarks.world import World

Measure = Callable[[World], list[Result]]


@dataclass(frozen=True)
class Benchmark:
    """A name for the command line, and what it measures."""

    name: str
    measure: Measure


_benchmarks: dict[str, Benchmark] = {}


def benchmark(name: str) -> Callable[[Measure], Measure]:
    """Register `measure(world)` under a name."""

    def decorate(measure: Measure) -> Measure:
        _benchmarks[name] = Benchmark(name, measure)
        return measure

    return decorate


def benchmarks() -> dict[str, Benchmark]:
    """All of them, by name. Needs Django to be set up."""
    from benchmarks.rows import load

    load()
    return _benchmarks
