"""What the undo of a merge would bring back."""

from typing import Any

from django.db.models import Count, Sum

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from partners.models import GiftLine, GivingUnit, Merge, Partner
from partners.operations.unmerging import LaterMerge, resting_on


def what_comes_back(seat: Seat, merge: Merge) -> dict[str, Any]:
    """The two records, what goes back with the one that was merged, and why it cannot be, "" when it can. Five queries
    at most.
    """
    survivor = Partner.objects.get(pk=merge.survivor.now.pk)
    later = None if merge.undone_at else resting_on(merge)
    return {
        "merge": merge,
        "survivor": survivor,
        "day": day_in_words(seat.agency, merge.at),
        "undone": day_in_words(seat.agency, merge.undone_at) if merge.undone_at else "",
        "refused": str(LaterMerge(later.name_of_other(merge))) if later else "",
        "comes_back": money_back(seat, merge),
    }


def money_back(seat: Seat, merge: Merge) -> list[tuple[str, str, int]]:
    """What was given to the giving units that go back, with what came since: name, sum and number of lines by unit and
    currency.
    """
    ids = [pk for step in merge.steps.filter(what="givingunit", after__has_key="partner_id") for pk in step.ids]
    units = GivingUnit.objects.filter(pk__in=ids).values("pk")
    rows = (
        GiftLine.objects.with_giver(seat)
        .filter(gift__giving_unit__in=units)
        .values_list("gift__giving_unit__name", "gift__currency")
        .annotate(total=Sum("amount"), lines=Count("pk"))
        .order_by("gift__giving_unit__name", "gift__currency")
    )
    return [(name, Money(int(total), code).format(seat.agency.locale), lines) for name, code, total, lines in rows]
