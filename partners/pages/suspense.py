"""Lines in suspense, and where lines went from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from funds.models import Posting
from funds.models.discretion import is_withheld
from partners.models import Gift, GiftLine, SuspenseAssignment
from partners.pages.gift_list import line_name
from partners.pages.partner import Fact


def line_in_suspense(seat: Seat, line: Any) -> list[Fact]:
    """What helps to find out where a line belongs. One query."""
    agency = seat.agency
    gift = Gift.objects.named_for(seat).get(pk=line.gift_id)
    known = (
        Fact(_("Gift"), _("Gift %(number)s") % {"number": gift.pk}, reverse("gift", args=[agency.slug, gift.pk])),
        Fact(_("Giver"), gift.shown_giver),
        Fact(_("Date"), day_in_words(agency, gift.date)),
        Fact(_("Designation"), line_name(line)),
        Fact(_("What the giver wrote"), line.intent),
        Fact(_("Amount"), Money(line.amount, gift.currency).format(agency.locale)),
    )
    return [fact for fact in known if fact.value]


@dataclass(frozen=True)
class Moved:
    """A transfer out of suspense: what it brought where, when, by whom and why; how it is taken back."""

    words: str
    reason: str
    meta: str
    posting_url: str
    taken_back: bool
    undo_url: str


def moves(seat: Seat, lines: Sequence[GiftLine], *, may_undo: bool, may_read: bool) -> list[Moved]:
    """The transfers that took these lines out of suspense, the oldest first, also those taken back. One query.

    A reason is free text, and kept back like the memos, also after the line was put back into suspense.
    """
    mine = SuspenseAssignment.objects.filter(line__in=[line.pk for line in lines]).named_for(seat)
    reversed_by = Posting.objects.filter(reverses=OuterRef("posting"))
    found = mine.annotate(
        taken_back=Exists(reversed_by),
        amount=F("line__amount"),
        currency=F("line__gift__currency"),
        code=F("designation__code"),
        is_closed=is_withheld(seat, "designation"),
    )
    return [
        moved(seat, each, may_undo=may_undo, may_read=may_read) for each in found.select_related("by").order_by("pk")
    ]


def moved(seat: Seat, each: Any, *, may_undo: bool, may_read: bool) -> Moved:
    """One transfer in words."""
    agency, records = seat.agency, seat.can("gifts.record")
    amount = Money(each.amount, each.currency).format(agency.locale)
    words = _("%(amount)s from suspense to %(code)s %(name)s")
    undo = may_undo and not each.taken_back
    return Moved(
        words=words % {"amount": amount, "code": each.code, "name": each.shown_name},
        reason=each.reason if may_read and (records or not each.is_closed) else "",
        meta=f"{day_in_words(agency, each.at)}, {seat.name_of(each.by, _('the system'))}",
        posting_url=reverse("posting", args=[agency.slug, each.posting_id]) if seat.can("ledger.view") else "",
        taken_back=each.taken_back,
        undo_url=reverse("line_take_back", args=[agency.slug, each.line_id]) if undo else "",
    )
