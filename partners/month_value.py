"""What a promise is worth in a month, in whole minor units."""

from datetime import date
from typing import Final

PAYMENTS: Final[dict[str, tuple[int, int]]] = {
    "weekly": (52, 12),
    "two_weekly": (26, 12),
    "monthly": (1, 1),
    "two_monthly": (1, 2),
    "quarterly": (1, 3),
    "four_monthly": (1, 4),
    "half_yearly": (1, 6),
    "yearly": (1, 12),
    "two_yearly": (1, 24),
}
"""How many payments a promise makes in how many months; a year has 52 weeks."""


def month_value(amount: int, frequency: str, month: date) -> int:
    """The part of a promise that falls on a month, in minor units: what its payments come to over its whole interval,
    spread over the months in whole units, so that the months of an interval add up to its payments to the last one.

    $100.00 a quarter is $33.33, $33.33 and $33.34. It does not depend on the days on which payments fall, so a promise
    that becomes quarterly instead of monthly is neither lost nor new.
    """
    payments, months = PAYMENTS[frequency]
    index = month.year * 12 + month.month - 1
    return amount * payments * (index + 1) // months - amount * payments * index // months
