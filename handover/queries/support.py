"""What partners gave and promised to a unit, by partner, unit and currency. Gifts without a name are left out of all
figures of the hand-over: nobody in the field may learn who gave them.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from core.periods import add_months, month_start
from partners.models import Commitment, GiftLine
from partners.models.commitment import gives_anonymously
from partners.month_value import month_value

Pair = tuple[int, int]
"""A partner and a unit, by their ids."""
ByPair = dict[Pair, dict[str, int]]
YEAR = timedelta(days=365)


def named_lines(units: Collection[int]) -> Any:
    """Lines of money for these units, of gifts with a name that stand."""
    lines = GiftLine.objects.standing().filter(gift__withdrawn_at=None, gift__anonymous=False)
    return lines.filter(designation__unit__in=units).exclude(gift__kind="in_kind")


def given(units: Collection[int], first: date, last: date, partners: Collection[int] | None = None) -> ByPair:
    """What was given to designations of these units on these days, both included, refunds taken off, goods left out;
    by the posted currency. One query.
    """
    dated = named_lines(units).filter(gift__date__gte=first, gift__date__lte=last)
    if partners is not None:
        dated = dated.filter(gift__giving_unit__partner__in=partners)
    rows = dated.order_by().values_list("gift__giving_unit__partner", "designation__unit", "gift__currency")
    found: ByPair = defaultdict(dict)
    for partner_id, unit_id, currency, total in rows.annotate(total=Sum("amount")):
        if partner_id is not None:
            found[partner_id, unit_id][currency] = int(total)
    return found


def promises(units: Collection[int], on: date, partners: Collection[int] | None = None) -> list[Commitment]:
    """The open promises to designations of these units that hold on a day. One query."""
    running = Commitment.objects.active_on(on).filter(designation__unit__in=units).exclude(gives_anonymously())
    if partners is not None:
        running = running.filter(giving_unit__partner__in=partners)
    return list(running.select_related("giving_unit", "designation"))


def pair_of(promise: Commitment) -> Pair:
    """Whose promise it is, and to which unit."""
    return (promise.giving_unit.partner_id or 0, promise.designation.unit_id or 0)


def promised_a_year(promise: Commitment, on: date) -> int:
    """What a promise comes to in the twelve months from that of a day, in minor units."""
    month = month_start(on)
    return sum(month_value(promise.amount, promise.frequency, add_months(month, each)) for each in range(12))


def support(units: Collection[int], on: date, partners: Collection[int] | None = None) -> ByPair:
    """What rests on a partner: what was given in the 365 days until a day, or what the promises that hold on it come
    to in a year, whichever is more, in each currency by itself. Two queries.
    """
    found = given(units, on - YEAR + timedelta(days=1), on, partners)
    sums: dict[Pair, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for promise in promises(units, on, partners):
        sums[pair_of(promise)][promise.currency] += promised_a_year(promise, on)
    for pair, own in sums.items():
        for currency, amount in own.items():
            found[pair][currency] = max(found[pair].get(currency, 0), amount)
    return found


def given_by_month(
    units: Collection[int], partners: Collection[int], first: date
) -> dict[Pair, dict[str, dict[date, int]]]:
    """The same since a day, by month: its first day. One query."""
    found: dict[Pair, dict[str, dict[date, int]]] = defaultdict(lambda: defaultdict(dict))
    lines = named_lines(units).filter(gift__date__gte=first, gift__giving_unit__partner__in=partners)
    rows = lines.annotate(month=TruncMonth("gift__date")).order_by()
    columns = ("gift__giving_unit__partner", "designation__unit", "gift__currency", "month")
    for partner_id, unit_id, currency, month, total in rows.values_list(*columns).annotate(total=Sum("amount")):
        found[partner_id, unit_id][currency][month] = int(total)
    return found
