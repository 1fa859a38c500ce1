"""Taking a match back: the line is in the queue again, the history stays."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from funds import locks
from partners.models import BankMatch, PostedFee
from partners.operations.reconciling.matching import RECONCILIATION
from partners.operations.reconciling.refusals import FeeIsPosted, TakenBack


@transaction.atomic
def take_match_back(*, agency: Agency, actor: User | None, match: BankMatch) -> BankMatch:
    """Take a match back. Raises TakenBack, FeeIsPosted."""
    locks.hold(RECONCILIATION, agency)
    locked: BankMatch = BankMatch.objects.select_for_update().get(pk=match.pk)
    if locked.undone_at is not None:
        raise TakenBack
    if PostedFee.objects.standing().filter(match=locked).exists():
        raise FeeIsPosted
    locked.undone_by, locked.undone_at = actor, timezone.now()
    locked.save(update_fields=["undone_by", "undone_at"])
    audit.record(actor=actor, verb="take match back", of=locked, label=f"statement line {locked.line_id}")
    return locked
