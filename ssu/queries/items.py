"""Action items as one seat sees them: what each rests on, who did what, and what this person may do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agencies.models import AuditEntry
from agencies.seats import Seat
from ssu import evidence as registry
from ssu import states
from ssu.models import ActionItem, Evidence, ItemEvent, State
from ssu.models.rollout import SETTLED


@dataclass(frozen=True)
class May:
    """What a seat may do with an item as it stands. Doors and pages ask the same question."""

    add: bool
    claim: bool
    confirm: bool
    undo: bool
    set_aside: bool
    plan: bool


NOTHING = May(add=False, claim=False, confirm=False, undo=False, set_aside=False, plan=False)


def may(seat: Seat, item: Any) -> May:
    """What a seat may do with an item that was `seen_by` it. Rights reach the unit; the claimant may take back the own
    claim, every other undo needs `confirm`. Nobody changes an item whose unit is closed to them.
    """
    if item.is_withheld:
        return NOTHING
    claims = seat.can("rollout.claim", item.unit_id)
    confirms = seat.can("rollout.confirm", item.unit_id)
    state, own = State(item.state), item.claimed_by_id == seat.user_id
    return May(
        add=claims and state != State.NOT_APPLICABLE,
        claim=claims and state in states.UNCLAIMED,
        confirm=confirms and state == State.READY and not own,
        undo=(confirms and state not in states.UNCLAIMED) or (claims and own and state == State.READY),
        set_aside=confirms and state not in SETTLED and not (own and state == State.READY),
        plan=claims or confirms,
    )


def may_remove(seat: Seat, item: Any, evidence: Evidence) -> bool:
    """Whether a seat may take a piece of an item `seen_by` it away: one's own while nobody has confirmed the item;
    anything else is an undo and needs `confirm`.
    """
    if item.is_withheld:
        return False
    if seat.can("rollout.confirm", item.unit_id):
        return bool(item.state != State.NOT_APPLICABLE)
    claims = seat.can("rollout.claim", item.unit_id)
    return bool(claims and evidence.added_by_id == seat.user_id and item.state not in SETTLED)


def may_restore(seat: Seat, item: Any, evidence: Evidence) -> bool:
    """Whether a seat may put a removed piece back: who may add one here, and whoever removed it."""
    return seat.can("rollout.claim", item.unit_id) or evidence.removed_by_id == seat.user_id


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as a seat may see it; `title`, `text` and `url` are "" when kept back."""

    evidence: Evidence
    title: str
    text: str
    thing: registry.Thing | None
    trouble: str
    is_withheld: bool


def pieces(seat: Seat, items: Iterable[Any]) -> dict[int, list[Piece]]:
    """The standing evidence of items `seen_by` this seat, by item id, the oldest first. One query, and one per kind of
    object.
    """
    kept_back = {item.pk: item.is_withheld for item in items}
    found = list(Evidence.objects.filter(item__in=kept_back, removed_at=None).order_by("pk"))
    shown: dict[int, list[Piece]] = {}
    for each in as_pieces(seat, found, kept_back):
        shown.setdefault(each.evidence.item_id, []).append(each)
    return shown


def removed_of(seat: Seat, item: Any) -> list[Piece]:
    """The evidence that was taken away from an item `seen_by` this seat, the newest first. One query, and one per kind
    of object.
    """
    found = list(Evidence.objects.filter(item=item).exclude(removed_at=None).order_by("-removed_at", "-pk"))
    return as_pieces(seat, found, {item.pk: item.is_withheld})


def as_pieces(seat: Seat, found: Sequence[Evidence], kept_back: Mapping[int, bool]) -> list[Piece]:
    """Rows of evidence as this seat may see them; `kept_back` says which items are closed to it."""
    objects = [(each.object_kind, each.object_id or 0) for each in found if each.kind == Evidence.Kind.OBJECT]
    things = registry.things(objects)
    return [
        piece(seat, each, things.get((each.object_kind, each.object_id or 0)), kept_back[each.item_id])
        for each in found
    ]


def piece(seat: Seat, evidence: Evidence, thing: registry.Thing | None, withheld: bool) -> Piece:
    """What is free text stays back while the unit is closed to the seat; an object stays back from whom its app would
    refuse.
    """
    is_object = evidence.kind == Evidence.Kind.OBJECT
    hidden = withheld or (is_object and thing is not None and not thing.visible_to(seat))
    trouble = ("no longer there" if thing is None else thing.trouble) if is_object else ""
    if hidden:
        return Piece(evidence, "", "", None, trouble, is_withheld=True)
    return Piece(evidence, evidence.title, evidence.text, thing, trouble, is_withheld=False)


def last_act(item: ActionItem) -> ItemEvent | None:
    """What was done to an item last, evidence aside. One query."""
    aside = (ItemEvent.Kind.EVIDENCE_ADDED, ItemEvent.Kind.EVIDENCE_REMOVED)
    acts = ItemEvent.objects.filter(item=item).exclude(kind__in=aside)
    found: ItemEvent | None = acts.order_by("pk").last()
    return found


def doer_of(item: ActionItem, last: ItemEvent | None) -> int | None:
    """The id of whoever did what would be taken back, `last` being the last act."""
    if item.state == State.COMPLETED:
        return item.confirmed_by_id
    if item.state == State.READY:
        return item.claimed_by_id
    return last.by_id if last else None


def events_of(item: ActionItem) -> Sequence[ItemEvent]:
    """What was done to an item, the newest first."""
    return list(ItemEvent.objects.filter(item=item).order_by("-pk"))


def plans_of(item: ActionItem) -> Sequence[AuditEntry]:
    """What the trail of acts tells of how an item was planned, the newest first."""
    return list(AuditEntry.objects.filter(kind="ssu.actionitem", object_id=item.pk, verb="plan item").order_by("-pk"))


def states_that_differ() -> list[tuple[ActionItem, State]]:
    """Items whose state is not what their events add up to, with what it should be: the proof of the roll-out."""
    acts: dict[int, list[str]] = {}
    for item_id, kind in ItemEvent.objects.order_by("pk").values_list("item_id", "kind"):
        acts.setdefault(item_id, []).append(kind)
    expected = ((item, states.fold(acts.get(item.pk, []))) for item in ActionItem.objects.order_by("pk"))
    return [(item, state) for item, state in expected if item.state != state]
