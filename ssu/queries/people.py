"""Who serves, and how people are called on the pages of one seat."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from accounts.models import User
from agencies.models import Membership, Role, RoleGrant
from agencies.models.people import UNIT_ROLES
from agencies.rights import ALL, OWN, RIGHTS
from agencies.seats import Seat
from ssu.models import TeamMember, Unit, Worker
from ssu.models.discretion import SOMEBODY, Discretion, masked_for, shown_unit_name, shown_worker_name


def names_of(seat: Seat, user_ids: Collection[int | None]) -> dict[int, str]:
    """What this seat calls people who signed in and acted, by user id: closed people by their alias. Two queries."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    names = dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))
    serving = Worker.objects.seen_by(seat).filter(membership__user__in=wanted)
    return names | dict(serving.values_list("membership__user", "shown_name"))


def names_in(seat: Seat, unit_id: int, user_ids: Collection[int | None]) -> dict[int, str]:
    """What this seat calls people who acted in a unit, by user id: while the unit is closed to it, whoever ever served
    there is somebody of the team. Three queries, two for who unmasks every unit.
    """
    names = names_of(seat, user_ids)
    return names | {user_id: str(SOMEBODY) for user_id in unnamed_in(seat, unit_id) if user_id in names}


def worker_names_in(seat: Seat, unit: Any, worker_ids: Collection[int | None]) -> dict[int | None, str]:
    """What this seat calls people who serve in a unit it sees (`seen_by`), by their own id: while the unit is closed to
    it, somebody of the team, each of them. One query.
    """
    wanted: list[int | None] = [pk for pk in worker_ids if pk]
    if unit.is_withheld:
        return dict.fromkeys(wanted, str(SOMEBODY))
    return dict(Worker.objects.seen_by(seat).filter(pk__in=wanted).values_list("pk", "shown_name"))


def unnamed_in(seat: Seat, unit_id: int) -> frozenset[int]:
    """Those with a sign-in who ever served in a unit that is closed to the seat, by user id: it learns of none of them
    that they serve there. One query, none for who unmasks every unit.
    """
    if seat.unit_ids("units.unmask") is None:
        return frozenset()
    closed = TeamMember.objects.filter(masked_for("unit", seat, Discretion.CLOSED), unit=unit_id)
    served = closed.exclude(worker__membership=None)
    return frozenset(served.values_list("worker__membership__user", flat=True))


def aliases_for(seat: Seat) -> dict[int, str]:
    """The people with a sign-in whose name is kept from this seat, by user id, with what it calls them. One query."""
    if seat.unit_ids("units.unmask") is None:
        return {}
    serving = (
        Worker.objects.seen_by(seat).exclude(membership=None).values_list("membership__user", "name", "shown_name")
    )
    return {user_id: shown for user_id, name, shown in serving if shown != name}


def leaders_of(seat: Seat, unit_ids: Collection[int]) -> dict[int, list[str]]:
    """The names of the leaders of units today, as this seat may know them; of units that are closed to it, none. One
    query.
    """
    serving = TeamMember.objects.serving().open_to(seat).filter(unit__in=unit_ids, role=Role.LEADER)
    found: dict[int, list[str]] = {}
    named = serving.annotate(person_name=shown_worker_name("worker", seat)).order_by("joined_on", "pk")
    for unit_id, name in named.values_list("unit_id", "person_name"):
        found.setdefault(unit_id, []).append(name)
    return found


def team_of(seat: Seat, unit: Unit) -> QuerySet[TeamMember]:
    """Everybody who serves or served in a unit: leaders, members, coaches, then those who have left; each with
    `person_name` as this seat may know it, and `is_over`. Nobody while the unit is closed to the seat.
    """
    people: QuerySet[TeamMember] = (
        TeamMember.objects.open_to(seat).filter(unit=unit).select_related("worker__invitation")
    )
    named = people.annotate(
        person_name=shown_worker_name("worker", seat),
        is_over=Case(When(left_on__lte=seat.agency.today(), then=Value(True)), default=Value(False)),
        place=Case(*(When(role=role, then=Value(place)) for place, role in enumerate(UNIT_ROLES))),
    )
    return named.order_by("is_over", "place", "person_name", "pk")


