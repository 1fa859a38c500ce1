"""What a posting rests on: the apps above tell which gift it is, so that an entry leads to its gift."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from agencies.seats import Seat


@dataclass(frozen=True)
class Origin:
    """The thing behind a posting, as this seat may know it."""

    label: str
    url: str


Finder = Callable[[Seat, Collection[int]], Mapping[int, Origin]]
_finders: list[Finder] = []


def register(find: Finder) -> None:
    """Tell how to find what postings rest on: `find(seat, posting ids)` answers for those that it knows."""
    if find not in _finders:
        _finders.append(find)


def origins_of(seat: Seat, posting_ids: Collection[int]) -> dict[int, Origin]:
    """What these postings rest on, by posting id."""
    return {pk: origin for find in _finders for pk, origin in find(seat, posting_ids).items()}
