"""The gift lines that a report of giving counts, and the periods over which it sums them.

A line counts while it stands: what was withdrawn by a correction or an undone import does not, and what was refunded or
charged back stands as a negative line on its own day. The day is that of the contribution. Soft credits are no lines.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from agencies.seats import Seat
from core.money import Money
from partners.models import Gift, GiftLine, Holder, Tagging
from partners.models.discretion import in_field

ANONYMOUS, UNIDENTIFIED = -1, 0
"""What stands in the place of a partner's id: who gave anonymously, for readers in the field; who is not known yet."""
NO_UNIT = "none"
"""The unit of lines for designations without one, and of lines in suspense."""


@dataclass(frozen=True)
class Span:
    """Days of contributions, both ends included; an open end has no day."""

    first: date | None = None
    last: date | None = None

    def condition(self, day: str = "gift__date") -> Q:
        """The condition on lines from `counted`, or on what else has its day in `day`."""
        ends = {f"{day}__gte": self.first, f"{day}__lte": self.last}
        return Q(**{name: day for name, day in ends.items() if day is not None})

    def within(self, other: "Span") -> bool:
        """Whether all its days are days of the other."""
        begins = other.first is None or (self.first is not None and self.first >= other.first)
        return begins and (other.last is None or (self.last is not None and self.last <= other.last))

    def before(self) -> "Span":
        """All days before it; of one that has no beginning, none."""
        return Span(None, self.first - timedelta(days=1) if self.first else date.min)


@dataclass(frozen=True)
class Wanted:
    """What a report is narrowed by, beside its periods; what is empty does not narrow. `least` is the smallest main
    figure of a row, in one currency, which then narrows too.
    """

    unit: str = ""
    designation: int | None = None
    kind: str = ""
    tag: int | None = None
    held: bool = False
    currency: str = ""
    least: Money | None = None

    @property
    def tells_of_givers(self) -> bool:
        """Whether it narrows by what is known of givers."""
        return bool(self.kind or self.tag or self.held)


def counted(seat: Seat, wanted: Wanted) -> QuerySet[Any]:
    """The standing lines that the seat may see and that fit, each with `giver` (a partner's id, ANONYMOUS or
    UNIDENTIFIED) and `currency`, in no order.

    Nobody in the field learns by a filter on givers who gave anonymously: such a filter leaves these lines out.
    """
    lines = of_known(seat, wanted, seen(seat).filter(of_money(wanted)), "gift__giving_unit__partner")
    if wanted.tells_of_givers and in_field(seat):
        lines = lines.filter(gift__anonymous=False)
    found: QuerySet[Any] = lines.annotate(giver=giver_of(seat), currency=F("gift__currency"))
    return found


def of_known(seat: Seat, wanted: Wanted, rows: QuerySet[Any], partner: str) -> QuerySet[Any]:
    """Those of the rows whose giver, found at `partner`, fits what is asked of givers."""
    if wanted.kind:
        rows = rows.filter(**{f"{partner}__kind": wanted.kind})
    if wanted.tag is not None:
        rows = rows.filter(Exists(Tagging.objects.filter(partner=OuterRef(partner), tag=wanted.tag)))
    if wanted.held:
        rows = rows.filter(Exists(Holder.objects.of_seat(seat).filter(partner=OuterRef(partner))))
    return rows


def whole_gifts(seat: Seat, wanted: Wanted) -> QuerySet[Any] | None:
    """The gifts whose lines are `counted`, for sums: the lines of a gift come to it (PostgreSQL holds that), and an
    index sums the gifts of a giver without reading a line. None where a gift may count in part: in the field, or where
    it is asked where the money went.
    """
    if in_field(seat) or wanted.unit or wanted.designation is not None:
        return None
    gifts: QuerySet[Any] = Gift.objects.standing().order_by()
    mine = gifts.filter(currency=wanted.currency) if wanted.currency else gifts
    return of_known(seat, wanted, mine, "giving_unit__partner")


def seen(seat: Seat) -> QuerySet[Any]:
    """Standing lines that the seat may see: all, or those for its own units, as in the list of gifts."""
    lines: QuerySet[Any] = GiftLine.objects.standing().order_by()
    units = seat.unit_ids("gifts.view")
    return lines if units is None else lines.filter(designation__unit_id__in=units)


def of_money(wanted: Wanted) -> Q:
    """The conditions on where the money went."""
    found = Q()
    if wanted.unit == NO_UNIT:
        found &= Q(designation__unit=None)
    elif wanted.unit:
        found &= Q(designation__unit=int(wanted.unit))
    if wanted.designation is not None:
        found &= Q(designation=wanted.designation)
    if wanted.currency:
        found &= Q(gift__currency=wanted.currency)
    return found


def giver_of(seat: Seat) -> Case | Coalesce:
    """The giver of a line, as far as this seat may know."""
    known = Coalesce(F("gift__giving_unit__partner"), Value(UNIDENTIFIED), output_field=BigIntegerField())
    if not in_field(seat):
        return known
    return Case(When(gift__anonymous=True, then=Value(ANONYMOUS)), default=known, output_field=BigIntegerField())


def known_giver() -> Q:
    """The condition that the giver is somebody with a name to the reader."""
    return Q(giver__gt=0)
