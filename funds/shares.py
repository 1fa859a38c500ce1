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


def in_proportion(total: int, amounts: Sequence[int]) -> list[int]:
    """Parts of `total` in proportion to the amounts, by largest remainder, the first of equal ones first: they sum to
    `total` exactly. Where all amounts are nothing, so are the parts.
    """
    whole = sum(amounts)
    if whole == 0:
        return [0] * len(amounts)
    parts = [total * amount // whole for amount in amounts]
    by_rest = sorted(range(len(amounts)), key=lambda i: (-(total * amounts[i] % whole), i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts
