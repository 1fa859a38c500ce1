"""Gifts whose statement and whose ledger are of two years: given in one, deposited in another. The statement goes by
the day of giving (the postmark of a mailed check), the ledger by the day on which the money was posted.
"""

from datetime import date
from typing import Any

from partners.models import Gift

GIVEN, DEPOSITED = "given", "deposited"
SIDES = (GIVEN, DEPOSITED)


def apart(year: int, side: str) -> Any:
    """The standing gifts that were given in this year and posted in another, or the other way round; by the day that is
    of the year. Each with its `posting` and `giving_unit`.
    """
    own, other = ("date", "posting__date") if side == GIVEN else ("posting__date", "date")
    days = (date(year, 1, 1), date(year, 12, 31))
    found = Gift.objects.standing().filter(**{f"{own}__range": days}).exclude(**{f"{other}__range": days})
    return found.select_related("posting", "giving_unit").order_by(own, "pk")


def count(year: int, side: str) -> int:
    """How many there are. One query, by the index of gifts or of postings by day."""
    found: int = apart(year, side).order_by().count()
    return found
