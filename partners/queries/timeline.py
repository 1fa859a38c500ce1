"""What happened with a partner, the newest first: one UNION of small ordered parts, turned by key and not by number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import DateField, Exists, F, IntegerField, OuterRef, Q, Value
from django.db.models.functions import Cast, TruncDate

from agencies.seats import Seat
from partners.models import Address, Commitment, Contact, Gift, GiftLine, Holder, Partner, Stage, Undertaking
from partners.queries.care import is_office

PAGE: Final = 25


@dataclass(frozen=True)
class Mark:
    """Where a row stands in the timeline: its day, the place of its part among those of one day, its number."""

    day: date
    part: int
    pk: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.part}.{self.pk}"


def mark_of(text: str) -> Mark | None:
    """A mark as it stands in an address; None for anything else."""
    parts = text.split(".")
    try:
        day, part, pk = parts
        found = Mark(date.fromisoformat(day), int(part), int(pk))
    except ValueError:
        return None
    return found if 0 <= found.part < len(PARTS) and 0 <= found.pk < 2**63 else None


def contacts(seat: Seat, partner: Partner) -> Any:
    found = Contact.objects.seen_by(seat).standing().filter(partner=partner)
    return found.annotate(day=F("happened_on"))


def gifts(seat: Seat, partner: Partner) -> Any:
    """Standing gifts with an amount that the seat may see."""
    found = Gift.objects.standing().filter(giving_unit__partner=partner)
    if seat.unit_ids("partners.amounts") is not None:
        found = found.filter(Exists(GiftLine.objects.with_giver(seat).filter(gift=OuterRef("pk"))))
    return found.annotate(day=F("date"))


def stages(seat: Seat, partner: Partner) -> Any:
    found = Stage.objects.filter(partner=partner)
    found = found if is_office(seat) else found.filter(unit__in=seat.unit_roles)
    return found.annotate(day=TruncDate("set_at", tzinfo=seat.agency.zone))


def holders(seat: Seat, partner: Partner) -> Any:
    found = Holder.objects.filter(partner=partner)
    found = found if is_office(seat) else found.filter(unit__in=seat.unit_roles)
    return found.annotate(day=F("starts_on"))


def holders_ended(seat: Seat, partner: Partner) -> Any:
    return holders(seat, partner).filter(ends_on__isnull=False).annotate(day=F("ends_on"))


def promises(seat: Seat, partner: Partner) -> Any:
    found = Commitment.objects.seen_by(seat).openly_for(seat).filter(giving_unit__partner=partner)
    return found.annotate(day=F("starts_on"))


def promises_ended(seat: Seat, partner: Partner) -> Any:
    """Promises that are over; the end of one that still runs lies ahead."""
    return promises(seat, partner).filter(ends_on__lte=seat.agency.today()).annotate(day=F("ends_on"))


def addresses(seat: Seat, partner: Partner) -> Any:
    """Postal addresses whose day of coming is known; what files brought has none."""
    found = Address.objects.filter(partner=partner, added_at__isnull=False)
    return found.annotate(day=TruncDate("added_at", tzinfo=seat.agency.zone))


def addresses_ended(seat: Seat, partner: Partner) -> Any:
    found = Address.objects.filter(partner=partner, not_valid_since__isnull=False)
    return found.annotate(day=F("not_valid_since"))


def undertakings(seat: Seat, partner: Partner) -> Any:
    found = Undertaking.objects.seen_by(seat).kept().filter(partner=partner)
    return found.annotate(day=F("starts_on"))


def undertakings_ended(seat: Seat, partner: Partner) -> Any:
    return undertakings(seat, partner).filter(ends_on__isnull=False).annotate(day=F("ends_on"))


Part = Callable[[Seat, Partner], Any]
PARTS: Final[tuple[Part, ...]] = (
    contacts,
    gifts,
    stages,
    holders_ended,
    holders,
    promises_ended,
    promises,
    addresses_ended,
    addresses,
    undertakings_ended,
    undertakings,
)
"""In the order in which they stand within one day."""


def marks(seat: Seat, partner: Partner, after: Mark | None) -> list[Mark]:
    """The next rows of the timeline, one more than a page. One query; each part gives no more than it could need."""
    parts = [marked(find(seat, partner), number, after) for number, find in enumerate(PARTS)]
    first, *others = parts
    rows = first.union(*others, all=True).order_by("-on_day", "part", "-number")[: PAGE + 1]
    return [Mark(*row) for row in rows]


def marked(found: Any, number: int, after: Mark | None) -> Any:
    """One part, behind the mark."""
    day = Cast(F("day"), DateField())
    place = Value(number, output_field=IntegerField())
    rows = found.order_by().annotate(on_day=day, part=place, number=F("pk"))
    if after is not None:
        rows = rows.filter(behind(number, after))
    return rows.order_by("-on_day", "-number").values_list("on_day", "part", "number")[: PAGE + 1]


def behind(number: int, after: Mark) -> Q:
    """The condition that a row of a part stands behind the mark."""
    earlier, same = Q(on_day__lt=after.day), Q(on_day=after.day)
    if number == after.part:
        return earlier | same & Q(pk__lt=after.pk)
    return earlier | same if number > after.part else earlier
