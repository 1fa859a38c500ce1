"""What of the audit trail is kept back from whom: nobody learns from it of an exit that was not told."""

from django.db.models import Q

from agencies.seats import Seat
from handover.models import Case


def acts_kept_back(seat: Seat) -> Q:
    """What was done in cases that the seat may not know."""
    return Q(kind="handover.case") & ~Q(object_id__in=Case.objects.seen_by(seat).values("pk"))


def acts_untold() -> Q:
    """What was done in cases that were not told."""
    return Q(kind="handover.case", object_id__in=Case.objects.filter(told_at=None).values("pk"))
