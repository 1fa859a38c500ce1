"""A ratio is held against its goal the right way round."""

import pytest

from benchmarks.results import HEAD, Goal, Result, table


def result(subject: float, reference: float, goal: Goal) -> Result:
    return Result("name", "subject", "reference", subject, reference, goal)


@pytest.mark.parametrize(
    ("subject", "goal", "ratio", "holds", "extreme"),
    [
        (15.0, Goal(1.5, 1.25), 1.5, True, False),
        (15.1, Goal(1.5, 1.25), 1.51, False, False),
        (12.0, Goal(1.5, 1.25), 1.2, True, True),
        (5.0, Goal(2, 3, at_least=True), 2.0, True, False),
        (5.1, Goal(2, 3, at_least=True), 1.961, False, False),
        (10.0, Goal(), 1.0, None, None),
    ],
)
def test_a_goal_bounds_the_ratio_from_its_own_side(subject, goal, ratio, holds, extreme):
    said = result(subject, 10.0, goal).as_json()
    assert (said["ratio"], said["holds"], said["holds_extreme"]) == (ratio, holds, extreme)


def test_the_object_has_the_documented_names():
    names = "name subject reference subject_ms reference_ms remark ratio honest extreme at_least holds holds_extreme"
    assert sorted(result(1, 2, Goal(1)).as_json()) == sorted(names.split())


def test_the_table_stands_in_columns():
    rows = [HEAD, result(1, 2, Goal(0.4, 0.3)).cells()]
    head, row = table(rows).splitlines()
    assert row.index("0.50") == head.index("ratio")
    assert row.index("≤ 0.4 / ≤ 0.3") == head.index("goal")
    assert "FALLS SHORT" in row
