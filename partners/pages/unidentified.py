"""Gifts whose giver nobody knew: what came under one number, whose the number is now, and what was said before."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from partners.models import Gift, GiverAssignment
from partners.pages.partner import Fact
from partners.queries.unidentified import gifts_alike, owner_of, sums_of

MOST = 50
"""So many gifts are listed; the rest is counted."""


@dataclass(frozen=True)
class Alike:
    """A gift among those of one number."""

    day: str
    amount: str
    url: str
    reference: str


def gifts_shown(seat: Seat, gift: Gift) -> dict[str, Any]:
    """The gifts that are assigned together, with their sums. Three queries."""
    agency, alike = seat.agency, gifts_alike(gift)
    sums = sums_of(alike)
    number = sum(count for count, _total in sums)
    return {
        "gift": gift,
        "number": gift.giver_key,
        "count": number,
        "title": sentence(number, gift.giver_key),
        "sums": [total.format(agency.locale) for _count, total in sums],
        "more": max(0, number - MOST),
        "gifts": [
            Alike(
                day_in_words(agency, each.date),
                Money(each.amount, each.currency).format(agency.locale),
                reverse("gift", args=[agency.slug, each.pk]),
                each.reference,
            )
            for each in alike[:MOST]
        ],
    }


def sentence(count: int, number: str) -> str:
    """Which gifts are meant."""
    if not number:
        return ngettext("This gift is of …", "These %(count)s gifts are of …", count) % {"count": count}
    words = ngettext(
        "This %(count)s gift of number %(number)s is of …", "These %(count)s gifts of number %(number)s are of …", count
    )
    return words % {"count": count, "number": number}


def question(seat: Seat, gift: Gift) -> dict[str, Any]:
    """What the page of a review offers where nobody knows who gave: the gifts of its number, and who has that number by
    now, if anybody. Three queries.
    """
    url = reverse("giver_assign", args=[seat.agency.slug, gift.pk])
    count = sum(count for count, _total in sums_of(gifts_alike(gift)))
    owner = owner_of(seat.agency, gift)
    said = {"alike": sentence(count, gift.giver_key), "find_url": url}
    if owner is None:
        return said
    words = _("Number %(number)s is %(name)s by now.") % {"number": gift.giver_key, "name": owner.name}
    return {**said, "owner": words, "owner_name": owner.name, "owner_url": f"{url}?giver={owner.pk}"}


@dataclass(frozen=True)
class Assigned:
    """That somebody said who gave a gift."""

    words: str
    reason: str
    meta: str
    undone: str
    undo_url: str


def assignments(seat: Seat, gift: Gift, *, may_undo: bool) -> list[Assigned]:
    """Who was said to have given a gift, the oldest first, also what was taken back; for who records gifts."""
    if not seat.can("gifts.record"):
        return []
    found = GiverAssignment.objects.filter(gift=gift).select_related("giving_unit", "by").order_by("pk")
    return [assigned(seat, each, may_undo=may_undo) for each in found]


def assigned(seat: Seat, each: Any, *, may_undo: bool) -> Assigned:
    """One assignment in words."""
    agency = seat.agency
    taken = each.undone_at is not None
    said = _("taken back on %(day)s: %(why)s")
    return Assigned(
        words=_("Unidentified at first, then of %(name)s") % {"name": each.giving_unit.name},
        reason=each.reason,
        meta=f"{day_in_words(agency, each.at)}, {seat.name_of(each.by, _('the system'))}",
        undone=said % {"day": day_in_words(agency, each.undone_at), "why": each.undone_reason} if taken else "",
        undo_url=reverse("giver_take_back", args=[agency.slug, each.pk]) if may_undo and not taken else "",
    )


def act_shown(seat: Seat, each: GiverAssignment) -> list[Fact]:
    """What is taken back: whose the gifts were said to be, how many, and why."""
    together = GiverAssignment.objects.standing().filter(act=each.act).count()
    known = (
        Fact(_("Giver"), each.giving_unit.name),
        Fact(_("Gifts"), str(together)),
        Fact(_("Assigned"), day_in_words(seat.agency, each.at)),
        Fact(_("Reason"), each.reason),
    )
    return [fact for fact in known if fact.value]
