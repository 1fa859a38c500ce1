"""Sign-ins of people who serve: each is asked in as that very person, with the roles that they serve in and none of the
agency.
"""

from django.db import transaction

from accounts.models import User
from agencies.models import Agency, Invitation
from agencies.operations import invite, resend_invitation, withdraw_invitation
from agencies.operations.invitations import AlreadyMember
from agencies.queries.invitations import held_invitations, open_invitations
from core.errors import Refused
from ssu.models import TeamMember, Worker
from ssu.queries.sign_ins import invitation_of, spouse_reads


class SignsInAlready(Refused):
    """One sign-in for each person."""

    code = "signs_in_already"
    field = "email"
    message = "This person signs in here already. Leave the address empty."


class PersonInvited(Refused):
    """One invitation for each person."""

    code = "person_invited"
    field = "email"
    message = "An invitation of this person waits. Send it again or withdraw it on the person’s page."


class ServesNowhere(Refused):
    """Without a role a person would come in and see nothing."""

    code = "serves_nowhere"
    message = "This person serves in no team now. Add them to a team first."


class AddressSignsIn(Refused):
    """The address belongs to somebody who is here."""

    code = "address_signs_in"
    field = "email"
    message = "Somebody signs in here with this address. Choose that person for the team, or write another address."


class NoInvitation(Refused):
    """What is sent again or withdrawn waits."""

    code = "no_invitation"
    message = "No invitation of this person waits. Load the page again: somebody may have withdrawn it just now."


@transaction.atomic
def invite_worker(
    *,
    agency: Agency,
    actor: User | None,
    worker: Worker,
    email: str,
    shares_address: bool = False,
    held: bool = False,
) -> Invitation:
    """Ask somebody who serves without a sign-in to come in, as that very person. Whoever is written down as the spouse
    of somebody with the same address shares it, also when nobody said so (ADR 12).

    Raises SignsInAlready, PersonInvited, ServesNowhere or AddressSignsIn, and what `invite` raises.
    """
    Agency.objects.select_for_update(no_key=True).get(
        pk=agency.pk
    )  # before the person, as `invite` and a file of people do
    row: Worker = Worker.objects.select_for_update(of=("self",)).select_related("membership").get(pk=worker.pk)
    if row.membership is not None and row.membership.left_at is None:
        raise SignsInAlready
    if invitation_of(row) is not None:
        raise PersonInvited
    service = list(TeamMember.objects.unended().filter(worker=row).order_by("pk").values_list("unit_id", "role"))
    if not service:
        raise ServesNowhere
    address = email.strip().lower()
    try:
        invitation = invite(
            agency=agency,
            actor=actor,
            email=address,
            name=row.name,
            unit_roles=list(dict.fromkeys(service)),
            shares_address=shares_address or spouse_reads(row, address),
            held=held,
        )
    except AlreadyMember as refusal:
        raise AddressSignsIn from refusal
    row.invitation = invitation
    row.save(update_fields=["invitation"])
    return invitation


@transaction.atomic
def send_invitation_of(*, agency: Agency, actor: User | None, worker: Worker) -> Invitation:
    """Send a person's invitation, for the first time or again; a link sent before stops working. Raises
    NoInvitation.
    """
    return resend_invitation(agency=agency, actor=actor, invitation=waiting_of(worker))


@transaction.atomic
def withdraw_invitation_of(*, agency: Agency, actor: User | None, worker: Worker) -> None:
    """Stop a person's invitation from working; another address may be invited then. Raises NoInvitation."""
    withdraw_invitation(agency=agency, actor=actor, invitation=waiting_of(worker))


def waiting_of(worker: Worker) -> Invitation:
    """The invitation of a person that waits. Raises NoInvitation."""
    found = invitation_of(worker)
    if found is None:
        raise NoInvitation
    return found


def is_invited(worker: Worker) -> bool:
    """Whether an invitation of the person waits, held or with a link that works."""
    waiting = held_invitations() | open_invitations()
    return worker.invitation_id is not None and waiting.filter(pk=worker.invitation_id).exists()


def follow_service(*, agency: Agency, actor: User | None, member: TeamMember, was: str, is_now: str = "") -> None:
    """Keep a waiting invitation from giving back a role that has ended or was corrected. Whoever serves nowhere any
    more is asked in no longer.
    """
    of_person = Worker.objects.filter(pk=member.worker_id).values("invitation")
    waiting = Invitation.objects.select_for_update().filter(accepted_at=None, withdrawn_at=None)
    invitation: Invitation | None = waiting.filter(pk__in=of_person).first()
    if invitation is None or [member.unit_id, was] not in invitation.unit_roles:
        return
    left = [pair for pair in invitation.unit_roles if pair != [member.unit_id, was]]
    if is_now and [member.unit_id, is_now] not in left:
        left.append([member.unit_id, is_now])
    invitation.unit_roles = left
    invitation.save(update_fields=["unit_roles"])
    serves = TeamMember.objects.unended().filter(worker=member.worker_id).exists()
    if not serves and not left and not invitation.roles:
        withdraw_invitation(agency=agency, actor=actor, invitation=invitation, reason="The service ended.")
