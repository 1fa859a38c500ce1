"""What the tests of jobs share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jobs import kinds
from jobs.running import Running

Handler = Callable[[Running], dict[str, Any] | None]


@pytest.fixture
def handler() -> Iterator[Callable[..., None]]:
    """`handler(f)` lets jobs of the kind "test" call f; `right` as in `kinds.register`."""
    before = dict(kinds._kinds)

    def use(function: Handler, right: str = "") -> None:
        kinds.register("test", right=right)(function)

    yield use
    kinds._kinds.clear()
    kinds._kinds.update(before)
