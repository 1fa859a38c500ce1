"""Who serves in the agency in scope, as what, and how safely they sign in."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import has_second_factor
from agencies.days import day_in_words
from agencies.models import Agency, Membership, Role, RoleGrant
from agencies.models.people import SECOND_FACTOR_ROLES
from agencies.rights import ALL, RIGHTS
from agencies.seats import Seat, UnitRoles

UnitRoleLister = Callable[[Collection[int]], Mapping[int, UnitRoles]]
_listers: list[UnitRoleLister] = []


def register_unit_role_lister(find: UnitRoleLister) -> None:
    """The app that knows units lists the roles in units of many memberships: {membership id: {unit id: roles}}."""
    _listers[:] = [find]


@dataclass(frozen=True)
class Colleague:
    """A row of the people page."""

    membership: Membership
    roles: list[Role]
    unit_roles: dict[Role, int]
    has_factor: bool
    since: str
    last_sign_in: str

    @property
    def needs_factor(self) -> bool:
        """Whether a role asks for a second factor that is not there."""
        return not self.has_factor and bool(SECOND_FACTOR_ROLES.intersection(self.roles))

    def role_words(self) -> list[str]:
        """Every role in words; a role in units with their number, since names of units may be closed."""
        in_units = [f"{role.label} ({count})" for role, count in self.unit_roles.items()]
        return [*(str(role.label) for role in self.roles), *in_units]


def current_members() -> QuerySet[Membership]:
    """Who serves now, by name, with open grants and whether there is a second factor (`has_factor`)."""
    open_grants = Prefetch("grants", RoleGrant.objects.filter(ended_at=None), to_attr="open_grants")
    members: QuerySet[Membership] = (
        Membership.objects.filter(left_at=None)
        .select_related("user")
        .prefetch_related(open_grants)
        .annotate(has_factor=has_second_factor("user_id"))
        .order_by("user__name", "pk")
    )
    return members


def another_administrator(seat: Seat) -> bool:
    """Whether somebody besides this person is an administrator here, for what needs two. One query."""
    held = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, membership__left_at=None)
    others: bool = held.filter(membership__user__is_active=True).exclude(membership=seat.membership.pk).exists()
    return others


def matching(members: QuerySet[Membership], q: str) -> QuerySet[Membership]:
    """Those whose name or e-mail has these letters."""
    return (
        members.filter(Q(user__name__icontains=q) | Q(user__email__icontains=q) | Q(user__sign_in_name__icontains=q))
        if q
        else members
    )


def colleagues(agency: Agency, members: Collection[Any]) -> list[Colleague]:
    """Rows of the people page for members from `current_members`: one query more, whatever their number."""
    by_member = _listers[0]([member.pk for member in members]) if _listers else {}
    order = list(Role)
    return [
        Colleague(
            membership=member,
            roles=sorted((Role(grant.role) for grant in member.open_grants), key=order.index),
            unit_roles=counted(by_member.get(member.pk, {})),
            has_factor=member.has_factor,
            since=day_in_words(agency, member.joined_at),
            last_sign_in=day_in_words(agency, member.user.last_login) if member.user.last_login else _("never"),
        )
        for member in members
    ]


def counted(units: UnitRoles) -> dict[Role, int]:
    """In how many units each role is held."""
    held = [role for roles in units.values() for role in roles]
    return {role: held.count(role.value) for role in Role if role.value in held}


def everywhere(right: str) -> QuerySet[User]:
    """Everybody whom a right lets act in all units, by an agency-wide role."""
    roles = [role for role, how_far in RIGHTS[right].items() if how_far == ALL]
    granted = RoleGrant.objects.filter(ended_at=None, role__in=roles, membership__left_at=None)
    return User.objects.filter(pk__in=granted.values("membership__user"), is_active=True)


def people_without_second_factor() -> QuerySet[Membership]:
    """Who serves now in a role that asks for a second factor, and has none (trust rule T13)."""
    roles = RoleGrant.objects.filter(role__in=SECOND_FACTOR_ROLES, ended_at=None).values("membership")
    members: QuerySet[Membership] = (
        Membership.objects.filter(left_at=None, pk__in=roles)
        .filter(~has_second_factor("user_id"))
        .select_related("user")
        .order_by("user__name", "pk")
    )
    return members
