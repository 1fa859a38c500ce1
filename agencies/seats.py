"""A seat is a person at work in one agency: who they are, their roles, what they may reach. Made anew for each
request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import User
from agencies.models import Agency, Membership, Role, RoleGrant
from agencies.models.people import SECOND_FACTOR_ROLES
from agencies.rights import ALL, OWN, reach
from agencies.rights_in_words import area_of

UnitRoles = Mapping[int, frozenset[str]]
_unit_roles: list[Callable[[Membership], UnitRoles]] = []


def register_unit_roles(find: Callable[[Membership], UnitRoles]) -> None:
    """The app that knows units tells here which roles a membership holds in which unit, today."""
    _unit_roles[:] = [find]


Aliases = Callable[["Seat"], Mapping[int, str]]
_aliases: list[Aliases] = []


def register_aliases(find: Aliases) -> None:
    """The app that knows discretion tells here whom a seat may not call by name: user id → what it calls them."""
    _aliases[:] = [find]


@dataclass(frozen=True)
class Seat:
    """A membership with its roles: `roles` for the whole agency, `unit_roles` by unit id."""

    agency: Agency
    membership: Membership
    roles: frozenset[str]
    unit_roles: UnitRoles = field(default_factory=dict)
    areas: frozenset[str] | None = None
    """The areas (`agencies.rights_in_words`) in which the rights hold, for a program with a key; None: in all."""

    @property
    def user_id(self) -> int:
        return self.membership.user_id

    def all_roles(self) -> frozenset[str]:
        """Every role held anywhere in this agency."""
        return self.roles.union(*self.unit_roles.values())

    def unit_ids(self, right: str) -> frozenset[int] | None:
        """The units that a right reaches; None means the whole agency, an empty set nothing."""
        if self.areas is not None and area_of(right) not in self.areas:
            return frozenset()
        if any(reach(right, role) == ALL for role in self.all_roles()):
            return None
        return frozenset(u for u, roles in self.unit_roles.items() if any(reach(right, role) == OWN for role in roles))

    def can(self, right: str, unit_id: int | None = None) -> bool:
        """Whether the right reaches this unit, or, without one, anything at all."""
        units = self.unit_ids(right)
        if units is None:
            return True
        return bool(units) if unit_id is None else unit_id in units

    @cached_property
    def aliases(self) -> Mapping[int, str]:
        """People whom this seat may not call by name. One query, on the first page part that names somebody."""
        return _aliases[0](self) if _aliases else {}

    def name_of(self, user: User | None, nobody: str = "") -> str:
        """What this seat calls a person who signed in and acted: the alias of whom it may not name (trust rule T6)."""
        if user is None:
            return nobody
        return self.aliases.get(user.pk) or user.name

    def needs_second_factor(self) -> bool:
        """Administrators and finance sign in with a second factor (trust rule T13)."""
        return bool(self.roles & SECOND_FACTOR_ROLES)

    def title(self) -> str:
        """The roles in words, the widest first."""
        order = list(Role)
        held = sorted(self.all_roles(), key=lambda role: order.index(Role(role)))
        return ", ".join(str(Role(role).label) for role in held)


def seat_of(agency: Agency, membership: Membership) -> Seat:
    """The seat of a membership, from the roles that stand now. Two queries."""
    grants = RoleGrant.objects.filter(membership=membership, ended_at=None).values_list("role", flat=True)
    units: UnitRoles = _unit_roles[0](membership) if _unit_roles else {}
    return Seat(agency, membership, frozenset(grants), units)
