"""Soft credits: what a fund or an employer gave because of somebody, who is thanked for it and gets no receipt."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from partners.models import GivingUnit
from reports.queries.standing import lines_of_year


class Credit(NamedTuple):
    """One gift line that another gave. `through` is the legal giver."""

    giver: int
    given_on: date
    designation: int | None
    through: str
    amount: int
    currency: str


def first_giving_unit(partner: str) -> Subquery:
    """The giving unit that a partner's soft credits are listed with: its own oldest."""
    return Subquery(GivingUnit.objects.filter(partner=OuterRef(partner)).own_first().values("pk")[:1])


def credits_of(year: int, givers: Collection[int] | None = None) -> Iterator[Credit]:
    """The soft credits of a year by giving unit and day; of these, or of all. One query."""
    lines = lines_of_year(year).filter(gift__soft_partner__isnull=False)
    if givers is not None:
        partners = GivingUnit.objects.filter(pk__in=givers).values("partner")
        lines = lines.filter(gift__soft_partner__in=partners)
    lines = lines.annotate(credited=first_giving_unit("gift__soft_partner"))
    if givers is not None:
        lines = lines.filter(credited__in=givers)
    columns = ("credited", "gift__date", "designation_id", "gift__giving_unit__name", "amount", "gift__currency")
    ordered = lines.order_by("credited", "gift__date", "gift_id", "pk").values_list(*columns)
    return (Credit(*row) for row in ordered.iterator(chunk_size=5000) if row[0] is not None)
