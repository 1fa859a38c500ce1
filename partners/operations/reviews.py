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


@transaction.atomic
def settle_review(*, agency: Agency, actor: User, item: ReviewItem, outcome: str) -> ReviewItem:
    """Note what a person decided about a held line. The line itself stays as it was posted. Raises SettledAlready."""
    locked: ReviewItem = ReviewItem.objects.select_for_update().get(pk=item.pk)
    if locked.settled_at is not None:
        raise SettledAlready
    locked.settled_at, locked.settled_by, locked.outcome = timezone.now(), actor, outcome[:250]
    locked.save(update_fields=["settled_at", "settled_by", "outcome"])
    audit.record(actor=actor, verb="settle review", of=locked, label=locked.reason, reason=outcome)
    return locked
