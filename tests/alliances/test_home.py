"""What the first page of an alliance says at a glance."""

from typing import Any

import pytest

from alliances.models import Publication
from alliances.queries.published import Reading
from alliances.views.home import change_words


def reading(net: str | None, reported: int, expected: int = 4) -> Reading:
    counts: dict[str, Any] = {"reported": reported, "expected": expected}
    return Reading(Publication(), {"net": net, "completeness": counts})


@pytest.mark.parametrize(
    ("last", "before", "words"),
    [
        (reading("120", 4), reading("100", 4), "+20"),
        (reading("120", 3), reading("150", 3), "−30"),
        (reading("120", 4), reading("100", 3), "not comparable: 3 of 4 reported before"),
        (reading("120", 4), reading("100", 4, 5), "not comparable: 4 of 5 reported before"),
        (reading("120", 4), reading(None, 3), ""),
        (reading("120", 4), None, ""),
    ],
)
def test_sums_of_different_completeness_are_not_compared(last: Reading, before: Reading | None, words: str) -> None:
    assert change_words(last, before) == words
