"""What was given to what."""

from typing import NamedTuple

from django.db.models import Count, Sum

from agencies.seats import Seat
from core.money import Money
from funds.models import Designation
from reports.queries.standing import lines_of_year


class Given(NamedTuple):
    """The gifts of a year to one designation in one currency. No designation: they wait in suspense."""

    designation: int | None
    code: str
    name: str
    lines: int
    total: Money


def given_by_designation(seat: Seat, year: int) -> list[Given]:
    """By code and currency, within what the seat may see; refunds taken off, by contribution date. Two queries."""
    lines = lines_of_year(year)
    units = seat.unit_ids("gifts.view")
    if units is not None:
        lines = lines.filter(designation__unit_id__in=units)
    sums = lines.values("designation_id", "gift__currency").annotate(total=Sum("amount"), lines=Count("pk"))
    known = {each.pk: (each.code, each.shown_name) for each in Designation.objects.seen_by(seat)}
    rows = sums.values_list("designation_id", "gift__currency", "total", "lines")
    found = [
        Given(pk, *known.get(pk, ("", "")), lines=count, total=Money(int(total), currency))
        for pk, currency, total, count in rows
    ]
    return sorted(found, key=lambda given: (given.designation is None, given.code, given.total.currency))
