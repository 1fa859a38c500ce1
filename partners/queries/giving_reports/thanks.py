"""Gifts that wait for thanks.

A line waits from its day on until somebody logs thanks to its giver, on that day or later: the office for all lines,
the team of a unit for those of its unit. Nobody is asked to thank who has died or was erased, who is not known, or in
the field who gave anonymously; what goes back and what was withdrawn is no gift.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from partners.models import Contact
from partners.queries.giving_reports.figures import Figure, Question
from partners.queries.giving_reports.lines import Span, Wanted, counted, known_giver
from partners.queries.giving_reports.questions import Periods

DAYS = 60


def thanks_span(agency: Agency, periods: Periods) -> Span:
    """The days of the gifts: what was said, else the last sixty days; none before the agency went live, for history
    asks for no thanks.
    """
    last = periods.last or agency.today()
    first = periods.first or last - timedelta(days=DAYS)
    return Span(max(first, agency.live_on) if agency.live_on else first, last)


def waiting(seat: Seat, wanted: Wanted, periods: Periods) -> QuerySet[Any]:
    """The lines that wait, as `counted` gives them."""
    lines = counted(seat, wanted).filter(known_giver(), thanks_span(seat.agency, periods).condition(), amount__gt=0)
    partner = "gift__giving_unit__partner"
    found: QuerySet[Any] = lines.filter(~thanked(), **{f"{partner}__deceased_on": None, f"{partner}__erased_at": None})
    return found


def thanked() -> Exists:
    """The condition that somebody logged thanks for a line, on its day or later."""
    of_unit = Q(unit=None) | Q(unit=OuterRef("designation__unit"))
    contacts = Contact.objects.standing().filter(
        of_unit,
        partner=OuterRef("gift__giving_unit__partner"),
        outcome=Contact.Outcome.THANKED,
        happened_on__gte=OuterRef("gift__date"),
    )
    return Exists(contacts)


@dataclass(frozen=True)
class Waits:
    """What waits in one currency: gifts, and the sum of what of them waits, in minor units."""

    currency: str
    gifts: int
    waits: int


class GiftsWaiting:
    """A row per gift: `gift`, `day`, `giver`, `currency`, `waits` in minor units; who waits longest comes first, with
    `-day` last, by `waits` or `-waits` by size. `totals` are read once, and tell the number of rows.
    """

    ordered = True

    def __init__(self, seat: Seat, wanted: Wanted, periods: Periods, sort: str = "") -> None:
        self.question = question(seat, wanted, periods)
        orders = {"day": "gift__date", "-day": "-gift__date", "waits": "waits", "-waits": "-waits"}
        rows = summed(waiting(seat, wanted, periods), wanted)
        self.rows = rows.order_by(orders.get(sort, "gift__date"), "gift")

    @cached_property
    def totals(self) -> list[Waits]:
        """Each currency by itself. A gift has one."""
        by_currency = self.question.lines.order_by("currency").values_list("currency")
        found = by_currency.annotate(gifts=Count("gift", distinct=True), waits=Sum("amount"))
        return [Waits(currency, gifts, int(waits)) for currency, gifts, waits in found]

    def count(self) -> int:
        """How many gifts wait."""
        return sum(each.gifts for each in self.totals)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __getitem__(self, place: slice) -> Any:
        return self.rows[place]


def summed(lines: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    """The lines by gift."""
    rows = lines.values("gift", "gift__date", "giver", "currency").annotate(waits=Sum("amount"))
    found: QuerySet[Any] = rows if wanted.least is None else rows.filter(waits__gte=wanted.least.minor)
    return found


def question(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """What waits as a figure, so that it leads to its lines."""
    lines = waiting(seat, wanted, periods)
    if wanted.least is not None:
        lines = lines.filter(gift__in=summed(lines, wanted).values("gift"))
    figure = Figure("waits", _("Waits for thanks"), ((1, thanks_span(seat.agency, periods)),))
    return Question(lines, (figure,), "waits")
