"""The gifts behind postings."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from funds.origins import Origin
from partners.models import Gift, GiftCorrection, SuspenseAssignment

TAKEN_BACK = frozenset({Gift.Kind.REFUND, Gift.Kind.CHARGEBACK})
"""Gifts below zero: what their posting is, the ledger itself cannot tell."""


def gifts_behind(seat: Seat, posting_ids: Collection[int]) -> dict[int, Origin]:
    """The gift that each posting posted, took back or moved, for gifts that the seat may see. Five queries."""
    mine = Gift.objects.seen_by(seat)
    rows = list(mine.filter(posting__in=posting_ids).values_list("posting", "pk", "kind"))
    posted = {posting: gift for posting, gift, _kind in rows}
    kinds = {posting: str(Gift.Kind(kind).label) for posting, _gift, kind in rows if kind in TAKEN_BACK}
    reversals = GiftCorrection.objects.filter(posting__in=posting_ids, gift__in=mine)
    taken_back = dict(reversals.values_list("posting", "gift"))
    undone_gifts = mine.filter(posting__reversals__in=posting_ids)
    taken_back |= dict(undone_gifts.values_list("posting__reversals", "pk"))
    moved = SuspenseAssignment.objects.filter(line__gift__in=mine)
    transfers = dict(moved.filter(posting__in=posting_ids).values_list("posting", "line__gift"))
    undone = moved.filter(posting__reversals__in=posting_ids)
    transfers |= dict(undone.values_list("posting__reversals", "line__gift"))
    slug = seat.agency.slug
    return {
        posting: Origin(
            _("Gift %(number)s") % {"number": gift}, reverse("gift", args=[slug, gift]), kinds.get(posting, "")
        )
        for posting, gift in {**posted, **taken_back, **transfers}.items()
    }
