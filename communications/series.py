"""Letters that belong together: nobody gets two of one series, and an app above says whom a series is for.

A series is called `<kind>:<numbers>`, such as `transition.wave:12`, or `handover.case:7.3` of a case and a unit.
Its kind is registered in `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Asked = Callable[..., Any]
"""The ids of partners for the numbers of a series, as a query."""


@dataclass(frozen=True)
class Series:
    """A kind of series.

    `readers` are all whom it is for; of those `talked_to` hear it from somebody first, and `told` have heard it
    already: neither gets a letter. `check` raises a refusal while nothing of the series may go out. `page` is the name
    of the address of what the series is about, its first number, for who holds `right` in the unit.
    """

    readers: Asked
    talked_to: Asked
    told: Asked
    check: Callable[..., None]
    page: str
    right: str


_kinds: dict[str, Series] = {}


def register(kind: str, series: Series) -> None:
    """Let letters of this kind of series be written."""
    _kinds[kind] = series


def name_of(kind: str, *numbers: int) -> str:
    """How a series is called."""
    return f"{kind}:{'.'.join(map(str, numbers))}"


def series_named(name: str) -> tuple[Series, tuple[int, ...]]:
    """The kind and the numbers of a series. Raises LookupError for one that nobody registered."""
    kind, _colon, numbers = name.partition(":")
    return _kinds[kind], tuple(map(int, numbers.split(".")))
