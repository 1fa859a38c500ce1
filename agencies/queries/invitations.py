"""The invitations of the agency in scope."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from agencies.days import day_in_words
from agencies.models import Invitation, Role
from agencies.seats import Seat

UnitNamer = Callable[[Seat, Collection[int]], Mapping[int, str]]
_namers: list[UnitNamer] = []


def register_unit_namer(find: UnitNamer) -> None:
    """The app that knows units says what a seat calls them: {unit id: name}."""
    _namers[:] = [find]


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


def invited(seat: Seat) -> list[Invited]:
    """The invitations that wait for the person, in words."""
    return invitation_rows(seat, list(waiting_invitations()))


def invitation_rows(seat: Seat, invitations: Collection[Invitation]) -> list[Invited]:
    """Invitations in words. One query for the names of all units."""
    names = unit_names(seat, invitations)
    return [
        Invited(
            pk=invitation.pk,
            name=invitation.name,
            email=invitation.email,
            roles=roles_in_words(invitation, names),
            invited_by=str(invitation.invited_by or ""),
            last_day=day_in_words(seat.agency, invitation.expires_at),
            works=invitation.is_open,
        )
        for invitation in invitations
    ]


def unit_names(seat: Seat, invitations: Iterable[Invitation]) -> Mapping[int, str]:
    """What a seat calls the units in which these invitations give roles."""
    units = {unit for invitation in invitations for unit, _role in invitation.unit_roles}
    return _namers[0](seat, units) if units and _namers else {}


def roles_in_words(invitation: Invitation, names: Mapping[int, str] | None = None) -> str:
    """Every role that the invitation gives, each once; with `names`, each role in a unit and where. For others units
    are not named: they may be closed.
    """
    roles = [str(Role(role).label) for role in invitation.roles]
    for unit, role in invitation.unit_roles:
        where = (names or {}).get(unit, "")
        roles.append(f"{Role(role).label} ({where})" if where else str(Role(role).label))
    return ", ".join(dict.fromkeys(roles))
