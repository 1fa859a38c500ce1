"""Writing what was done to an action item: the event, the state it leads to, the audit entry, the signal. Used by the
other modules.
"""

from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from ssu import states
from ssu.models import ActionItem, Evidence, ItemEvent, State
from ssu.models.rollout import SETTLED
from ssu.operations.archived import UnitArchived
from ssu.operations.declaring_notices import ask_to_declare
from ssu.operations.notices import settle_matters
from ssu.queries.own_items import wording_of
from ssu.signals import item_changed

Kind = ItemEvent.Kind
EVIDENCE_ACTS = (Kind.EVIDENCE_ADDED, Kind.EVIDENCE_REMOVED)
TELLING_WHY = (Kind.NOT_APPLICABLE, Kind.REOPENED, Kind.UNDONE)
"""Whoever looks at the item next has to know why it stands so."""
VERBS = {
    Kind.CLAIMED: "claim item",
    Kind.CONFIRMED: "confirm item",
    Kind.UNDONE: "take back last act on item",
    Kind.NOT_APPLICABLE: "set item not applicable",
    Kind.REOPENED: "reopen item",
    Kind.EVIDENCE_ADDED: "add evidence",
    Kind.EVIDENCE_REMOVED: "remove evidence",
    Kind.CLAIM_RESTORED: "restore claim",
    Kind.CONFIRM_RESTORED: "restore confirmation",
}


def locked(item: ActionItem) -> ActionItem:
    """The item as it stands now, its row held until the transaction ends: two people acting at once act one after the
    other.
    """
    row: ActionItem = ActionItem.objects.select_for_update(of=("self",)).select_related("unit").get(pk=item.pk)
    return row


def at_work(item: ActionItem) -> ActionItem:
    """The same, for an act of a person. Raises UnitArchived."""
    row = locked(item)
    if not row.unit.is_at_work:
        raise UnitArchived
    return row


def standing(item: ActionItem) -> list[Evidence]:
    """The evidence that is not removed, the oldest first."""
    return list(Evidence.objects.filter(item=item, removed_at=None).order_by("pk"))


def write(
    *, actor: User, item: ActionItem, kind: ItemEvent.Kind, reason: str = "", taken: State | None = None
) -> ActionItem:
    """Append the event and bring the item's columns in line with it. The caller holds the row's lock and has checked
    the rule.
    """
    now, before = timezone.now(), item.state
    ItemEvent.objects.create(item=item, kind=kind, by=actor, at=now, reason=reason)
    item.state = states.after(State(item.state), kind, len(standing(item)), taken)
    item.last_activity_at = now
    if kind == Kind.CLAIMED:
        item.claimed_by, item.claimed_at = actor, now
    if kind == Kind.CONFIRMED:
        item.confirmed_by, item.confirmed_at = actor, now
    forget_what_no_longer_stands(item)
    renew_words(item)
    if kind not in EVIDENCE_ACTS:
        item.reason = reason if kind in TELLING_WHY else ""
    item.save()
    settle_matters(item)
    if (before in SETTLED) != (item.state in SETTLED):
        ask_to_declare(item)
    audit.record(actor=actor, verb=VERBS[kind], of=item, label=f"{item.unit.public_name}: {item.number}")
    tell = partial(
        item_changed.send, sender=ActionItem, agency_id=item.agency_id, unit_id=item.unit_id, item_id=item.pk, kind=kind
    )
    transaction.on_commit(partial(tell, actor_id=actor.pk), robust=True)
    return item


def forget_what_no_longer_stands(item: ActionItem) -> None:
    """Claim and confirmation are kept on the item only as long as its state rests on them; the events keep them for
    ever.
    """
    if item.state != State.COMPLETED:
        item.confirmed_by = item.confirmed_at = None
    if item.state not in (State.READY, State.COMPLETED):
        item.claimed_by = item.claimed_at = None


def renew_words(item: ActionItem) -> None:
    """An item of the agency's own that is open again takes the words that stand now."""
    if item.own_item is not None and item.state in states.UNCLAIMED:
        item.own_wording = wording_of(item.own_item)
