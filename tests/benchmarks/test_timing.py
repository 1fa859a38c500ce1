"""Subject and reference take turns."""

import time

from benchmarks.timing import SHORT, in_turn


def slow(calls: list[str], name: str) -> None:
    calls.append(name)
    time.sleep(SHORT * 1.1 / 1000)


def test_each_round_measures_each_once_and_every_second_round_backwards():
    calls: list[str] = []
    in_turn(lambda: slow(calls, "a"), lambda: slow(calls, "b"), rounds=3, warm=False)
    assert "".join(calls) == "abbaab"


def test_of_short_work_the_best_of_three_counts():
    calls: list[str] = []
    in_turn(lambda: calls.append("a"), lambda: calls.append("b"), rounds=2, warm=False)
    assert "".join(calls) == "aaabbbbbbaaa"


def test_the_first_call_warms_and_is_not_counted():
    calls: list[str] = []
    times = in_turn(lambda: slow(calls, "a"), rounds=2)
    assert (len(calls), len(times)) == (3, 1)