def service_of(seat: Seat, worker: Worker) -> QuerySet[TeamMember]:
    """Where somebody serves or served, what stands first, each with `unit_name` as this seat may know it. One query."""
    served: QuerySet[TeamMember] = TeamMember.objects.filter(worker=worker).select_related("unit")
    named = served.annotate(unit_name=shown_unit_name("unit", seat))
    return named.order_by(F("left_on").desc(nulls_first=True), "joined_on", "pk")


def couples_of(seat: Seat, unit: Unit) -> list[tuple[Any, Any]]:
    """The couples of whom one at least serves or served in a unit, each once, named as this seat may know them. One
    query.
    """
    here = TeamMember.objects.filter(unit=unit).values("worker")
    found = Worker.objects.seen_by(seat).filter(Q(pk__in=here) | Q(spouse__in=here)).exclude(spouse=None)
    people = {worker.pk: worker for worker in found}
    pairs = ((worker, people.get(worker.spouse_id)) for worker in found)
    return [(one, other) for one, other in pairs if other is not None and one.pk < other.pk]


def memberships_without_service() -> QuerySet[Membership]:
    """People with a sign-in who never served in a unit."""
    found: QuerySet[Membership] = Membership.objects.filter(left_at=None).exclude(
        pk__in=Worker.objects.exclude(membership=None).values("membership")
    )
    return found.select_related("user").order_by("user__name", "pk")


def members_to_assign(seat: Seat, unit: Unit) -> QuerySet[Worker]:
    """Those who serve in the unit today, by shown name, for choosing who does an item. Nobody while the unit is closed
    to the seat.
    """
    serving = TeamMember.objects.serving().open_to(seat).filter(unit=unit).values("worker")
    found: QuerySet[Worker] = Worker.objects.seen_by(seat).filter(pk__in=serving)
    return found


def confirmers_of(unit: Unit) -> QuerySet[User]:
    """Everybody who may confirm in this unit today."""
    return holders_of("rollout.confirm", unit)


def holders_of(right: str, unit: Unit) -> QuerySet[User]:
    """Everybody whom a right lets act in this unit today, by agency-wide role or by role in the unit; of a closed unit
    those alone who may know it.
    """
    found = holders_at(right, unit)
    if unit.discretion != Discretion.CLOSED:
        return found
    return found.filter(pk__in=holders_at("units.unmask", unit).values("pk"))


def holders_at(right: str, unit: Unit) -> QuerySet[User]:
    """The same, whether or not the unit is closed to them."""
    reaches = RIGHTS[right]
    everywhere = [role for role, how_far in reaches.items() if how_far == ALL]
    here = [role for role, how_far in reaches.items() if how_far == OWN]
    granted = RoleGrant.objects.filter(ended_at=None, role__in=everywhere).values("membership")
    serving = TeamMember.objects.serving().filter(unit=unit, role__in=here).values("worker__membership")
    members = Membership.objects.filter(Q(pk__in=granted) | Q(pk__in=serving), left_at=None)
    return User.objects.filter(pk__in=members.values("user"), is_active=True)


def unit_roles(membership: Membership) -> dict[int, frozenset[str]]:
    """The roles that a membership holds in units today, for its seat. One query."""
    return roles_of_many([membership.pk]).get(membership.pk, {})


def roles_of_many(membership_ids: Collection[int]) -> dict[int, dict[int, frozenset[str]]]:
    """The same for many memberships: {membership id: {unit id: roles}}. One query."""
    serving = TeamMember.objects.serving().filter(worker__membership__in=membership_ids)
    found: dict[int, dict[int, set[str]]] = {}
    for membership_id, unit_id, role in serving.values_list("worker__membership_id", "unit_id", "role"):
        found.setdefault(membership_id, {}).setdefault(unit_id, set()).add(role)
    return {member: {unit: frozenset(roles) for unit, roles in units.items()} for member, units in found.items()}
