"""Figures beside partners: last gift, promises, what was given, each within what the seat may see of amounts."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import ExtractYear

from agencies.seats import Seat
from core.money import Money
from partners.models import Commitment, GiftLine


@dataclass
class Figures:
    """What a partner gave and promised. Currencies stand side by side and are never added."""

    last_gift: date | None = None
    this_year: list[Money] = field(default_factory=list)
    promised: list[tuple[Money, str]] = field(default_factory=list)


def figures_of(seat: Seat, partner_ids: Collection[int]) -> dict[int, Figures]:
    """The figures of these partners by id; empty for a seat that may see no amounts. Two queries."""
    found: dict[int, Figures] = defaultdict(Figures)
    if not seat.can("partners.amounts"):
        return found
    today = seat.agency.today()
    this_year = Q(gift__date__gte=date(today.year, 1, 1), gift__date__lte=date(today.year, 12, 31))
    given = (
        GiftLine.objects.with_giver(seat)
        .filter(gift__giving_unit__partner__in=partner_ids)
        .values("gift__giving_unit__partner", "gift__currency")
        .annotate(last=Max("gift__date", filter=Q(amount__gt=0)), total=Sum("amount", filter=this_year))
        .order_by("gift__currency")
    )
    for row in given:
        figures = found[row["gift__giving_unit__partner"]]
        figures.last_gift = max(filter(None, (figures.last_gift, row["last"])), default=None)
        if row["total"]:
            figures.this_year.append(Money(int(row["total"]), row["gift__currency"]))
    promises = (
        Commitment.objects.seen_by(seat).openly_for(seat).active_on(today).filter(giving_unit__partner__in=partner_ids)
    )
    for each in promises.select_related("giving_unit").order_by("pk"):
        promise = (Money(each.amount, each.currency), str(Commitment.Frequency(each.frequency).label))
        found[each.giving_unit.partner_id].promised.append(promise)
    return found


@dataclass(frozen=True)
class YearTotal:
    """What a partner gave in a calendar year in one currency, and in how many lines."""

    year: int
    total: Money
    lines: int


def totals_by_year(seat: Seat, partner_id: int) -> list[YearTotal]:
    """What one partner gave by year and currency, the newest year first."""
    rows = (
        GiftLine.objects.with_giver(seat)
        .filter(gift__giving_unit__partner=partner_id)
        .annotate(year=ExtractYear("gift__date"))
        .values_list("year", "gift__currency")
        .annotate(total=Sum("amount"), lines=Count("pk"))
        .order_by("-year", "gift__currency")
    )
    return [YearTotal(year, Money(int(total), currency), lines) for year, currency, total, lines in rows]
