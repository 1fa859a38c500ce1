"""Units for tests: one open, one careful, one closed; people with a sign-in and roles in them."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from agencies.seats import Seat, seat_of
from ssu import operations
from ssu.models import ActionItem, CoachingSession, Strategy, Unit, Worker
from ssu.queries.coaching import coaching_of

TRUE_NAME = "Tamrin People"
TRUE_PLACE = "Tamrin Valley"
LONG_AGO = date(2020, 1, 1)


def seat(agency: Agency, user: User) -> Seat:
    """The seat of a user in the agency in scope."""
    return seat_of(agency, Membership.objects.get(user=user))


@pytest.fixture
def strategy(inside: Agency, alice: User) -> Strategy:
    return operations.add_strategy(agency=inside, actor=alice, code="S1", name="Unreached Peoples")


@pytest.fixture
def make_unit(inside: Agency, alice: User, strategy: Strategy) -> Callable[..., Unit]:
    """`make_unit("U1", "Riverbend")` is a unit with its eleven items."""

    def make(code: str, name: str, level: str = "open", **fields: Any) -> Unit:
        given = {"strategy": strategy, "kind": "community", "discretion": level, **fields}
        return operations.add_unit(agency=inside, actor=alice, code=code, name=name, **given)

    return make


@pytest.fixture
def units(make_unit: Callable[..., Unit]) -> SimpleNamespace:
    """`units.open`, `units.careful`, `units.closed`."""
    return SimpleNamespace(
        open=make_unit("U1", "Riverbend", place="Riverbend Town", region="North"),
        careful=make_unit("U2", "Kareth Valley", "careful", place="Kareth Town", region="South"),
        closed=make_unit("U3", TRUE_NAME, "closed", alias="Project Cedar", place=TRUE_PLACE, region="Central Asia"),
    )


@pytest.fixture
def serve(inside: Agency, alice: User) -> Callable[..., Worker]:
    """`serve(bob, unit, "leader")` gives Bob, who becomes a member of the agency, a role in a unit, since long ago."""

    def put(user: User, unit: Unit, role: str) -> Worker:
        membership = people.add_member(agency=inside, actor=alice, user=user)
        worker = operations.worker_of(membership)
        operations.add_team_member(agency=inside, actor=alice, unit=unit, worker=worker, role=role, joined_on=LONG_AGO)
        return worker

    return put


@pytest.fixture
def led(units: SimpleNamespace, serve: Callable[..., Worker], bob: User, carol: User) -> SimpleNamespace:
    """The same units: Bob leads the open and the closed one, Carol is a member of the open one."""
    serve(bob, units.open, Role.LEADER)
    serve(bob, units.closed, Role.LEADER)
    serve(carol, units.open, Role.MEMBER)
    return units


def item_of(unit: Unit, key: str = "1.1") -> ActionItem:
    found: ActionItem = ActionItem.objects.get(unit=unit, key=key)
    return found


def noted(agency: Agency, actor: User, item: ActionItem) -> ActionItem:
    """The item with a note as evidence."""
    operations.add_note(agency=agency, actor=actor, item=item, text="We walked through the villages.")
    return item_of(item.unit, item.key)


def claimed(agency: Agency, actor: User, item: ActionItem) -> ActionItem:
    """The item, claimed on a note."""
    return operations.claim_item(agency=agency, actor=actor, item=noted(agency, actor, item))


def coach_team(agency: Agency, actor: User, unit: Unit) -> CoachingSession:
    """A session, held today, in which everybody who serves in the unit is coached in every area."""
    coaching = coaching_of([unit.pk])[unit.pk]
    people = Worker.objects.filter(pk__in=[person.worker_id for person in coaching.people])
    return operations.write_session(
        agency=agency,
        actor=actor,
        unit=unit,
        kind="coached",
        date=agency.today(),
        people=list(people),
        areas=coaching.areas,
    )


def overdue(item: ActionItem, day: date) -> ActionItem:
    """An item whose day has passed since it was planned: nobody chooses such a day."""
    ActionItem.objects.filter(pk=item.pk).update(due_on=day)
    item.refresh_from_db()
    return item
