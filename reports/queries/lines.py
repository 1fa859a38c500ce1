"""The gift lines of many giving units, as statements list them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Count

from reports.queries.standing import STATED, lines_of_year
from reports.queries.stated_with import Shared, shared

COLUMNS = (
    *("gift__giving_unit_id", "standing", "pk", "gift_id", "gift__date", "amount", "gift__currency", "designation_id"),
    *("gift__amount", "tendered_amount", "tendered_currency", "gift__tendered_amount", "gift__tendered_currency"),
    *("gift__kind", "gift__description", "gift__fair_market_value", "gift__in_return", "gift__intangible"),
    "intent",
)


class GivenLine(NamedTuple):
    """One standing gift line. Amounts in minor units of `currency`, tendered ones of their own currency. `giver` is the
    giving unit on whose statement the line is told, or left out of it.
    """

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
    """The lines of a year, those of a giving unit together, by day and gift; of these giving units, or of all. Who is
    stated with another has none. Two queries.
    """
    found, together = lines_of_year(year), shared(year, givers)
    if givers is not None:
        found = found.filter(gift__giving_unit__in=together.behind(givers))
    ordered = found.order_by("gift__giving_unit_id", "gift__date", "gift_id", "pk").values_list(*COLUMNS)
    lines = map(GivenLine._make, ordered.iterator(chunk_size=5000))
    return brought_together(lines, together) if together else lines


def brought_together(lines: Iterable[GivenLine], together: Shared) -> Iterator[GivenLine]:
    """The lines, and last those of the few who share a statement."""
    waiting: dict[int, list[GivenLine]] = {giver: [] for giver in sorted(together.everybody - together.into.keys())}
    for line in lines:
        giver = together.with_whom(line.giver)
        if giver in waiting:
            waiting[giver].append(line._replace(giver=giver))
        else:
            yield line
    for few in waiting.values():
        yield from sorted(few, key=attrgetter("given_on", "gift", "line"))


def longer_than(year: int, givers: Collection[int], lines: int) -> list[int]:
    """Those of these giving units who have more than so many gift lines in the year. Two queries."""
    together = shared(year, givers)
    found = lines_of_year(year).filter(gift__giving_unit__in=together.behind(givers)).values("gift__giving_unit_id")
    counted: Counter[int] = Counter()
    for giver, number in found.annotate(lines=Count("pk")).values_list("gift__giving_unit_id", "lines"):
        counted[together.with_whom(giver)] += number
    return sorted(giver for giver, number in counted.items() if number > lines)
