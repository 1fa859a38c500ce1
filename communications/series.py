"""Letters that belong together: nobody gets two of one series, and an app above says whom a series is for.

A series is called `<kind>:<number>`, such as `transition.wave:12`. Its kind is registered in `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Asked = Callable[[int], Any]
"""The ids of partners for the number of a series, as a query."""


@dataclass(frozen=True)
class Series:
    """A kind of series.

    `readers` are all whom it is for; of those `talked_to` hear it from somebody first, and `told` have heard it
    already: neither gets a letter. `check` raises a refusal while nothing of the series may go out. `page` is the name
    of the address of what the series is about, for who holds `right` in the unit.
    """

    readers: Asked
    talked_to: Asked
    told: Asked
    check: Callable[[int], None]
    page: str
    right: str


_kinds: dict[str, Series] = {}


def register(kind: str, series: Series) -> None:
    """Let letters of this kind of series be written."""
    _kinds[kind] = series


def name_of(kind: str, number: int) -> str:
    """How a series is called."""
    return f"{kind}:{number}"


def number_in(name: str, kind: str) -> int | None:
    """The number of a series of this kind, None for another."""
    found, _colon, number = name.partition(":")
    return int(number) if found == kind and number.isascii() and number.isdigit() else None


def series_named(name: str) -> tuple[Series, int]:
    """The kind and the number of a series. Raises LookupError for one that nobody registered."""
    kind, _colon, number = name.partition(":")
    return _kinds[kind], int(number)
