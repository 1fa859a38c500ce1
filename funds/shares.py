"""The agency's share of an amount: exact, and rounded once."""

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
