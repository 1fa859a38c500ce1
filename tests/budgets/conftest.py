"""A unit with its designation, a giver, and a budget in the making."""

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from budgets import operations
from budgets.models import Budget
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from partners.models import GivingUnit
from partners.operations import Part, add_partner, record_gift
from ssu import operations as ssu
from ssu.models import Unit, Worker


@pytest.fixture
def unit(inside: Agency, alice: User) -> Unit:
    strategy = ssu.add_strategy(agency=inside, actor=alice, code="S1", name="Deaf ministry")
    return ssu.add_unit(
        agency=inside, actor=alice, code="U1", name="Riverbend", strategy=strategy, kind="community", discretion="open"
    )


@pytest.fixture
def designation(inside: Agency, alice: User, unit: Unit) -> Designation:
    return open_designation(agency=inside, actor=alice, code="0900101", public_name="Riverbend", kind="unit", unit=unit)


@pytest.fixture
def giver(inside: Agency, alice: User) -> GivingUnit:
    partner = add_partner(agency=inside, actor=alice, kind="person", first_name="Ruth", last_name="Moab")
    return GivingUnit.objects.get(partner=partner)


@pytest.fixture
def worker(inside: Agency, alice: User) -> Worker:
    return ssu.add_worker(agency=inside, actor=alice, name="Lea Gray")


@pytest.fixture
def budget(inside: Agency, alice: User, unit: Unit) -> Budget:
    return operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=2026)


@pytest.fixture
def bob_in_finance(inside: Agency, alice: User, bob: User) -> User:
    people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.FINANCE,))
    return bob


@pytest.fixture
def give(inside: Agency, alice: User, giver: GivingUnit, designation: Designation) -> Callable[..., None]:
    def record(minor: int, on: date, key: str, to: Designation = designation) -> None:
        part = Part(to, Money(minor, "USD"))
        record_gift(agency=inside, actor=alice, giving_unit=giver, on=on, parts=[part], key=key)

    return record
