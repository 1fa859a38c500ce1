"""Putting evidence back that was removed, and with it the claim and the confirmation that rested on it."""

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from ssu import states
from ssu.models import ActionItem, Evidence, ItemEvent, State
from ssu.operations.acts import Kind, at_work, write
from ssu.operations.evidence import AlreadyAttached, SetAside
from ssu.operations.items import is_sound
from ssu.operations.notices import tell_confirmers


class NotRemoved(Refused):
    """Only what was removed is put back."""

    code = "not_removed"
    message = "This evidence stands: somebody has put it back already."


@transaction.atomic
def restore_evidence(*, agency: Agency, actor: User, evidence: Evidence) -> ActionItem:
    """Put a removed piece back. Where the same person removed it, and nothing was done to the item since, the claim
    and the confirmation that the removal took stand again too, if the evidence is still sound. Raises NotRemoved,
    SetAside, AlreadyAttached.
    """
    row = at_work(evidence.item)
    if row.state == State.NOT_APPLICABLE:
        raise SetAside
    twins = Evidence.objects.filter(item=row, removed_at=None, object_id=evidence.object_id)
    if evidence.kind == Evidence.Kind.OBJECT and twins.filter(object_kind=evidence.object_kind).exists():
        raise AlreadyAttached
    before = state_before_removal(actor, row, evidence)
    changed = Evidence.objects.filter(pk=evidence.pk).exclude(removed_at=None).update(removed_by=None, removed_at=None)
    if not changed:
        raise NotRemoved
    write(actor=actor, item=row, kind=Kind.EVIDENCE_ADDED, reason=evidence.title)
    if before in states.RESTORED and is_sound(row):
        stand_again(row, before)
        write(actor=actor, item=row, kind=states.RESTORED[before], taken=before)
        if before == State.READY and row.claimed_by is not None:
            tell_confirmers(agency, row.claimed_by, row)
    return row


def state_before_removal(actor: User, item: ActionItem, evidence: Evidence) -> State | None:
    """The state that this removal took; None when it took none, or when it was somebody else's or is not the last."""
    events = list(ItemEvent.objects.filter(item=item).order_by("pk"))
    last = [(event.kind, event.by_id) for event in events[-2:]]
    if last != [(Kind.EVIDENCE_REMOVED, actor.pk), (Kind.REOPENED, actor.pk)]:
        return None
    newest = Evidence.objects.filter(item=item).exclude(removed_at=None).order_by("removed_at", "pk").last()
    return states.fold(event.kind for event in events[:-2]) if newest == evidence else None


def stand_again(item: ActionItem, state: State) -> None:
    """Who claimed and confirmed, as the events have it."""
    claim = ItemEvent.objects.filter(item=item, kind=Kind.CLAIMED).latest("pk")
    item.claimed_by, item.claimed_at = claim.by, claim.at
    if state == State.COMPLETED:
        confirmation = ItemEvent.objects.filter(item=item, kind=Kind.CONFIRMED).latest("pk")
        item.confirmed_by, item.confirmed_at = confirmation.by, confirmation.at
