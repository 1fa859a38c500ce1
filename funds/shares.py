"""Shares of an amount: the agency's, exact and rounded once; and parts in proportion that add up."""

from collections.abc import Sequence
from decimal import Decimal

PARTS = 1_000_000
"""A percentage has four decimals, so a share is so many millionths."""


def share_of(base: int, percent: Decimal) -> int:
    """So many percent of minor units, rounded half away from zero; of what went back, as much below zero.

    It is taken once of what a designation received in a month in one currency, never of each gift, so small gifts lose
    nothing to rounding, and a month assessed in parts comes to the same as one assessed at its end.
    """
    parts = int(percent.scaleb(4))
    whole, rest = divmod(abs(base) * parts, PARTS)
    share = whole + (2 * rest >= PARTS)
    return share if base >= 0 else -share


def parted(total: int, weights: Sequence[int]) -> list[int]:
    """`total` minor units in proportion to weights above zero, by largest remainder, the first of equal ones first: the
    parts sum to the total, and none is a whole unit away from its exact share.
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_rest[: total - sum(parts)]:
        parts[place] += 1
    return parts
