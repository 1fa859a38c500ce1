"""Which organizations stand in the alliance, and who acts for them."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from alliances.models import (
    Agreement,
    AgreementState,
    Alliance,
    Backbone,
    Member,
    MemberChange,
    MemberState,
    Representative,
    Signature,
)
from alliances.operations.withdrawal import withdraw_seats
from core.errors import Refused

INVITED, SIGNED, ACTIVE, SUSPENDED, LEFT = MemberState
STEPS: Final[dict[str, frozenset[str]]] = {
    INVITED: frozenset({SIGNED, LEFT}),
    SIGNED: frozenset({ACTIVE, LEFT}),
    ACTIVE: frozenset({SUSPENDED, LEFT}),
    SUSPENDED: frozenset({ACTIVE, LEFT}),
    LEFT: frozenset(),
}


class AlreadyMember(Refused):
    """An organization is a member once."""

    code = "already_member"
    field = "organization"
    message = "This organization is in the alliance already."


class BackboneIsNeutral(Refused):
    """The backbone has no numbers of its own among those it reviews."""

    code = "backbone_is_neutral"
    field = "organization"
    message = "This organization serves the alliance as its backbone, so it cannot be a member too."


class NotThatWay(Refused):
    """The states of a member follow each other in one order."""

    code = "not_that_way"

    def __init__(self, before: str, after: str) -> None:
        words = {"before": MemberState(before).label, "after": MemberState(after).label}
        super().__init__(_("This member is “%(before)s” and cannot become “%(after)s” from there.") % words)


class NotSigned(Refused):
    """A member becomes active with its name under the agreement."""

    code = "not_signed"
    message = "This member has not signed the agreement in force. It becomes active when it has."


class HasPlace(Refused):
    """A person acts for one side only."""

    code = "has_place"
    message = (
        "This person already has a place in this alliance. One person acts for one organization: end that place first."
    )


class LastCoordinator(Refused):
    """The backbone always keeps a coordinator."""

    code = "last_coordinator"
    message = "This is the last coordinator. Add another one first."


@transaction.atomic
def invite_member(
    *, alliance: Alliance, actor: User | None, organization: str, kind: str, agency_id: int | None = None
) -> Member:
    """Put an organization on the list of members as invited. Raises AlreadyMember, BackboneIsNeutral."""
    backbone = Backbone.objects.get(ended_at=None)
    if organization == backbone.organization or (agency_id is not None and agency_id == backbone.agency_id):
        raise BackboneIsNeutral
    if Member.objects.filter(organization=organization).exists():
        raise AlreadyMember
    if agency_id is not None and Member.objects.filter(agency_id=agency_id).exists():
        raise AlreadyMember
    member: Member = Member.objects.create(organization=organization, kind=kind, agency_id=agency_id)
    MemberChange.objects.create(member=member, state=member.state, by=actor)
    audit.record(actor=actor, verb="invite member", of=member, label=organization)
    return member


@transaction.atomic
def move_member(*, alliance: Alliance, actor: User | None, member: Member, state: str, reason: str = "") -> Member:
    """Bring a member into another state. Active needs its signature under the agreement in force;
    who leaves loses every place.

    Raises NotThatWay, NotSigned.
    """
    locked: Member = Member.objects.select_for_update().get(pk=member.pk)
    if state not in STEPS[locked.state]:
        raise NotThatWay(locked.state, state)
    if state == ACTIVE and not has_signed(locked):
        raise NotSigned
    locked.state = state
    locked.save(update_fields=["state"])
    MemberChange.objects.create(member=locked, state=state, by=actor, reason=reason)
    if state == LEFT:
        end_places(actor, locked)
    audit.record(
        actor=actor, verb="move member", of=locked, label=locked.organization, changes={"state": state}, reason=reason
    )
    return locked


def end_places(actor: User | None, member: Member) -> None:
    """Every place of a member that left, and every open invitation to one or by somebody who had one."""
    places = Representative.objects.filter(member=member, ended_at=None)
    senders = list(places.values_list("user", flat=True))
    places.update(ended_at=timezone.now())
    withdraw_seats(actor, member=member)
    withdraw_seats(actor, invited_by__in=senders)


def has_signed(member: Member) -> bool:
    """Whether the member signed the agreement in force: the adopted one, or, before there is one, one that is
    offered.
    """
    adopted = Agreement.objects.filter(state=AgreementState.ADOPTED)
    binding = adopted if adopted.exists() else Agreement.objects.filter(state=AgreementState.OFFERED)
    return bool(Signature.objects.filter(member=member, agreement__in=binding).exists())


@transaction.atomic
def add_representative(
    *, alliance: Alliance, actor: User | None, user: User, member: Member | None, capacities: tuple[str, ...] = ()
) -> Representative:
    """Give a person a place for a member, or, with member None, on the staff of the backbone.
    `capacities` are names of `may_…` fields.

    Raises HasPlace.
    """
    if Representative.objects.filter(user=user, ended_at=None).exists():
        raise HasPlace
    backbone = Backbone.objects.get(ended_at=None) if member is None else None
    flags = dict.fromkeys(capacities, True)
    place: Representative = Representative.objects.create(
        user=user, member=member, backbone=backbone, added_by=actor, **flags
    )
    audit.record(
        actor=actor, verb="add representative", of=place, label=user.name, changes={"capacities": sorted(capacities)}
    )
    return place


@transaction.atomic
def end_representative(*, alliance: Alliance, actor: User | None, representative: Representative) -> None:
    """End a person's place; access ends with it, at once, and so do the invitations that the person sent and nobody
    used. Raises LastCoordinator.
    """
    coordinators = Representative.objects.select_for_update().filter(may_coordinate=True, ended_at=None)
    if [place.pk for place in coordinators] == [representative.pk]:
        raise LastCoordinator
    representative.ended_at = timezone.now()
    representative.save(update_fields=["ended_at"])
    withdraw_seats(actor, invited_by=representative.user)
    audit.record(actor=actor, verb="end representative", of=representative, label=representative.user.name)
