"""A unit with its designation and a worker's account, givers who promise to the account, and a wave for them."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from partners.models import Commitment, GivingUnit
from partners.operations import Part, add_commitment, add_partner, record_gift
from ssu import operations as ssu
from ssu.models import Unit, Worker
from tests.agencies.conftest import confirmed, joins
from transition import operations
from transition.models import Plan, Shift, Wave

__all__ = ["confirmed", "joins"]
LONG_AGO = date(2024, 1, 1)


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def unit(act: dict[str, Any]) -> Unit:
    strategy = ssu.add_strategy(**act, code="S1", name="Deaf ministry")
    return ssu.add_unit(**act, code="U1", name="Riverbend", strategy=strategy, kind="community", discretion="open")


@pytest.fixture
def anna(act: dict[str, Any], unit: Unit) -> Worker:
    made = ssu.add_worker(**act, name="Anna Fields", code="W1")
    ssu.add_team_member(**act, unit=unit, worker=made, role="member", joined_on=LONG_AGO)
    return made


@pytest.fixture
def places(act: dict[str, Any], unit: Unit, anna: Worker) -> SimpleNamespace:
    """`places.unit` is where the money goes to, `places.account` Anna's account, `places.general` neither."""
    return SimpleNamespace(
        unit=open_designation(**act, code="0100", public_name="Riverbend", kind="unit", unit=unit),
        account=open_designation(**act, code="0777", public_name="Anna", kind="worker", unit=unit, worker=anna),
        general=open_designation(**act, code="0900", public_name="General fund", kind="general"),
    )


@pytest.fixture
def promise(act: dict[str, Any], places: SimpleNamespace) -> Callable[..., Commitment]:
    """`promise("Moab", 5000)` is a new giver who promises that a month to Anna's account."""

    def make(name: str, minor: int, to: Designation | None = None, **fields: Any) -> Commitment:
        partner = add_partner(**act, kind="person", first_name="Ruth", last_name=name)
        given = {"frequency": "monthly", "starts_on": LONG_AGO, "currency": "USD", **fields}
        amount = Money(minor, given.pop("currency"))
        giver = GivingUnit.objects.get(partner=partner)
        return add_commitment(**act, giving_unit=giver, designation=to or places.account, amount=amount, **given)

    return make


@pytest.fixture
def give(act: dict[str, Any]) -> Callable[..., Any]:
    """`give(commitment, places.unit, 5000, on)` is a gift of whoever promised."""

    def record(commitment: Commitment, to: Designation, minor: int, on: date, currency: str = "USD") -> Any:
        record.count += 1  # type: ignore[attr-defined]
        part = Part(to, Money(minor, currency))
        key = f"gift-{record.count}"  # type: ignore[attr-defined]
        return record_gift(**act, giving_unit=commitment.giving_unit, on=on, parts=[part], key=key)

    record.count = 0  # type: ignore[attr-defined]
    return record


@pytest.fixture
def plan(act: dict[str, Any], unit: Unit, places: SimpleNamespace) -> Plan:
    return operations.start_plan(**act, unit=unit, designation=places.unit)


@pytest.fixture
def wave(act: dict[str, Any], plan: Plan) -> Wave:
    return operations.add_wave(
        **act, plan=plan, name="Friends of Anna", reply_by=plan.agency.today() + timedelta(days=30)
    )


@pytest.fixture
def guaranteed(act: dict[str, Any], plan: Plan, places: SimpleNamespace) -> None:
    today = plan.agency.today()
    operations.guarantee(
        **act,
        plan=plan,
        account=places.account,
        how="Pay and benefits as now, from the general fund if need be",
        until=today + timedelta(days=365),
        given_by="The board",
        told_on=today - timedelta(days=400),
    )


@pytest.fixture
def opened(act: dict[str, Any], wave: Wave, guaranteed: None) -> Callable[..., list[Shift]]:
    """`opened(commitment, …)` are their shifts in a wave that was opened on `on`, today when it is not said."""

    def open_with(*commitments: Commitment, on: date | None = None, is_key: bool = False) -> list[Shift]:
        operations.add_to_wave(**act, wave=wave, commitments=commitments)
        Wave.objects.filter(pk=wave.pk).update(**({"reply_by": on} if on else {}))
        operations.open_wave(**act, wave=wave, on=on)
        Shift.objects.filter(wave=wave).update(is_key=is_key)
        return [Shift.objects.select_related("wave__plan").get(commitment=each) for each in commitments]

    return open_with
