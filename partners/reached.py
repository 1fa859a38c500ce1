"""Rows of the relationship with partners that a seat may act upon; 404 for all others, whether they exist or not.

What was written for a unit that is closed to the seat is changed by its writer alone.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from agencies.seats import Seat
from partners.models import Contact, FollowUp, Gift, Holder, Partner, Undertaking
from partners.models.discretion import in_field
from partners.queries.care import is_office, units_in_care
from partners.queries.giving_reports.lines import seen
from ssu.models import Unit
from ssu.models.discretion import Discretion, masked_for


def cared_partner(seat: Seat, pk: int) -> Partner:
    """A partner for whom the seat may care: of the office any, in the field whom one leads or holds."""
    found: Partner = get_object_or_404(Partner.objects.seen_by(seat, "partners.contact"), pk=pk)
    return found


def own_contact(seat: Seat, pk: int) -> Contact:
    """A contact that the seat logged, or any that it sees where it may change partners."""
    seen = Contact.objects.seen_by(seat).filter(partner__in=Partner.objects.seen_by(seat, "partners.contact"))
    own, closed = Q(by=seat.user_id), masked_for("unit", seat, Discretion.CLOSED)
    mine = seen.filter(own | ~closed) if seat.can("partners.edit") else seen.filter(own)
    found: Contact = get_object_or_404(mine.select_related("partner", "unit"), pk=pk)
    return found


def seen_follow_up(seat: Seat, pk: int) -> Any:
    """A follow-up that the seat may see."""
    closed = masked_for("unit", seat, Discretion.CLOSED)
    open_ones = FollowUp.objects.seen_by(seat).filter(Q(assignee=seat.user_id) | ~closed)
    seen = open_ones.select_related("partner", "assignee")
    return get_object_or_404(seen, pk=pk)


def ending_holder(seat: Seat, pk: int) -> Any:
    """Who holds, in a unit in which the seat may say so: 403 where it sees the row only."""
    known = Partner.objects.seen_by(seat, "partners.contact")
    found = get_object_or_404(Holder.objects.open_to(seat).named_for(seat).filter(partner__in=known), pk=pk)
    if not seat.can("partners.hold", found.unit_id):
        raise PermissionDenied("partners.hold")
    return found


def thanked_for(seat: Seat, pk: int) -> tuple[Gift, Partner]:
    """A gift whose giver the seat may know and care for; 404 for all others, whether they exist or not."""
    gifts = Gift.objects.standing().filter(pk__in=seen(seat).values("gift"), amount__gt=0)
    if in_field(seat):
        gifts = gifts.filter(anonymous=False)
    gift = get_object_or_404(gifts.exclude(giving_unit__partner=None).select_related("giving_unit"), pk=pk)
    return gift, cared_partner(seat, gift.giving_unit.partner_id)


def team_thanking(seat: Seat, gift: Gift, partner: Partner) -> Unit | None:
    """In whose name thanks are said: the office's, or that of the first team of the gift in which the seat cares for
    the partner. 404 where there is none.
    """
    if is_office(seat):
        return None
    units = units_in_care(seat, partner).filter(pk__in=gift.lines.values("designation__unit")).order_by("pk")
    found: Unit | None = units.first()
    if found is None:
        raise Http404
    return found


def open_undertaking(seat: Seat, pk: int) -> Any:
    """What a partner undertakes, where the seat may change it; what one ended oneself also where the partner is known
    by nothing else, so that it can go on again.
    """
    mine = Q(partner__in=Partner.objects.seen_by(seat, "partners.contact")) | Q(ended_by=seat.user_id)
    found = Undertaking.objects.open_to(seat).named_for(seat).filter(mine)
    return get_object_or_404(found.select_related("partner", "unit"), pk=pk)
