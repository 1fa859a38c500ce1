"""Steps 3 and 4 of the demo: what was talked over with leaders, who was coached in what, and what is left open."""

from collections.abc import Sequence
from datetime import date, timedelta

from accounts.models import User
from agencies.models import Agency, Membership, Role
from ssu import evidence, starter
from ssu import operations as ssu
from ssu.coached import Person
from ssu.models import ActionItem, CoachingArea, CoachingSession, Unit, Worker
from ssu.operations.team import worker_of
from ssu.queries.coaching import coaching_of
from ssu.queries.dialogue import leaders_to_talk_with, people_of_unit

BEGUN = 2
"""Items settled from which a unit has talked with its leaders."""
COACHED = 4
"""Items settled from which a unit's whole team is coached."""
PICTURE = (
    "Partners are invited to the change we work for, not to the budget of one family. The team writes one letter a "
    "quarter with one story each; whoever answers a partner notes it in the shared system. The unit's leader speaks "
    "with churches, every member with the people they know, and all point to the same goal and the same budget."
)
OUTCOMES = (
    "Sees why the team should speak with one voice. Fears for families whose support is thin: next time the budget.",
    "Glad about the shared budget. Asked for a page that explains the shift to long-time partners.",
)


def talk(agency: Agency, cast: dict[str, User], unit: Unit, settled: int, today: date) -> None:
    """Conversations with everybody on the list of a unit; the first one was not agreed at once."""
    actor = cast[Role.ADMINISTRATOR]
    if not leaders_to_talk_with([unit.pk])[unit.pk]:
        for worker in people_of_unit(unit)[:1]:
            ssu.add_leader(agency=agency, actor=actor, unit=unit, worker=worker)
    if settled < BEGUN:
        return
    points = [entry.title for entry in starter.entries(agency, "discussion_points")]
    workers = Worker.objects.in_bulk([leader.worker_id for leader in leaders_to_talk_with([unit.pk])[unit.pk]])
    for worker in workers.values():
        for turn, outcome in enumerate(OUTCOMES[: 1 if settled == BEGUN else 2]):
            on = today - timedelta(days=160 - 70 * turn)
            ssu.write_conversation(
                agency=agency,
                actor=actor,
                unit=unit,
                worker=worker,
                date=on,
                points=points[5 * turn : 5 * turn + 5],
                outcome=outcome,
                agreed="yes" if turn else "not_yet",
                next_on=None if turn else on + timedelta(days=70),
            )


def coach(agency: Agency, cast: dict[str, User], unit: Unit, settled: int, today: date) -> None:
    """The words on the model, and the coaching of the team: all of it where step 4 is near, some where it has begun."""
    if settled < BEGUN:
        return
    ssu.write_model_text(agency=agency, actor=cast[Role.LEADER], unit=unit, text=PICTURE)
    found = coaching_of([unit.pk])[unit.pk]
    areas = list(found.areas)
    if not found.people:
        return
    if settled >= COACHED:
        for turn in range(2):
            hold(
                agency, cast, unit, found.people, areas[4 * turn : 4 * turn + 4], today - timedelta(days=60 - 30 * turn)
            )
        return
    hold(agency, cast, unit, found.people, areas[:2], today - timedelta(days=20))
    meet(agency, cast, unit, found.people[:2], areas[2:4], today + timedelta(days=9), CoachingSession.Kind.PLANNED)


def hold(
    agency: Agency, cast: dict[str, User], unit: Unit, people: Sequence[Person], areas: list[CoachingArea], on: date
) -> None:
    """A session that was held, for each person not before they joined."""
    for day in sorted({max(on, person.joined_on) for person in people}):
        there = [person for person in people if max(on, person.joined_on) == day]
        meet(agency, cast, unit, there, areas, day, CoachingSession.Kind.COACHED)


def meet(
    agency: Agency,
    cast: dict[str, User],
    unit: Unit,
    people: Sequence[Person],
    areas: list[CoachingArea],
    on: date,
    kind: str,
) -> None:
    workers = list(Worker.objects.filter(pk__in=[person.worker_id for person in people]))
    ssu.write_session(agency=agency, actor=cast[Role.COACH], unit=unit, kind=kind, date=on, people=workers, areas=areas)


def rest_on_the_app(agency: Agency, actor: User, item: ActionItem) -> None:
    """Lay what the app itself has beside an item, where it proves the item."""
    for kind, _resolver, things in evidence.offered(item.unit, item.key):
        for thing in things[:1]:
            if thing.is_valid:
                ssu.add_object(agency=agency, actor=actor, item=item, kind=kind, object_id=thing.id)


def leave_open(agency: Agency, cast: dict[str, User], units: list[Unit], today: date) -> None:
    """What the coach finds to do: somebody who joined a unit after its declaration, a team that has just begun, and
    what a member says of herself.
    """
    administrator, mentor = cast[Role.ADMINISTRATOR], Membership.objects.get(user=cast[Role.COACH])
    joiner = ssu.add_worker(agency=agency, actor=administrator, name="Tess Hartman", last_name="Hartman")
    since = today - timedelta(days=6)
    for unit, worker, role in ((units[0], joiner, Role.MEMBER), (units[6], worker_of(mentor), Role.COACH)):
        ssu.add_team_member(agency=agency, actor=administrator, unit=unit, worker=worker, role=role, joined_on=since)
    areas = CoachingArea.objects.of_unit(units[0].pk)
    levels = {area: (4, 4, 3, 3, 2, 3, 1, 3)[number % 8] for number, area in enumerate(areas)}
    ssu.say_confidence(agency=agency, actor=cast[Role.MEMBER], unit=units[0], levels=levels)
