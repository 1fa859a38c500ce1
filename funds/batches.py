"""What the apps above know of postings that a journal tells: the batch in which they came, and what they are."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """Of one posting: the number of its batch, None for none, and its kind where the ledger's own says less, such as
    "refund".
    """

    batch: int | None = None
    kind: str = ""


Finder = Callable[[Collection[int]], Mapping[int, Told]]
_finders: list[Finder] = []


def register(find: Finder) -> None:
    """Tell how to find what is known of postings: `find(posting ids)` answers for those that it knows."""
    if find not in _finders:
        _finders.append(find)


def told_of(posting_ids: Collection[int]) -> dict[int, Told]:
    """What is known of these postings, by posting id."""
    return {pk: told for find in _finders for pk, told in find(posting_ids).items()}
