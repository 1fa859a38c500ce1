"""What a posting rests on: the apps above tell which gift it is, so that an entry leads to its gift."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst

from agencies.seats import Seat
from funds.models import Posting


@dataclass(frozen=True)
class Origin:
    """The thing behind a posting, as this seat may know it."""

    label: str
    url: str
    kind: str = ""
    """What the posting is, in a word, where its own kind says less: a refund, a chargeback."""


Finder = Callable[[Seat, Collection[int]], Mapping[int, Origin]]
_finders: list[Finder] = []


def register(find: Finder) -> None:
    """Tell how to find what postings rest on: `find(seat, posting ids)` answers for those that it knows."""
    if find not in _finders:
        _finders.append(find)


def origins_of(seat: Seat, posting_ids: Collection[int]) -> dict[int, Origin]:
    """What these postings rest on, by posting id."""
    return {pk: origin for find in _finders for pk, origin in find(seat, posting_ids).items()}


def kind_in_words(posting: Posting, origin: Origin | None) -> str:
    """What a posting is: a word of what it rests on, else of its own kind."""
    return capfirst((origin and origin.kind) or str(Posting.Kind(posting.kind).label))
