"""Asking people to act for a member or for the backbone, by a link that comes by mail and works once."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.queries import has_address, somebody_has_address
from alliances.invitation_links import new_nonce, send
from alliances.models import Alliance, Member, Representative, SeatInvitation
from alliances.operations.people import add_representative
from alliances.operations.withdrawal import note
from core.errors import Refused


class AlreadySeated(Refused):
    """The person acts in this alliance now."""

    code = "already_seated"
    field = "email"
    message = "This person has a place in the alliance already. End it first to give another one."


class AlreadyInvited(Refused):
    """One open invitation per address."""

    code = "already_invited"
    field = "email"
    message = "An invitation to this address is waiting. Withdraw it first to send another one."


class InvitationClosed(Refused):
    """Used, withdrawn, or older than 14 days."""

    code = "invitation_closed"
    status = 410
    message = "This invitation no longer works: it was used, withdrawn, or is older than 14 days. Ask for a new one."


class OtherAddress(Refused):
    """The person who signed in does not have the address to which the invitation went."""

    code = "other_address"
    status = 403
    message = "This invitation went to another e-mail address than yours. Sign out, and open the link again."


@transaction.atomic
def invite_person(
    *,
    alliance: Alliance,
    actor: User | None,
    member: Member | None,
    email: str,
    name: str,
    capacities: tuple[str, ...] = (),
) -> SeatInvitation:
    """Write down an invitation and send its link; member None means the backbone's staff.
    Whether the address has an account is not
    asked, so nothing tells it. Raises AlreadySeated, AlreadyInvited.
    """
    Alliance.objects.select_for_update().get(pk=alliance.pk)  # one at a time: no address is invited twice at once
    email = email.strip().lower()
    if Representative.objects.filter(user__email=email, ended_at=None).exists():
        raise AlreadySeated
    if any(each.is_open for each in SeatInvitation.objects.filter(email=email)):
        raise AlreadyInvited
    invitation: SeatInvitation = SeatInvitation.objects.create(
        member=member, email=email, name=name, capacities=list(capacities), nonce=new_nonce(), invited_by=actor
    )
    note(actor, "invite representative", invitation)
    send(alliance, invitation)
    return invitation


@transaction.atomic
def withdraw_seat(*, alliance: Alliance, actor: User | None, invitation: SeatInvitation) -> None:
    """Stop a link from working. Raises InvitationClosed when it no longer does."""
    stands = open_invitation(invitation.nonce)
    stands.withdrawn_at = timezone.now()
    stands.save(update_fields=["withdrawn_at"])
    note(actor, "withdraw invitation", stands)


@transaction.atomic
def accept_seat(*, alliance: Alliance, actor: User, nonce: str) -> Representative:
    """Take the seat that an invitation gives. Raises InvitationClosed, or OtherAddress unless a verified address
    matches.
    """
    invitation = open_invitation(nonce)
    if not has_address(actor, invitation.email):
        raise OtherAddress
    return take_seat(alliance, actor, invitation)


@transaction.atomic
def accept_seat_as_new_person(*, alliance: Alliance, nonce: str, name: str, password: str) -> None:
    """Make an account for the invited address, verified since the link came by it, and take the seat.
    Raises InvitationClosed.

    Where the address has an account nothing happens, in about the same time: the caller answers both alike.
    """
    invitation = open_invitation(nonce)
    secret = make_password(password)
    if somebody_has_address(invitation.email):
        return
    try:
        with transaction.atomic():
            user = User.objects.create(email=invitation.email, name=name, password=secret)
    except IntegrityError:  # an account whose address is not verified yet, or one made this very moment
        return
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    take_seat(alliance, user, invitation)


def open_invitation(nonce: str) -> SeatInvitation:
    """The invitation behind a link, locked, so that it works once. Raises InvitationClosed."""
    locked = SeatInvitation.objects.select_for_update(of=("self",)).select_related("member", "invited_by")
    invitation: SeatInvitation | None = locked.filter(nonce=nonce).first()
    if invitation is None or not invitation.is_open:
        raise InvitationClosed
    return invitation


def take_seat(alliance: Alliance, user: User, invitation: SeatInvitation) -> Representative:
    """Use up the invitation and give what it promises."""
    place = add_representative(
        alliance=alliance,
        actor=invitation.invited_by,
        user=user,
        member=invitation.member,
        capacities=tuple(invitation.capacities),
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    note(user, "accept invitation", invitation)
    return place
