"""Taking a merge back: whoever was made one are two again (ADR 14)."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import Merge
from partners.operations.duplicates import look_again
from partners.operations.erased import refuse_erased
from partners.operations.merge_lock import hold_merges
from partners.operations.merge_moves import take_back
from partners.operations.telling import tell_changed

After = Callable[..., None]
_after: list[After] = []


def when_undone(do: After) -> None:
    """An app above takes part in every undo, in its transaction: `do(agency=, actor=, merge=)`, called last."""
    if do not in _after:
        _after.append(do)


class UndoneAlready(Refused):
    """A merge is undone once."""

    code = "merge_undone"
    message = "This merge was undone already."


class LaterMerge(Refused):
    """What was merged last is undone first: only so everybody gets back what was theirs."""

    code = "later_merge"

    def __init__(self, name: str = "") -> None:
        super().__init__(f"The record of {name} was merged with this one later. Undo that merge first.")


@transaction.atomic
def undo_merge(*, agency: Agency, actor: User | None, merge: Merge, reason: str = "") -> Merge:
    """The loser stands again with all that came with it, and with what came since under its own numbers or on its own
    giving units; what else came since stays with the survivor. What was changed by hand since stays changed.

    Raises UndoneAlready, ErasedAlready, LaterMerge, PartnersBusy.
    """
    hold_merges(agency)
    found: Merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if found.undone_at is not None:
        raise UndoneAlready
    refuse_erased(found.survivor, found.loser)
    later = resting_on(found)
    if later is not None:
        raise LaterMerge(later.name_of_other(found))
    for each in found.steps.order_by("-pk"):
        take_back(each)
    found.undone_at, found.undone_by = timezone.now(), actor
    found.save(update_fields=["undone_at", "undone_by"])
    for do in _after:
        do(agency=agency, actor=actor, merge=found)
    look_again(agency=agency, partner_ids=[found.survivor_id, found.loser_id])
    tell_changed(agency, [found.survivor_id, found.loser_id])
    for partner in (found.survivor, found.loser):
        label, changes = f"partner {partner.pk}", {"merge": found.pk}
        audit.record(actor=actor, verb="undo merge", of=partner, label=label, changes=changes, reason=reason)
    return found


def resting_on(merge: Merge) -> Merge | None:
    """The newest merge after this one that moved what this one had brought together."""
    both = (merge.survivor_id, merge.loser_id)
    later = Merge.objects.standing().filter(pk__gt=merge.pk).filter(Q(survivor__in=both) | Q(loser__in=both))
    found: Merge | None = later.select_related("survivor", "loser").order_by("-pk").first()
    return found
