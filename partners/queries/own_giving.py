"""What was given to the work of one person: the lines that they may see beside their giver, in the units in which they
serve and of the partners whom they hold.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from agencies.seats import Seat
from core.money import Money
from funds.models.discretion import is_withheld, shown_designation_name
from partners.models import Commitment, CommitmentEvent, GiftLine
from partners.models.discretion import shown_giver
from partners.models.holder import is_held, units_served
from partners.queries.giving_reports.thanks import thanked


def has_own_giving(seat: Seat) -> bool:
    """Whether the person serves in a unit, so that anything can be theirs."""
    return bool(units_served(seat))


def own_lines(seat: Seat) -> QuerySet[Any]:
    """Standing lines, the newest first, each with `shown_giver`, `shown_name`, and `withheld`: whether a mail may not
    name its designation, for the unit's sake or the worker's. Of units in which the person serves:
    all that their role shows them there, anonymous givers unnamed; else of the partners whom they hold, none without a
    name.
    """
    mine, reached = units_served(seat), seat.unit_ids("gifts.view")
    led = mine if reached is None else mine & reached
    held = is_held(seat, "gift__giving_unit__partner", "designation__unit") & Q(gift__anonymous=False)
    lines = GiftLine.objects.standing().filter(Q(designation__unit__in=led) | held, gift__withdrawn_at=None)
    named = lines.annotate(
        shown_giver=shown_giver(seat, "gift__"),
        shown_name=shown_designation_name(seat, "designation"),
        withheld=is_withheld(None, "designation"),
    )
    found: QuerySet[Any] = named.select_related("gift").order_by("-gift__date", "-gift__pk", "pk")
    return found


@dataclass(frozen=True)
class OwnTotal:
    """The sum of one currency, and of how many gifts."""

    amount: Money
    gifts: int


def own_totals(lines: QuerySet[Any]) -> list[OwnTotal]:
    """What these lines sum to, each currency by itself. One query."""
    rows = lines.order_by("gift__currency").values_list("gift__currency")
    sums = rows.annotate(total=Sum("amount"), gifts=Count("gift", distinct=True))
    return [OwnTotal(Money(int(total), currency), gifts) for currency, total, gifts in sums]


def in_days(lines: QuerySet[Any], first: date, last: date) -> QuerySet[Any]:
    """Those of gifts of these days, both ends included."""
    return lines.filter(gift__date__gte=first, gift__date__lte=last)


def new_givers(seat: Seat, first: date, last: date) -> set[int]:
    """The giving units that gave to this person's work in these days and never before. One query."""
    earlier = own_lines(seat).filter(gift__giving_unit=OuterRef("gift__giving_unit"), gift__date__lt=first)
    mine = in_days(own_lines(seat), first, last).filter(gift__anonymous=False, amount__gt=0)
    return set(mine.filter(~Exists(earlier)).order_by().values_list("gift__giving_unit", flat=True))


def own_waiting(seat: Seat, first: date, last: date) -> int:
    """How many gifts of these days wait for thanks of this person's team. One query."""
    lines = in_days(own_lines(seat), first, last).filter(amount__gt=0, gift__anonymous=False)
    partner = "gift__giving_unit__partner"
    known = {f"{partner}__isnull": False, f"{partner}__deceased_on": None, f"{partner}__erased_at": None}
    alive = lines.filter(**known)
    return int(alive.filter(~thanked()).order_by().values("gift").distinct().count())


def own_events(seat: Seat, first: date, last: date) -> list[Any]:
    """What happened in these days with promises to this person's work whose givers they may know: stopped, larger,
    smaller; each with `withheld`, as a line has it. One query.
    """
    promises = Commitment.objects.seen_by(seat).openly_for(seat).filter(designation__unit__in=units_served(seat))
    kinds = (CommitmentEvent.Kind.STOPPED, CommitmentEvent.Kind.LARGER, CommitmentEvent.Kind.SMALLER)
    events = CommitmentEvent.objects.filter(
        kind__in=kinds, happened_on__gte=first, happened_on__lte=last, commitment__in=promises.values("pk")
    )
    told = events.annotate(withheld=is_withheld(None, "commitment__designation"))
    return list(
        told.select_related("commitment__giving_unit", "commitment__designation__unit").order_by("happened_on", "pk")
    )
