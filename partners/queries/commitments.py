"""The list of commitments, by filter; who holds the relationship beside each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.seats import Seat
from partners.lateness import Bucket
from partners.models import Commitment, Holder
from partners.models.discretion import in_field
from partners.queries.fulfilment import Standing, late_ids

RUNNING, ENDED = "", "ended"
ORDERS = ("late", "giver")


@dataclass(frozen=True)
class Wanted:
    """What the list is filtered by; what is empty does not filter. `late` is a bucket, "" for all that run."""

    late: str = RUNNING
    q: str = ""
    designation_id: int | None = None
    unit_id: int | None = None
    partner_id: int | None = None
    holder_id: int | None = None
    currency: str = ""
    frequency: str = ""


def commitments_wanted(seat: Seat, wanted: Wanted) -> QuerySet[Any]:
    """Commitments whose amounts the seat may see and that fit, whatever their bucket, by giver. Each with `shown_giver`
    and `shown_name`. A name leads the field to no one who gives anonymously.
    """
    parts = {
        "designation": wanted.designation_id,
        "designation__unit": wanted.unit_id,
        "giving_unit__partner": wanted.partner_id,
        "currency": wanted.currency or None,
        "frequency": wanted.frequency or None,
    }
    found: QuerySet[Any] = Commitment.objects.seen_by(seat).named_for(seat)
    found = found.filter(**{name: value for name, value in parts.items() if value is not None})
    if wanted.q:
        found = found.filter(giving_unit__name__icontains=wanted.q)
    if in_field(seat) and (wanted.q or wanted.partner_id is not None or wanted.holder_id is not None):
        found = found.filter(is_hidden=False)  # what narrows by the giver would tell who it is
    if wanted.holder_id is not None:
        held = Holder.objects.standing().open_to(seat).filter(worker=wanted.holder_id)
        held = held.filter(partner=OuterRef("giving_unit__partner"), unit=OuterRef("designation__unit"))
        found = found.filter(Exists(held))
    return found.order_by("shown_giver", "pk")


def in_bucket(standing: dict[int, Standing], late: str) -> set[int]:
    """The promises of a bucket; without one all that have not ended."""
    wanted = [Bucket(late)] if late else [each for each in Bucket if each != Bucket.ENDED]
    return set(late_ids(standing, wanted))


def ordered(found: QuerySet[Any], standing: dict[int, Standing], late: str, sort: str) -> list[int]:
    """The ids of the list in its order: `late` (days late), `giver`; with a minus backwards. One query."""
    mine = in_bucket(standing, late)
    ids = [pk for pk in found.values_list("pk", flat=True) if pk in mine]
    if sort.removeprefix("-") == "giver":
        return ids[::-1] if sort.startswith("-") else ids
    return sorted(ids, key=lambda pk: standing[pk].days_late, reverse=sort != "late")


def holders_of(seat: Seat, commitments: Iterable[Any]) -> dict[int, str]:
    """Who holds the giver of each commitment in the unit of its designation, as the seat may know them, by id of the
    commitment. One query.
    """
    rows = list(commitments)
    places = {each.pk: (each.giving_unit.partner_id, each.designation.unit_id) for each in rows}
    known = (
        Holder.objects.standing()
        .open_to(seat)
        .named_for(seat)
        .filter(partner__in={partner for partner, _unit in places.values()})
    )
    names: dict[tuple[int, int], list[str]] = {}
    for each in known.order_by("-is_primary", "pk"):
        names.setdefault((each.partner_id, each.unit_id), []).append(each.person_name)
    return {each.pk: ", ".join(names.get(places[each.pk], [])) for each in rows if not each.is_hidden}


def holders_to_choose(seat: Seat) -> list[tuple[str, str]]:
    """Those who hold a relationship, in units that are not closed to the seat, by name. One query."""
    reached = seat.unit_ids("partners.amounts")
    known = Holder.objects.standing().open_to(seat).named_for(seat)
    mine = known if reached is None else known.filter(Q(unit__in=reached))
    return sorted(
        {(str(worker), name) for worker, name in mine.values_list("worker_id", "person_name")}, key=lambda each: each[1]
    )
