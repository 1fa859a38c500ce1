"""Who joins, who may what, who leaves."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency, Invitation, Membership, Role, RoleGrant
from agencies.models.people import AGENCY_ROLES
from agencies.operations.api_keys import end_keys_of
from agencies.operations.withdrawals import withdraw_invitations_of
from core.errors import Refused

_givers: list[Callable[..., Any]] = []
_enders: list[Callable[..., Any]] = []
_seaters: list[Callable[..., Any]] = []


class NotAnAgencyRole(Refused):
    """Leader, member and coach are held in a unit."""

    code = "not_an_agency_role"
    message = "This role is given in a unit: open the unit's team and add the person there."


class MembershipEnded(Refused):
    """What is given to somebody who has left would come to life with a later, narrower invitation."""

    code = "membership_ended"
    field = "person"
    message = "This person has left. Invite them again, under People or by a file of people, and then give the role."


class LastAdministrator(Refused):
    """An agency always keeps an administrator."""

    code = "last_administrator"
    message = "This is the last administrator. Make somebody else administrator first."


def register_unit_role_giver(give: Callable[..., Any]) -> None:
    """The app that knows units gives a role in a unit: `give(agency=, actor=, membership=, unit_id=, role=)`.

    Called in the agency's scope when an invitation with unit roles is accepted. It passes over a unit that is gone.
    """
    _givers[:] = [give]


def register_unit_role_ender(end: Callable[..., Any]) -> None:
    """The app that knows units ends every role of a membership in them: `end(agency=, actor=, membership=, reason=)`.

    Called when a membership ends, so that no role in a unit comes back to life when the person joins again.
    """
    _enders[:] = [end]


def register_person_seater(seat: Callable[..., Any]) -> None:
    """The app that knows who serves gives the person behind an invitation their membership: `seat(membership=,
    invitation=)`. Called first when an invitation is accepted, before any role in a unit is given.
    """
    _seaters[:] = [seat]


def seat_person(membership: Membership, invitation: Invitation) -> None:
    """Join a person who serves already with the sign-in that they have now."""
    for seat in _seaters:
        seat(membership=membership, invitation=invitation)


@transaction.atomic
def add_member(*, agency: Agency, actor: User | None, user: User, roles: tuple[str, ...] = ()) -> Membership:
    """Give a person a place in the agency, again if they had left, with these agency-wide roles."""
    membership, made = Membership.objects.get_or_create(agency=agency, user=user)
    if membership.left_at is not None:
        membership.left_at, membership.joined_at = None, timezone.now()
        membership.save(update_fields=["left_at", "joined_at"])
        made = True
    if made:
        audit.record(actor=actor, verb="add member", of=membership, label=user.name)
    for role in roles:
        grant_role(agency=agency, actor=actor, membership=membership, role=role)
    result: Membership = membership
    return result


def need_standing(membership: Membership) -> None:
    """Hold a membership, so that nobody ends it meanwhile, and raise MembershipEnded when it has ended."""
    held = Membership.objects.select_for_update(no_key=True).filter(pk=membership.pk)
    if held.values_list("left_at", flat=True).get() is not None:
        raise MembershipEnded


@transaction.atomic
def grant_role(*, agency: Agency, actor: User | None, membership: Membership, role: str) -> RoleGrant:
    """Give an agency-wide role. Giving it twice changes nothing. Raises NotAnAgencyRole, MembershipEnded."""
    if role not in AGENCY_ROLES:
        raise NotAnAgencyRole
    need_standing(membership)
    grant, made = RoleGrant.objects.get_or_create(
        agency=agency, membership=membership, role=role, ended_at=None, defaults={"granted_by": actor}
    )
    if made:
        audit.record(actor=actor, verb="grant role", of=membership, label=membership.user.name, changes={"role": role})
    result: RoleGrant = grant
    return result


def give_unit_role(*, agency: Agency, actor: User | None, membership: Membership, unit_id: int, role: str) -> None:
    """Give a role in a unit, through the app that knows units."""
    for give in _givers:
        give(agency=agency, actor=actor, membership=membership, unit_id=unit_id, role=role)


@transaction.atomic
def end_role(*, agency: Agency, actor: User | None, membership: Membership, role: str, reason: str = "") -> None:
    """End an agency-wide role; an administrator's open invitations end with it. Raises LastAdministrator."""
    open_grants = RoleGrant.objects.select_for_update().filter(role=role, ended_at=None)
    mine = [grant for grant in open_grants if grant.membership_id == membership.pk]
    if role == Role.ADMINISTRATOR and mine and len(open_grants) == 1:
        raise LastAdministrator
    for grant in mine:
        grant.ended_at, grant.ended_by = timezone.now(), actor
        grant.save(update_fields=["ended_at", "ended_by"])
        audit.record(
            actor=actor,
            verb="end role",
            of=membership,
            label=membership.user.name,
            changes={"role": role},
            reason=reason,
        )
    if role == Role.ADMINISTRATOR and mine:
        withdraw_invitations_of(agency=agency, actor=actor, inviter=membership.user, reason=reason)


@transaction.atomic
def remove_member(*, agency: Agency, actor: User | None, membership: Membership, reason: str = "") -> None:
    """End a person's access at once: roles, also in units, membership, keys of programs, and what they invited others
    to; rights are read on each request.

    Raises LastAdministrator. Nothing happens when the person has left already.
    """
    stands = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if stands.left_at is not None:
        return
    for role in RoleGrant.objects.filter(membership=membership, ended_at=None).values_list("role", flat=True):
        end_role(agency=agency, actor=actor, membership=membership, role=role, reason=reason)
    for end in _enders:
        end(agency=agency, actor=actor, membership=membership, reason=reason)
    end_keys_of(agency=agency, actor=actor, membership=membership)
    withdraw_invitations_of(agency=agency, actor=actor, inviter=membership.user, reason=reason)
    membership.left_at = timezone.now()
    membership.save(update_fields=["left_at"])
    audit.record(actor=actor, verb="remove member", of=membership, label=membership.user.name, reason=reason)
