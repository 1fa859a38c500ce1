"""Gifts that wait for thanks.

A line waits from its day on until somebody logs thanks to its giver, on that day or later: the office for all lines,
the team of a unit for those of its unit. Nobody is asked to thank who has died or was erased, who is not known, or in
the field who gave anonymously; what goes back and what was withdrawn is no gift.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
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


def gifts_waiting(seat: Seat, wanted: Wanted, periods: Periods, sort: str = "") -> QuerySet[Any]:
    """A row per gift: `gift`, `day`, `giver`, `currency`, `waits` in minor units; who waits longest comes first, with
    `-day` last, by `waits` or `-waits` by size.
    """
    rows = summed(waiting(seat, wanted, periods), wanted)
    orders = {"day": "gift__date", "-day": "-gift__date", "waits": "waits", "-waits": "-waits"}
    return rows.order_by(orders.get(sort, "gift__date"), "gift")


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
