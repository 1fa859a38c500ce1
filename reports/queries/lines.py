"""The gift lines of many giving units, as statements list them."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from reports.queries.standing import STATED, lines_of_year

COLUMNS = (
    *("gift__giving_unit_id", "standing", "pk", "gift_id", "gift__date", "amount", "gift__currency", "designation_id"),
    *("gift__amount", "tendered_amount", "tendered_currency", "gift__tendered_amount", "gift__tendered_currency"),
    *("gift__kind", "gift__description", "gift__fair_market_value", "gift__in_return", "gift__intangible"),
    "intent",
)


class GivenLine(NamedTuple):
    """One standing gift line. Amounts in minor units of `currency`, tendered ones of their own currency."""

    giver: int
    standing: str
    line: int
    gift: int
    given_on: date
    amount: int
    currency: str
    designation: int | None
    gift_amount: int
    line_tendered: int | None
    line_tendered_currency: str
    gift_tendered: int
    gift_tendered_currency: str
    kind: str
    description: str
    fair_market_value: int | None
    got: str
    intangible: bool
    intent: str

    @property
    def is_stated(self) -> bool:
        """Whether the line stands on a statement."""
        return self.standing in STATED


def lines_of(year: int, givers: Collection[int] | None = None) -> Iterator[GivenLine]:
    """The lines of a year by giving unit, day and gift; of these giving units, or of all. One query."""
    found = lines_of_year(year)
    if givers is not None:
        found = found.filter(gift__giving_unit__in=givers)
    ordered = found.order_by("gift__giving_unit_id", "gift__date", "gift_id", "pk").values_list(*COLUMNS)
    return map(GivenLine._make, ordered.iterator(chunk_size=5000))


def longer_than(year: int, givers: Collection[int], lines: int) -> list[int]:
    """Those of these giving units who have more than so many gift lines in the year. One query."""
    counted = lines_of_year(year).filter(gift__giving_unit__in=givers).values("gift__giving_unit_id")
    found = counted.annotate(lines=Count("pk")).filter(lines__gt=lines)
    return sorted(found.values_list("gift__giving_unit_id", flat=True))
