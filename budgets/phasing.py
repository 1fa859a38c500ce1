"""In which months of the fiscal year the amount of a line falls."""

from collections.abc import Sequence

from funds.shares import in_proportion

MONTHS = 12


def evenly(amount: int) -> list[int]:
    """The amount (minor units) over the twelve months of the fiscal year, the odd cents in the first ones."""
    return in_proportion(amount, [1] * MONTHS)


def by_quarters(quarters: Sequence[int]) -> list[int]:
    """Four amounts, each evenly over the three months of its quarter."""
    return [part for quarter in quarters for part in in_proportion(quarter, [1] * 3)]


def scaled(amount: int, months: Sequence[int]) -> list[int]:
    """Another amount in the proportions of these months; evenly where they are all nothing."""
    return in_proportion(amount, months) if sum(months) else evenly(amount)


def adds_up(amount: int, months: Sequence[int]) -> bool:
    """Whether these are twelve amounts, none below zero, that add up to the amount."""
    return len(months) == MONTHS and min(months) >= 0 and sum(months) == amount
