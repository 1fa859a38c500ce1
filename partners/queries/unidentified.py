"""Gifts that wait for a giver, by the number under which they came."""

from typing import Any

from django.db.models import Count, Q, Sum

from agencies.models import Agency
from core.money import Money
from partners.models import ExternalId, Gift, GivingUnit


def gifts_alike(gift: Gift) -> Any:
    """The standing gifts that came under the same number of the same source and whose giver is not known; the gift
    alone where it came without a number. Refunds of them among them. By the index of gifts by giver.
    """
    waiting = Gift.objects.standing().filter(giving_unit__is_unidentified=True)
    alike = Q(pk=gift.pk)
    if gift.giver_key:
        alike |= Q(source=gift.source, giver_key=gift.giver_key)
    return waiting.filter(alike | Q(reverses__in=waiting.filter(alike).values("pk"))).order_by("date", "pk")


def sums_of(gifts: Any) -> list[tuple[int, Money]]:
    """How many gifts, and how much, per currency. One query."""
    sums = gifts.order_by().values("currency").annotate(count=Count("pk"), total=Sum("amount")).order_by("currency")
    return [(each["count"], Money(int(each["total"]), each["currency"])) for each in sums]


def owner_of(agency: Agency, gift: Gift) -> GivingUnit | None:
    """Whose the number of a gift is by now: in the source of the gift, else in the agency's own, as files look it up.
    Two queries at most.
    """
    if not gift.giver_key:
        return None
    known = ExternalId.objects.filter(norm=gift.giver_key, source__in=(gift.source, agency.default_source))
    number = next(iter(sorted(known, key=lambda each: each.source != gift.source)), None)
    if number is None:
        return None
    units = GivingUnit.objects.own_first().filter(partner=number.partner_id)
    found: GivingUnit | None = units.filter(pk=number.giving_unit_id).first() if number.giving_unit_id else None
    return found or units.first()
