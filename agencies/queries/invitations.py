"""The invitations of the agency in scope."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from agencies.days import day_in_words
from agencies.models import Agency, Invitation, Role


@dataclass(frozen=True)
class Invited:
    """An invitation that waits, as the people page shows it; `works` is false once its 14 days are over."""

    pk: int
    name: str
    email: str
    roles: str
    invited_by: str
    last_day: str
    works: bool


def waiting_invitations() -> QuerySet[Invitation]:
    """Invitations sent and neither used nor withdrawn, also those past their 14 days; the newest first."""
    found: QuerySet[Invitation] = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, held_since=None)
    return found.select_related("invited_by").order_by("-pk")


def held_invitations() -> QuerySet[Invitation]:
    """Invitations that nobody has sent yet, by name."""
    found: QuerySet[Invitation] = Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, held_since__isnull=False
    )
    return found.select_related("invited_by").order_by("name", "pk")


def open_invitations() -> QuerySet[Invitation]:
    """Invitations whose link works now, the newest first."""
    return waiting_invitations().filter(expires_at__gt=timezone.now())


def invited(agency: Agency) -> list[Invited]:
    """The invitations that wait for the person, in words."""
    return invitation_rows(agency, waiting_invitations())


def invitation_rows(agency: Agency, invitations: Iterable[Invitation]) -> list[Invited]:
    """Invitations in words."""
    return [
        Invited(
            pk=invitation.pk,
            name=invitation.name,
            email=invitation.email,
            roles=roles_in_words(invitation),
            invited_by=str(invitation.invited_by or ""),
            last_day=day_in_words(agency, invitation.expires_at),
            works=invitation.is_open,
        )
        for invitation in invitations
    ]


def roles_in_words(invitation: Invitation) -> str:
    """Every role that the invitation gives, each once; units are not named, for they may be closed."""
    roles = [*invitation.roles, *(role for _unit, role in invitation.unit_roles)]
    return ", ".join(str(Role(role).label) for role in dict.fromkeys(roles))
