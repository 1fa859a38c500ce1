"""Who of a team is coached in what: one question for any number of units."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from agencies.models import Role
from agencies.seats import Seat
from ssu.coached import Mark, Person, Standing, TeamCoaching, fold
from ssu.models import (
    CoachingArea,
    CoachingExcuse,
    CoachingRecord,
    CoachingSession,
    Confidence,
    TeamMember,
    Unit,
    Worker,
)
from ssu.models.discretion import public_worker_name, shown_member_name

COACHED_ROLES: Final = (Role.LEADER, Role.MEMBER)
"""Who on a team is coached; whoever is a coach only, coaches."""
COACHING_ROLES: Final = (Role.COACH, Role.LEADER)
"""Who on a team may be named as the coach of a session."""


def coaching_of(unit_ids: Collection[int], seat: Seat | None = None) -> dict[int, TeamCoaching]:
    """The coaching of the teams of units, by unit. Names as the seat may know them; without a seat, as anybody may.
    Four queries, whatever the number of units.
    """
    people, marks = people_of(unit_ids, seat), marks_of(unit_ids)
    areas = list(CoachingArea.objects.filter(Q(unit=None) | Q(unit__in=unit_ids), archived_at=None).in_order())
    return {
        unit_id: TeamCoaching(
            people.get(unit_id, []),
            [area for area in areas if area.unit_id in (None, unit_id)],
            fold(marks.get(unit_id, [])),
        )
        for unit_id in unit_ids
    }


def people_of(unit_ids: Collection[int], seat: Seat | None) -> dict[int, list[Person]]:
    """Who serves in the units today and is to be coached, by name, each person once. One query."""
    named = shown_member_name("worker", seat) if seat else public_worker_name("worker")
    serving = TeamMember.objects.serving().filter(unit__in=unit_ids, role__in=COACHED_ROLES)
    rows = serving.annotate(person_name=named).order_by("person_name", "worker", "joined_on")
    found: dict[int, dict[int, Person]] = {}
    for unit_id, worker_id, name, joined_on in rows.values_list("unit_id", "worker_id", "person_name", "joined_on"):
        found.setdefault(unit_id, {}).setdefault(worker_id, Person(worker_id, name, joined_on))
    return {unit_id: list(people.values()) for unit_id, people in found.items()}


def marks_of(unit_ids: Collection[int]) -> dict[int, list[Mark]]:
    """All that stands about people and areas in these units. Two queries."""
    found: dict[int, list[Mark]] = {}
    sessions = CoachingSession.objects.standing().filter(unit__in=unit_ids)
    records = CoachingRecord.objects.filter(session__in=sessions)
    columns = ("session__unit_id", "worker_id", "area_id", "session__kind", "session__date")
    for unit_id, worker_id, area_id, kind, on in records.values_list(*columns):
        found.setdefault(unit_id, []).append(Mark((worker_id, area_id), Standing(kind), on))
    excuses = CoachingExcuse.objects.filter(unit__in=unit_ids, withdrawn_at=None)
    for unit_id, worker_id, area_id, on in excuses.values_list("unit_id", "worker_id", "area_id", "date"):
        found.setdefault(unit_id, []).append(Mark((worker_id, area_id), Standing.EXCUSED, on))
    return found


def people_to_coach(seat: Seat, unit: Unit) -> Any:
    """Those who may attend a session of the unit today, by shown name."""
    serving = TeamMember.objects.serving().filter(unit=unit, role__in=COACHED_ROLES)
    return Worker.objects.seen_by(seat).filter(pk__in=serving.values("worker"))


def other_coaches(seat: Seat, unit: Unit) -> Any:
    """Those beside the person at work who may be named as the coach of a session here, by shown name."""
    serving = TeamMember.objects.serving().filter(unit=unit, role__in=COACHING_ROLES)
    named = Worker.objects.seen_by(seat).filter(pk__in=serving.values("worker"))
    return named.exclude(membership=seat.membership)


def has_begun(unit: Unit) -> bool:
    """Whether anybody was coached in the unit: who joins from then on joins later than the others."""
    held: bool = CoachingSession.objects.filter(
        unit=unit, kind=CoachingSession.Kind.COACHED, withdrawn_at=None
    ).exists()
    return held


def confidence_of(seat: Seat, unit_ids: Collection[int]) -> dict[tuple[int, int, int], Confidence.Level]:
    """The last word of people about themselves, by (unit, worker, area): the person's own, and to a coach that of those
    whom they coach. One query.
    """
    said = Confidence.objects.seen_by(seat).filter(unit__in=unit_ids).order_by("pk")
    rows = said.values_list("unit_id", "worker_id", "area_id", "level")
    return {(unit, worker, area): Confidence.Level(level) for unit, worker, area, level in rows}


@dataclass(frozen=True)
class Coached:
    """A unit in which the person at work has a part, with the coaching of its team."""

    unit: Any
    coaching: TeamCoaching


def units_i_coach(seat: Seat) -> list[Coached]:
    """The active units in which this person is a coach today, by shown name. Five queries, whatever their number."""
    return with_coaching(seat, [Role.COACH])


def units_i_serve(seat: Seat) -> list[Coached]:
    """The active units in which this person is coached today, by shown name. Five queries, whatever their number."""
    return with_coaching(seat, COACHED_ROLES)


def with_coaching(seat: Seat, roles: Collection[str]) -> list[Coached]:
    mine = [unit_id for unit_id, held in seat.unit_roles.items() if held & set(roles)]
    units = list(Unit.objects.seen_by(seat).active().filter(pk__in=mine))
    found = coaching_of([unit.pk for unit in units], seat)
    return [Coached(unit, found[unit.pk]) for unit in units]


def me_as_worker(seat: Seat) -> int | None:
    """The person at work as one who serves, None for who never served. One query."""
    found: int | None = Worker.objects.filter(membership=seat.membership).values_list("pk", flat=True).first()
    return found
