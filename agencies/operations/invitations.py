"""Asking people in, by a link that comes by mail and works once."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.operations import new_sign_in_name, share_mailbox
from accounts.queries import somebody_has_address
from agencies.invitation_links import new_nonce
from agencies.invitation_mail import send
from agencies.models import Agency, Invitation, Membership
from agencies.models.people import AGENCY_ROLES, UNIT_ROLES, in_two_weeks
from agencies.operations.addressees import refusal_of
from agencies.operations.people import NotAnAgencyRole, add_member, give_unit_role, grant_role, seat_person
from agencies.operations.withdrawals import InvitationClosed, note
from core.errors import Refused

UnitRole = tuple[int, str]


class AlreadyMember(Refused):
    """The person serves here now."""

    code = "already_member"
    field = "email"
    message = "This person is in the agency already. Open the person in the list and change the roles there."


class AlreadyInvited(Refused):
    """One open invitation per address."""

    code = "already_invited"
    field = "email"
    message = "An invitation to this address is waiting. Send it, send it again or withdraw it on the page of people."


class NoRole(Refused):
    """Without a role a person would come in and see nothing."""

    code = "no_role"
    field = "roles"
    message = "Choose at least one role."


class AddressTakenTwice(Refused):
    """One address serves a couple, not a crowd."""

    code = "address_taken_twice"
    field = "email"
    message = "Two people use this address already. A third one needs an address of their own."


@transaction.atomic
def invite(
    *,
    agency: Agency,
    actor: User | None,
    email: str,
    name: str,
    roles: Sequence[str] = (),
    unit_roles: Sequence[UnitRole] = (),
    shares_address: bool = False,
    held: bool = False,
) -> Invitation:
    """Write down an invitation and send its link, unless it is `held` until somebody sends it. Whether the address has
    an account is not asked, so nothing tells it. `shares_address`: the spouse reads the same mailbox, so whoever of the
    two comes second signs in by a name (ADR 12).

    Raises NoRole, NotAnAgencyRole, AlreadyMember, AlreadyInvited or AddressTakenTwice.
    """
    Agency.objects.select_for_update(no_key=True).get(
        pk=agency.pk
    )  # one at a time, so that no address is invited twice at once
    email = email.strip().lower()
    check_roles(roles, unit_roles)
    if shares_address:
        check_shared_address(email)
    else:
        check_address(email)
    invitation: Invitation = Invitation.objects.create(
        agency=agency,
        email=email,
        name=name,
        roles=list(roles),
        unit_roles=[list(pair) for pair in unit_roles],
        nonce=new_nonce(),
        invited_by=actor,
        sign_in_name=new_sign_in_name(name) if shares_address else "",
        held_since=timezone.now() if held else None,
    )
    note(actor, "prepare invitation" if held else "invite", invitation)
    if not held:
        send(agency, invitation)
    return invitation


def check_roles(roles: Sequence[str], unit_roles: Sequence[UnitRole]) -> None:
    """Raise NoRole, or NotAnAgencyRole for a role at the wrong place."""
    if not roles and not unit_roles:
        raise NoRole
    if any(role not in AGENCY_ROLES for role in roles) or any(role not in UNIT_ROLES for _, role in unit_roles):
        raise NotAnAgencyRole


def check_address(email: str) -> None:
    """Raise AlreadyMember or AlreadyInvited. Looks at this agency's people only."""
    if Membership.objects.filter(user__email=email, left_at=None).exists():
        raise AlreadyMember
    if any(invitation.waits for invitation in Invitation.objects.filter(email=email)):
        raise AlreadyInvited


def check_shared_address(email: str) -> None:
    """Raise AddressTakenTwice when two people of this agency use the address, or are about to."""
    here = Membership.objects.filter(left_at=None)
    members = here.filter(Q(user__email=email) | Q(user__mailbox__email=email)).count()
    waiting = sum(invitation.waits for invitation in Invitation.objects.filter(email=email))
    if members + waiting > 1:
        raise AddressTakenTwice


@transaction.atomic
def resend_invitation(*, agency: Agency, actor: User | None, invitation: Invitation) -> Invitation:
    """Send a new link for another 14 days; the one before stops working. Whoever sends it answers from then on for what
    it gives. Raises InvitationClosed.
    """
    stands: Invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if stands.accepted_at or stands.withdrawn_at:
        raise InvitationClosed
    stands.held_since = None
    stands.nonce, stands.expires_at = new_nonce(), in_two_weeks()
    stands.invited_by = actor
    stands.save(update_fields=["nonce", "expires_at", "held_since", "invited_by"])
    note(actor, "send invitation again", stands)
    send(agency, stands)
    return stands


@transaction.atomic
def accept_invitation(*, agency: Agency, actor: User, nonce: str) -> Membership:
    """Join with what it gives. Raises InvitationClosed, or OtherAddress or OtherPerson unless it is for the actor."""
    invitation = open_invitation(nonce)
    refusal = refusal_of(invitation, actor)
    if refusal is not None:
        raise refusal
    return join(agency, actor, invitation)


@transaction.atomic
def join_as_new_person(*, agency: Agency, nonce: str, name: str, password: str) -> None:
    """Make an account for the invited address, verified since the link came by it, and join. Raises InvitationClosed.

    Where the address has an account nothing happens, in about the same time: the caller answers both alike.
    """
    invitation = open_invitation(nonce)
    secret = make_password(password)
    if somebody_has_address(invitation.email):
        if invitation.sign_in_name:
            user = share_mailbox(
                email=invitation.email, sign_in_name=invitation.sign_in_name, name=name, password=secret
            )
            join(agency, user, invitation)
        return
    try:
        with transaction.atomic():
            user = User.objects.create(email=invitation.email, name=name, password=secret)
    except IntegrityError:  # an account whose address is not verified yet, or one made this very moment
        return
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    join(agency, user, invitation)


def open_invitation(nonce: str) -> Invitation:
    """The invitation behind a link, locked, so that it works once. Raises InvitationClosed."""
    invitation: Invitation | None = Invitation.objects.select_for_update().filter(nonce=nonce).first()
    if invitation is None or not invitation.is_open:
        raise InvitationClosed
    return invitation


def join(agency: Agency, user: User, invitation: Invitation) -> Membership:
    """Use up the invitation and give what it promises."""
    inviter = invitation.invited_by
    membership = add_member(agency=agency, actor=user, user=user)
    seat_person(membership, invitation)
    for role in invitation.roles:
        grant_role(agency=agency, actor=inviter, membership=membership, role=role)
    for unit_id, role in invitation.unit_roles:
        give_unit_role(agency=agency, actor=inviter, membership=membership, unit_id=unit_id, role=role)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    note(user, "accept invitation", invitation)
    return membership
