"""The sign-ins of people who serve, and the invitations that wait for them."""

from django.db.models import Q

from agencies.models import Invitation
from agencies.queries.invitations import held_invitations, waiting_invitations
from ssu.models import TeamMember, Worker


def invitation_of(worker: Worker) -> Invitation | None:
    """The invitation of a person that waits: held, sent, or too old by now. One query at most."""
    if worker.invitation_id is None:
        return None
    waiting = held_invitations() | waiting_invitations()
    found: Invitation | None = waiting.filter(pk=worker.invitation_id).first()
    return found


def serves_now(worker: Worker) -> bool:
    """Whether any service of the person is not over."""
    found: bool = TeamMember.objects.unended().filter(worker=worker.pk).exists()
    return found


def spouse_reads(worker: Worker, email: str) -> bool:
    """Whether the person's spouse signs in, or is asked in, with this address."""
    signs_in = Q(membership__left_at=None) & (
        Q(membership__user__email=email) | Q(membership__user__mailbox__email=email)
    )
    asked = Q(invitation__email=email, invitation__accepted_at=None, invitation__withdrawn_at=None)
    found: bool = Worker.objects.filter(signs_in | asked, pk=worker.spouse_id).exists()
    return found
