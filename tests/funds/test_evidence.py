"""A unit's designation under action item 6.1."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from agencies.operations import set_live_on
from core.money import Money
from funds.evidence import KIND, found, offered
from funds.models import Designation
from funds.operations import close_designation, open_designation
from funds.operations.posting import reverse
from ssu import operations as ssu
from ssu.models import ActionItem, State, Unit
from ssu.operations.evidence import NotThere
from tests.funds.conftest import gift_to


@pytest.fixture
def unit(inside: Agency, alice: User) -> Unit:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    strategy = ssu.add_strategy(**act, code="W", name="Water")
    return ssu.add_unit(**act, strategy=strategy, code="W1", name="Clean wells", kind="community")


@pytest.fixture
def own(inside: Agency, alice: User, unit: Unit) -> Designation:
    return open_designation(agency=inside, actor=alice, code="091", public_name="Wells", kind="unit", unit=unit)


@pytest.fixture
def give(inside: Agency, alice: User) -> Callable[..., Any]:
    """`give(own, 5_000, day)` posts a gift."""
    return lambda to, minor, on: gift_to(inside, alice, to, Money(minor, "USD"), on)


def trouble(unit: Unit) -> str:
    unit.agency.refresh_from_db()
    (thing,) = offered(unit)
    assert thing.label == "designation 091"
    return thing.trouble


def test_it_proves_once_gifts_come_since_the_agency_is_live(
    inside: Agency, alice: User, unit: Unit, own: Designation, give: Callable[..., Any]
) -> None:
    today = inside.today()
    give(own, 5_000, today - timedelta(days=10))
    assert "does not work with this system yet" in trouble(unit)
    set_live_on(agency=inside, actor=alice, live_on=today - timedelta(days=5))
    assert "No gift for 091" in trouble(unit)
    give(own, 5_000, today - timedelta(days=5))
    assert trouble(unit) == ""
    other = open_designation(agency=inside, actor=alice, code="1", public_name="General", kind="general")
    assert list(found([own.pk, other.pk])) == [own.pk]


def test_what_was_taken_back_or_refunded_proves_nothing(
    inside: Agency, alice: User, unit: Unit, own: Designation, give: Callable[..., Any]
) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    today = inside.today()
    set_live_on(**act, live_on=today)
    reverse(**act, posting=give(own, 5_000, today), on=today, reason="Of another designation.")
    give(own, -5_000, today)
    assert "No gift for 091" in trouble(unit)
    give(own, 5_000, today)
    assert trouble(unit) == ""


def test_closing_it_opens_the_item_again(
    inside: Agency, alice: User, bob: User, unit: Unit, own: Designation, give: Callable[..., Any]
) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    item = ActionItem.objects.get(unit=unit, key="6.1")
    with pytest.raises(NotThere):
        ssu.add_object(**act, item=item, kind=KIND, object_id=own.pk)
    set_live_on(**act, live_on=inside.today())
    give(own, 5_000, inside.today())
    ssu.add_object(**act, item=item, kind=KIND, object_id=own.pk)
    assert ssu.claim_item(**act, item=item).state == State.READY
    close_designation(**act, designation=own, on=inside.today() + timedelta(days=1))
    item.refresh_from_db()
    assert item.state == State.READY
    close_designation(**act, designation=own, on=inside.today())
    item.refresh_from_db()
    assert item.state == State.IN_PROGRESS
    assert offered(unit) == []
    assert "closed" in found([own.pk])[own.pk].trouble
