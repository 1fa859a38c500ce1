"""The gate of public appeals: what blocks it, and the emergency that passes with two names."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, AuditEntry, Role
from ssu import operations
from ssu.models import ActionItem, EmergencyAppeal, State, Unit
from ssu.operations.appeals import (
    EmergencyAsked,
    EmergencyOver,
    EndNotSoon,
    GateShut,
    NoEmergency,
    OwnEmergency,
    UnitNotPublic,
)
from ssu.operations.second_person import SpouseActed
from ssu.queries.gate import RESTS_ON, gate_of, gates_of
from tests.cast import spouse_of


def confirm(unit: Unit, *keys: str, by: tuple[User, User]) -> None:
    """Bring items to completed as rows, as two people would have."""
    ActionItem.objects.filter(unit=unit, key__in=keys).update(
        state=State.COMPLETED, claimed_by=by[0], confirmed_by=by[1]
    )


@pytest.fixture
def staff(inside: Agency, alice: User, bob: User) -> User:
    people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.STAFF,))
    return bob


def asked(agency: Agency, actor: User, unit: Unit, days: int = 10) -> EmergencyAppeal:
    ends_on = agency.today() + timedelta(days=days)
    return operations.ask_emergency(agency=agency, actor=actor, unit=unit, reason="A flood.", ends_on=ends_on)


def test_every_item_it_rests_on_blocks_alone(inside: Agency, alice: User, staff: User, units: SimpleNamespace) -> None:
    today = inside.today()
    assert [each.key for each in gate_of(units.open, today).blockers] == list(RESTS_ON)
    for key in RESTS_ON:
        ActionItem.objects.filter(unit=units.open).update(state=State.NOT_STARTED, claimed_by=None, confirmed_by=None)
        confirm(units.open, *(each for each in RESTS_ON if each != key), by=(alice, staff))
        assert [each.key for each in gate_of(units.open, today).blockers] == [key]
    confirm(units.open, *RESTS_ON, by=(alice, staff))
    assert gate_of(units.open, today).is_open


def test_not_applicable_does_not_open_it(inside: Agency, alice: User, staff: User, units: SimpleNamespace) -> None:
    confirm(units.open, *RESTS_ON[1:], by=(alice, staff))
    item = ActionItem.objects.get(unit=units.open, key="2.1")
    operations.set_not_applicable(agency=inside, actor=alice, item=item, reason="We have none.")
    assert not gate_of(units.open, inside.today()).is_open


def test_an_emergency_needs_two_people_and_ends_on_its_day(
    inside: Agency, alice: User, staff: User, units: SimpleNamespace
) -> None:
    row, today = asked(inside, alice, units.open), inside.today()
    assert not gate_of(units.open, today).is_open
    with pytest.raises(OwnEmergency):
        operations.approve_emergency(agency=inside, actor=alice, emergency=row)
    with pytest.raises(SpouseActed):
        operations.approve_emergency(agency=inside, actor=spouse_of(alice, "Pia"), emergency=row)
    with pytest.raises(EmergencyAsked):
        asked(inside, staff, units.open)
    operations.approve_emergency(agency=inside, actor=staff, emergency=row)
    assert gate_of(units.open, row.ends_on).is_open
    assert not gate_of(units.open, row.ends_on + timedelta(days=1)).is_open
    with pytest.raises(NoEmergency):
        asked(inside, alice, units.open)
    operations.end_emergency(agency=inside, actor=staff, emergency=row, reason="Over.")
    assert not gate_of(units.open, today).is_open
    with pytest.raises(EmergencyOver):
        operations.end_emergency(agency=inside, actor=staff, emergency=row)
    verbs = list(AuditEntry.objects.filter(verb__contains="emergency").order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "ask for an emergency appeal",
        "approve an emergency appeal",
        "take an emergency appeal back",
    ]


@pytest.mark.parametrize("days", [-1, 93])
def test_an_emergency_ends_soon(inside: Agency, alice: User, units: SimpleNamespace, days: int) -> None:
    with pytest.raises(EndNotSoon):
        asked(inside, alice, units.open, days)


def test_the_database_holds_the_two_names(inside: Agency, alice: User, units: SimpleNamespace) -> None:
    row = asked(inside, alice, units.open)
    with pytest.raises(DatabaseError, match="emergency_needs_two_people"), transaction.atomic():
        EmergencyAppeal.objects.filter(pk=row.pk).update(approved_by=alice, approved_at=row.asked_at)


def test_a_shut_gate_and_a_closed_unit_open_no_page(
    inside: Agency, alice: User, staff: User, units: SimpleNamespace
) -> None:
    with pytest.raises(GateShut):
        operations.open_public_page(agency=inside, actor=alice, unit=units.open, how_to_give="By check.")
    confirm(units.closed, *RESTS_ON, by=(alice, staff))
    with pytest.raises(UnitNotPublic):
        operations.open_public_page(agency=inside, actor=alice, unit=units.closed, how_to_give="By check.")


def test_many_gates_take_two_queries(
    inside: Agency, units: SimpleNamespace, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        found = gates_of([units.open.pk, units.careful.pk, units.closed.pk], inside.today())
    assert len(found) == 3


def test_the_page_names_what_blocks_with_links_and_passes_on_two_names(
    inside: Agency, alice: User, staff: User, units: SimpleNamespace, client: Client
) -> None:
    client.force_login(alice)
    page = client.get(f"/a/{inside.slug}/units/{units.open.pk}/").content.decode()
    for key in RESTS_ON:
        assert f"/a/{inside.slug}/units/{units.open.pk}/roll-out/{key}/" in page
    page = client.get(f"/a/{inside.slug}/units/{units.open.pk}/appeals/").content.decode()
    assert "Approve first" in page
