"""Subject and reference take turns."""

from benchmarks.timing import in_turn


def test_each_round_calls_each_once_and_every_second_round_backwards():
    calls = []
    in_turn(lambda: calls.append("a"), lambda: calls.append("b"), rounds=3, warm=False)
    assert "".join(calls) == "abbaab"


def test_the_first_call_warms_and_is_not_counted():
    calls = []
    times = in_turn(lambda: calls.append("a"), rounds=2)
    assert (len(calls), len(times)) == (3, 1)
