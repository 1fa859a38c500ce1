"""Whether people may be coached in a unit on a day, in which areas, and by whom."""

from collections.abc import Collection, Iterable
from datetime import date

from accounts.models import User
from agencies.models import Agency, Membership
from core.errors import Refused
from ssu.models import CoachingArea, TeamMember, Unit, Worker
from ssu.operations.team import public_name, worker_of
from ssu.queries.coaching import COACHED_ROLES, COACHING_ROLES


class NotOnTeam(Refused):
    """Who is coached serves in the unit; a foreign person is answered like one that does not exist."""

    code = "not_on_team"
    status = 422
    field = "people"
    message = "One of the people does not serve in this unit. Choose from the list."


class BeforeJoining(Refused):
    """Nobody is coached in a unit before the first day there."""

    code = "before_joining"
    status = 422
    field = "date"


class HasLeft(Refused):
    """Nobody is coached in a unit after the last day there."""

    code = "has_left"
    status = 422
    field = "people"


class AreaNotHere(Refused):
    """Areas of the agency and of the unit itself; a foreign one is answered like one that does not exist."""

    code = "area_not_here"
    status = 422
    field = "areas"
    message = "One of the areas is not an area of this unit, or was archived. Choose from the list."


class CoachNotHere(Refused):
    """A session is led by a coach or leader of the unit, or by who writes it down."""

    code = "coach_not_here"
    status = 422
    field = "coach"
    message = "This person does not coach or lead in this unit. Choose from the list."


def check_people(unit: Unit, workers: Iterable[Worker], on: date) -> None:
    """Raise NotOnTeam, BeforeJoining or HasLeft unless everybody serves in the unit on this day."""
    rows = TeamMember.objects.filter(unit=unit, worker__in=list(workers), role__in=COACHED_ROLES)
    service: dict[int, list[TeamMember]] = {}
    for row in rows.order_by("joined_on"):
        service.setdefault(row.worker_id, []).append(row)
    for worker in workers:
        check_service(worker, service.get(worker.pk, []), on)


def check_service(worker: Worker, rows: list[TeamMember], on: date) -> None:
    """The same for one person, by their times in the unit, the earliest first."""
    if not rows:
        raise NotOnTeam
    if any(row.joined_on <= on and (row.left_on is None or row.left_on > on) for row in rows):
        return
    later = [row.joined_on for row in rows if row.joined_on > on]
    if later:
        raise BeforeJoining(f"{public_name(worker)} joined on {later[0]:%-d %b %Y}. Choose that day or a later one.")
    last = max(row.left_on for row in rows if row.left_on)
    raise HasLeft(f"{public_name(worker)} left this unit on {last:%-d %b %Y}. Choose people who serve here on the day.")


def check_areas(unit: Unit, areas: Collection[CoachingArea]) -> None:
    """Raise AreaNotHere unless all are areas of the unit."""
    here = set(CoachingArea.objects.of_unit(unit.pk).values_list("pk", flat=True))
    if not {area.pk for area in areas} <= here:
        raise AreaNotHere


def coach_of(agency: Agency, actor: User, unit: Unit, coach: Worker | None) -> Worker:
    """Who led a session: the actor where nobody is named. Raises CoachNotHere."""
    mine = Membership.objects.filter(user=actor, left_at=None).first()
    if coach is None:
        if mine is None:
            raise CoachNotHere
        return worker_of(mine)
    is_mine = mine is not None and coach.membership_id == mine.pk
    serves = TeamMember.objects.filter(unit=unit, worker=coach, role__in=COACHING_ROLES).exists()
    if not is_mine and not serves:
        raise CoachNotHere
    return coach
