"""Rows of the relationship with partners that a seat may act upon; 404 for all others, whether they exist or not."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from agencies.seats import Seat
from partners.models import Contact, FollowUp, Holder, Partner


def cared_partner(seat: Seat, pk: int) -> Partner:
    """A partner for whom the seat may care: of the office any, in the field whom one leads or holds."""
    found: Partner = get_object_or_404(Partner.objects.seen_by(seat, "partners.contact"), pk=pk)
    return found


def own_contact(seat: Seat, pk: int) -> Contact:
    """A contact that the seat logged, or any that it sees where it may change partners."""
    seen = Contact.objects.seen_by(seat).filter(partner__in=Partner.objects.seen_by(seat, "partners.contact"))
    mine = seen if seat.can("partners.edit") else seen.filter(by=seat.user_id)
    found: Contact = get_object_or_404(mine.select_related("partner", "unit"), pk=pk)
    return found


def seen_follow_up(seat: Seat, pk: int) -> Any:
    """A follow-up that the seat may see."""
    seen = FollowUp.objects.seen_by(seat).select_related("partner", "assignee")
    return get_object_or_404(seen, pk=pk)


def ending_holder(seat: Seat, pk: int) -> Any:
    """Who holds, in a unit in which the seat may say so: 403 where it sees the row only."""
    known = Partner.objects.seen_by(seat, "partners.contact")
    found = get_object_or_404(Holder.objects.named_for(seat).filter(partner__in=known), pk=pk)
    if not seat.can("partners.hold", found.unit_id):
        raise PermissionDenied("partners.hold")
    return found
