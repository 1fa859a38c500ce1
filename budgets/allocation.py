"""The rule by which what a unit has covers its budget lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from funds.shares import in_proportion


@dataclass(frozen=True)
class Want:
    """A line's claim: its amount in minor units, and its priority, 1 before 2."""

    amount: int
    priority: int


def allocate(pool: int, wants: Sequence[Want]) -> list[int]:
    """Share a pool (minor units) out over lines: the lowest priority number first; where a priority cannot be filled,
    in proportion to
    the amounts, the odd cents going to the largest remainders (first line first when equal).

    No line gets more than it wants, and all shares and what is left over add up to the pool exactly.
    """
    shares = [0] * len(wants)
    left = max(pool, 0)
    by_priority = sorted(range(len(wants)), key=lambda i: (wants[i].priority, i))
    for _, group in groupby(by_priority, key=lambda i: wants[i].priority):
        members = list(group)
        amounts = [wants[i].amount for i in members]
        for i, share in zip(members, in_proportion(min(left, sum(amounts)), amounts), strict=True):
            shares[i] = share
            left -= share
    return shares


def allocate_preferred(pool: int, preferred: Sequence[int], wants: Sequence[Want]) -> list[int]:
    """Share a pool out when some of it came from givers who would like to help with a line: first each line gets what
    is preferred for it, up to what it wants; the rest goes by `allocate`. A preference is no restriction: what its line
    does not want goes on to the others. Where refunds left less than is preferred, the lines share it in proportion.

    No line gets more than it wants, and all shares and what is left over add up to the pool exactly.
    """
    first = [min(max(own, 0), want.amount) for own, want in zip(preferred, wants, strict=True)]
    available = max(pool, 0)
    if sum(first) > available:
        return in_proportion(available, first)
    rest = [Want(want.amount - got, want.priority) for want, got in zip(wants, first, strict=True)]
    return [got + more for got, more in zip(first, allocate(available - sum(first), rest), strict=True)]


def fill_in_order(total: int, amounts: Sequence[int]) -> list[int]:
    """Fill amounts one after the other, the earliest month first, until the total is used up."""
    left, parts = max(total, 0), []
    for amount in amounts:
        parts.append(min(left, amount))
        left -= parts[-1]
    return parts
