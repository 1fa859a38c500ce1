"""What people do to an action item: claim, confirm, undo, set aside, plan."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu import evidence as registry
from ssu.models import ActionItem, Evidence, State, Worker
from ssu.operations.acts import Kind, at_work, standing, write
from ssu.operations.coaching_gate import TEAM_COACHED, has_team, hold_team_of, need_team_coached
from ssu.operations.evidence import add_note
from ssu.operations.notices import tell_assignee, tell_confirmed, tell_confirmers
from ssu.operations.second_person import need_another_person
from ssu.states import UNCLAIMED


class DueDayPast(Refused):
    """What is to be done lies ahead."""

    code = "due_day_past"
    field = "due_on"
    message = "This day is past. Choose a day to come."


class NoEvidence(Refused):
    """A claim rests on evidence."""

    code = "no_evidence"
    message = "Add evidence first: a note, a link, a file or something from the app. Then claim the item."


class EvidenceUnsound(Refused):
    """All that the claim rests on has become invalid."""

    code = "evidence_unsound"


class EvidenceOfKind(Refused):
    """The agency asks for one kind of evidence for an item of its own."""

    code = "evidence_of_kind"


class AlreadyClaimed(Refused):
    """Somebody claimed the item already."""

    code = "already_claimed"
    message = (
        "This item is claimed already. Look at the page again: it may be waiting for confirmation or be completed."
    )


class NotReady(Refused):
    """Only a claimed item can be confirmed."""

    code = "not_ready"
    message = "There is no open claim to confirm. It was taken back, or somebody confirmed it just now."


class OwnClaim(Refused):
    """A second person confirms."""

    code = "own_claim"
    message = "You claimed this item, so somebody else confirms it: the leader, the coach or an administrator."


class SpouseClaim(Refused):
    """A married couple counts as one person here."""

    code = "spouse_claim"
    message = "Your spouse claimed this item. Somebody outside the family confirms it."


class ReasonMissing(Refused):
    """Setting an item aside needs a reason."""

    code = "reason_missing"
    field = "reason"
    message = "Say why this item does not apply to this unit. Everybody who looks at the roll-out reads it."


class AlreadyCompleted(Refused):
    """A completed item is undone before it is set aside."""

    code = "already_completed"
    message = "This item is completed or set aside already. Undo that first."


class CoachingApplies(Refused):
    """Nobody is left out of the coaching by setting it aside."""

    code = "coaching_applies"
    message = (
        "Somebody serves in this unit, so the coaching of the team is not set aside. Excuse a person from an area "
        "instead, with the reason, on the coaching page."
    )


class OwnClaimStands(Refused):
    """Setting aside is no way round the second person."""

    code = "own_claim_stands"
    message = "You claimed this item. Take the claim back first, or let somebody else set the item as not applicable."


class SpouseClaimStands(Refused):
    """A married couple counts as one person here too."""

    code = "spouse_claim_stands"
    message = "Your spouse claimed this item. Somebody outside the family sets it as not applicable."


@transaction.atomic
def claim_item(*, agency: Agency, actor: User, item: ActionItem, note: str = "") -> ActionItem:
    """Say that an item is done. It rests on at least one sound piece of evidence; `note` becomes one.

    Raises AlreadyClaimed, NoEvidence, EvidenceUnsound.
    """
    row = at_work(item)
    if row.state not in UNCLAIMED:
        raise AlreadyClaimed
    if note.strip():
        add_note(agency=agency, actor=actor, item=row, text=note)
        row = at_work(item)
    need_sound_evidence(row)
    write(actor=actor, item=row, kind=Kind.CLAIMED)
    tell_confirmers(agency, actor, row)
    return row


@transaction.atomic
def confirm_item(*, agency: Agency, actor: User, item: ActionItem, note: str = "") -> ActionItem:
    """Agree with a claim, as somebody other than the claimant and their spouse, on evidence that is still sound.

    Raises NotReady, OwnClaim, SpouseClaim, NoEvidence, EvidenceUnsound, TeamNotCoached.
    """
    hold_team_of(item)
    row = at_work(item)
    if row.state != State.READY:
        raise NotReady
    need_another(row, actor)
    need_sound_evidence(row)
    need_team_coached(row)
    write(actor=actor, item=row, kind=Kind.CONFIRMED, reason=note)
    tell_confirmed(agency, actor, row)
    return row


@transaction.atomic
def set_not_applicable(*, agency: Agency, actor: User, item: ActionItem, reason: str) -> ActionItem:
    """Set an item aside for this unit, with the reason. What waits to be confirmed is set aside by somebody other than
    who claimed it; the coaching of a team never is. Raises ReasonMissing, AlreadyCompleted, OwnClaimStands,
    SpouseClaimStands, CoachingApplies.
    """
    hold_team_of(item)
    row = at_work(item)
    if not reason.strip():
        raise ReasonMissing
    if row.state in (State.COMPLETED, State.NOT_APPLICABLE):
        raise AlreadyCompleted
    if row.claimed_by_id is not None:
        need_another_person(actor, row.claimed_by_id, own=OwnClaimStands, spouse=SpouseClaimStands)
    if row.key == TEAM_COACHED and has_team(row.unit_id):
        raise CoachingApplies
    return write(actor=actor, item=row, kind=Kind.NOT_APPLICABLE, reason=reason.strip())


@transaction.atomic
def plan_item(
    *, agency: Agency, actor: User, item: ActionItem, due_on: date | None, assignee: Worker | None
) -> ActionItem:
    """Say who does an item, and by when. Neither is needed. Whoever is given it hears of it. Raises DueDayPast: a day
    that is past may stay where it stands, and is not chosen anew.
    """
    row = at_work(item)
    if due_on is not None and due_on < agency.today() and due_on != row.due_on:
        raise DueDayPast
    is_new = assignee is not None and row.assignee_id != assignee.pk
    row.due_on, row.assignee = due_on, assignee
    row.save(update_fields=["due_on", "assignee"])
    tell_assignee(agency, actor, row, is_new=is_new)
    changes = {"due_on": str(due_on or ""), "assignee": assignee.pk if assignee else None}
    audit.record(actor=actor, verb="plan item", of=row, label=f"{row.unit.public_name}: {row.number}", changes=changes)
    return row


def need_another(item: ActionItem, actor: User) -> None:
    """Raise OwnClaim or SpouseClaim for whoever claimed the item, and for their spouse."""
    need_another_person(actor, item.claimed_by_id, own=OwnClaim, spouse=SpouseClaim)


def need_sound_evidence(item: ActionItem) -> None:
    """Raise NoEvidence when nothing stands, EvidenceUnsound when nothing that stands proves anything any more."""
    pieces = standing(item)
    if not pieces:
        raise NoEvidence
    need_kind(item, pieces)
    troubles = troubles_of(item, pieces)
    if all(troubles):
        raise EvidenceUnsound(" ".join(dict.fromkeys(troubles)))


def is_sound(item: ActionItem) -> bool:
    """Whether the evidence of an item could carry a claim now."""
    try:
        need_sound_evidence(item)
    except (NoEvidence, EvidenceUnsound, EvidenceOfKind):
        return False
    return True


def need_kind(item: ActionItem, pieces: list[Evidence]) -> None:
    """Raise EvidenceOfKind when the agency asks for a kind of evidence that is not among the pieces."""
    asked = item.own_item.evidence_kind if item.own_item else ""
    if asked and all(piece.kind != asked for piece in pieces):
        kind = str(Evidence.Kind(asked).label).lower()
        raise EvidenceOfKind(f"Your agency asks for evidence of the kind “{kind}” here. Add one, then claim the item.")


def troubles_of(item: ActionItem, pieces: list[Evidence]) -> list[str]:
    """For each piece why it proves nothing, "" when it does. Files, links and notes always do; objects as their app
    says.
    """
    known = registry.things([(piece.object_kind, piece.object_id or 0) for piece in pieces if piece.kind == "object"])
    return [trouble_of(item, piece, known) for piece in pieces]


def trouble_of(item: ActionItem, piece: Evidence, known: dict[tuple[str, int], registry.Thing]) -> str:
    if piece.kind != Evidence.Kind.OBJECT:
        return ""
    thing = known.get((piece.object_kind, piece.object_id or 0))
    if thing is None or thing.unit_id != item.unit_id:
        return "What this item rested on is no longer there. Add other evidence."
    return thing.trouble
