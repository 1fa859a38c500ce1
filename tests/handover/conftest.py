"""A unit with two who may hold, and partners of one of them who give."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from handover import operations
from handover.models import Case
from partners.models import GivingUnit, Holder, Partner
from partners.operations import Part, add_partner, appoint_holder, record_gift
from ssu import operations as ssu
from ssu.models import TeamMember, Unit, Worker
from tests.agencies.conftest import joins

__all__ = ["joins"]
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def unit(act: dict[str, Any]) -> Unit:
    strategy = ssu.add_strategy(**act, code="S1", name="Deaf ministry")
    return ssu.add_unit(**act, code="U1", name="Riverbend", strategy=strategy, kind="community", discretion="open")


@pytest.fixture
def serves(act: dict[str, Any], unit: Unit) -> Callable[..., TeamMember]:
    def join(name: str, at: Unit | None = None) -> TeamMember:
        worker = ssu.add_worker(**act, name=name, code=name[:5])
        return ssu.add_team_member(**act, unit=at or unit, worker=worker, role="member", joined_on=LONG_AGO)

    return join


@pytest.fixture
def anna(serves: Callable[..., TeamMember]) -> Worker:
    return serves("Anna Fields").worker


@pytest.fixture
def ben(serves: Callable[..., TeamMember]) -> TeamMember:
    return serves("Ben Stone")


@pytest.fixture
def money(act: dict[str, Any], unit: Unit) -> Designation:
    return open_designation(**act, code="0100", public_name="Riverbend", kind="unit", unit=unit)


@pytest.fixture
def held(act: dict[str, Any], unit: Unit, anna: Worker) -> Callable[..., Partner]:
    """`held("Moab")` is a partner whom Anna holds."""

    def make(name: str, by: Worker | None = None) -> Partner:
        partner = add_partner(**act, kind="person", first_name="Ruth", last_name=name)
        appoint_holder(**act, partner=partner, unit=unit, worker=by or anna)
        return partner

    return make


@pytest.fixture
def give(act: dict[str, Any], money: Designation) -> Callable[..., Any]:
    def record(partner: Partner, minor: int, on: date, currency: str = "USD") -> Any:
        record.count += 1  # type: ignore[attr-defined]
        part, key = Part(money, Money(minor, currency)), f"gift-{record.count}"  # type: ignore[attr-defined]
        giver = GivingUnit.objects.get(partner=partner)
        return record_gift(**act, giving_unit=giver, on=on, parts=[part], key=key)

    record.count = 0  # type: ignore[attr-defined]
    return record


@pytest.fixture
def leaves(act: dict[str, Any], inside: Agency, anna: Worker) -> Callable[..., Case]:
    def begin(**fields: Any) -> Case:
        return operations.open_case(**act, **{"worker": anna, "leaves_on": inside.today(), **fields})

    return begin


def holders(partner: Partner) -> list[tuple[int, bool]]:
    """Who holds today: worker and whether first."""
    return list(Holder.objects.standing().filter(partner=partner).order_by("pk").values_list("worker", "is_primary"))
