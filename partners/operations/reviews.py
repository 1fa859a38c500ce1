"""Settling what was held for a person."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import ReviewItem


class SettledAlready(Refused):
    """Somebody was quicker."""

    code = "settled_already"
    message = "Somebody settled this already. Open the list again."


class StillInSuspense(Refused):
    """Words alone do not say where money belongs."""

    code = "still_in_suspense"
    message = (
        "The money of this line is still in suspense. Assign it to a designation, or correct the gift; that settles it."
    )


class StillUnidentified(Refused):
    """Words alone make nobody a giver."""

    code = "still_unidentified"
    message = "Nobody is known as the giver of this gift yet. Say whose gift it is; that settles it."


@transaction.atomic
def settle_review(*, agency: Agency, actor: User, item: ReviewItem, outcome: str) -> ReviewItem:
    """Note what a person decided about a held line. The line itself stays as it was posted.

    Raises SettledAlready; StillInSuspense where the question is where the money belongs, which `assign_line` answers;
    StillUnidentified where it is who gave, which `assign_giver` answers.
    """
    locked: ReviewItem = ReviewItem.objects.select_for_update().get(pk=item.pk)
    if locked.settled_at is not None:
        raise SettledAlready
    if locked.reason == ReviewItem.Reason.UNKNOWN_DESIGNATION and locked.line.designation_id is None:
        raise StillInSuspense
    if locked.reason == ReviewItem.Reason.UNIDENTIFIED_DONOR and locked.line.gift.giving_unit.is_unidentified:
        raise StillUnidentified
    locked.settled_at, locked.settled_by, locked.outcome = timezone.now(), actor, outcome[:250]
    locked.save(update_fields=["settled_at", "settled_by", "outcome"])
    audit.record(actor=actor, verb="settle review", of=locked, label=locked.reason, reason=outcome)
    return locked
