"""Units with partners who gave, an agency that may write to them, and a letter."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from communications import operations
from communications.models import ConsentPolicy, Letter
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from partners.models import GivingUnit, Partner
from partners.operations import Part, add_partner, record_gift
from ssu.models import Unit
from tests.ssu.conftest import led, make_unit, serve, strategy, units  # noqa: F401 - fixtures

BODY = "Dear {{greeting}},\n\nthe well in **our village** gives water.\n\n{{agency_name}}"
WHY = "Who gives wants to hear what became of it, and can object in every letter."


@pytest.fixture
def posted(inside: Agency) -> Agency:
    """The agency with a postal address."""
    inside.address = "1 Harbor Street\nPortland, ME 04101"
    inside.save()
    return inside


@pytest.fixture
def policy(posted: Agency, alice: User) -> ConsentPolicy:
    """News go to who gave within two years; appeals only to who consented."""
    return operations.decide_policy(agency=posted, actor=alice, news=True, appeals=False, months=24, wording=WHY)


@pytest.fixture
def fund_of(posted: Agency, alice: User) -> Callable[[Unit], Designation]:
    """The unit's own designation, made at the first call."""

    def find(unit: Unit) -> Designation:
        known = Designation.objects.filter(unit=unit).first()
        return known or open_designation(
            agency=posted, actor=alice, code=f"09{unit.pk}", public_name=unit.public_name, kind="unit", unit=unit
        )

    return find


@pytest.fixture
def give(posted: Agency, alice: User, fund_of: Callable[[Unit], Designation]) -> Callable[..., Partner]:
    """`give(unit, "Ruth", "ruth@example.org")` is a partner who gave to the unit lately."""
    numbers = count(1)

    def make(
        unit: Unit, name: str, email: str = "", days_ago: int = 10, *, anonymous: bool = False, **fields: Any
    ) -> Partner:
        given = {"kind": "person", "first_name": name, "last_name": "Moab", "email": email, **fields}
        to = given.pop("to", None) or fund_of(unit)
        partner = add_partner(agency=posted, actor=alice, **given)
        record_gift(
            agency=posted,
            actor=alice,
            giving_unit=GivingUnit.objects.get(partner=partner),
            on=posted.today() - timedelta(days=days_ago),
            parts=[Part(to, Money(5000, "USD"))],
            key=f"gift {next(numbers)}",
            anonymous=anonymous,
        )
        return partner

    return make


@pytest.fixture
def write(posted: Agency, alice: User) -> Callable[..., Letter]:
    """`write(unit)` is a draft by Alice."""

    def make(unit: Unit, **fields: Any) -> Letter:
        given = {"subject": "Water", "body": BODY, "purpose": "news", "unmasked": None, "actor": alice, **fields}
        return operations.write_letter(agency=posted, unit=unit, **given)

    return make


@pytest.fixture
def village(policy: ConsentPolicy, units: SimpleNamespace, give: Callable[..., Partner]) -> SimpleNamespace:  # noqa: F811
    """The open unit with two partners."""
    return SimpleNamespace(
        unit=units.open,
        ruth=give(units.open, "Ruth", "ruth@example.org"),
        boaz=give(units.open, "Boaz", "boaz@example.org"),
    )


@pytest.fixture
def approved(village: SimpleNamespace, posted: Agency, alice: User, write: Callable[..., Letter]) -> Letter:
    """A letter of the open unit, ready to go."""
    return operations.approve_letter(agency=posted, actor=alice, letter=write(village.unit))


@pytest.fixture
def staff(posted: Agency, alice: User, carol: User) -> User:
    """Carol on the staff."""
    people.add_member(agency=posted, actor=alice, user=carol, roles=(Role.STAFF,))
    return carol


@pytest.fixture
def make_staff(posted: Agency, alice: User) -> Callable[[User], User]:
    """`make_staff(dan)` is Dan with the role of staff too."""

    def make(user: User) -> User:
        people.add_member(agency=posted, actor=alice, user=user, roles=(Role.STAFF,))
        return user

    return make
