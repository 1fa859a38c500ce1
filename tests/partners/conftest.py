"""Partners, designations and gifts for tests."""

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
from partners import operations
from partners.models import Commitment, Gift, GivingUnit, Partner
from partners.operations import Part
from tests.agencies.conftest import confirm
from tests.cast import Visitor
from tests.ssu.conftest import led, make_unit, serve, strategy, units

__all__ = ["led", "make_unit", "serve", "strategy", "units"]
CHECK = "4711"


@pytest.fixture
def add(inside: Agency, alice: User) -> Callable[..., Partner]:
    """`add("Moab", first_name="Ruth")` is a partner."""

    def make(last_name: str, **fields: Any) -> Partner:
        given = {"kind": "person", "first_name": "Ruth", **fields}
        return operations.add_partner(agency=inside, actor=alice, last_name=last_name, **given)

    return make


@pytest.fixture
def ruth(add: Callable[..., Partner]) -> GivingUnit:
    return GivingUnit.objects.get(partner=add("Moab"))


@pytest.fixture
def boaz(add: Callable[..., Partner]) -> GivingUnit:
    return GivingUnit.objects.get(partner=add("Elimelech", first_name="Boaz"))


@pytest.fixture
def places(inside: Agency, alice: User, led: SimpleNamespace) -> SimpleNamespace:
    """`places.mine` is of the open unit, `places.closed` of the closed one (Bob leads both), `places.careful` and
    `places.general` are not Bob's. The partners know that teams know their names.
    """

    operations.record_team_notice(agency=inside, actor=alice, is_given=True, told_on=inside.today(), wording="Card")

    def make(code: str, kind: str, **fields: Any) -> Designation:
        return open_designation(agency=inside, actor=alice, code=code, kind=kind, **fields)

    return SimpleNamespace(
        mine=make("0100", "unit", public_name="Riverbend", unit=led.open),
        closed=make("0300", "unit", public_name="Project Cedar", unit=led.closed),
        careful=make("0200", "unit", public_name="Kareth", unit=led.careful),
        general=make("0900", "general", public_name="General fund"),
    )


@pytest.fixture
def giving(inside: Agency, alice: User, places: SimpleNamespace) -> Callable[..., Gift]:
    """`giving(partner, (places.mine, 5000))` records a gift of today in cents."""

    def record(partner: Partner, *parts: tuple[Designation, int], on: date | None = None, **fields: Any) -> Gift:
        record.count += 1  # type: ignore[attr-defined]
        currency = fields.pop("currency", "USD")
        return operations.record_gift(
            agency=inside,
            actor=alice,
            giving_unit=GivingUnit.objects.get(partner=partner),
            on=on or inside.today(),
            parts=[Part(place, Money(minor, currency), fields.get("intent", "")) for place, minor in parts],
            key=f"key-{record.count}",  # type: ignore[attr-defined]
            **{name: value for name, value in fields.items() if name != "intent"},
        )

    record.count = 0  # type: ignore[attr-defined]
    return record


@pytest.fixture
def confirmed(visit: Callable[[User], Visitor]) -> Callable[[User], Visitor]:
    """`confirmed(alice)` is Alice's browser after she has typed her password again."""
    return lambda user: confirm(visit(user))


@pytest.fixture
def promise(inside: Agency, alice: User, places: SimpleNamespace) -> Callable[..., Commitment]:
    """`promise(partner, 5000)` is 50.00 monthly to `places.mine` since 200 days."""

    def make(partner: Partner, minor: int, starts: date | None = None, **fields: Any) -> Commitment:
        given = {"designation": places.mine, "frequency": "monthly", "again": True, **fields}
        return operations.add_commitment(
            agency=inside,
            actor=alice,
            giving_unit=GivingUnit.objects.get(partner=partner),
            amount=Money(minor, given.pop("currency", "USD")),
            starts_on=starts or inside.today() - timedelta(days=200),
            **given,
        )

    return make


@pytest.fixture
def weekly(inside: Agency, add: Callable[..., Partner], promise: Callable[..., Commitment]) -> Commitment:
    """50.00 a week of Ruth Moab since 70 days: the eleventh payment is due today."""
    return promise(add("Moab"), 5000, inside.today() - timedelta(days=70), frequency="weekly")
