"""What workers' accounts hold beside a transition: it stays until a board resolves, and each resolution is named."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from core.money import Money
from funds.operations import open_designation, record_opening, transfer
from funds.queries import deposit_account
from partners.models import Commitment
from partners.operations import Part, record_gift
from ssu.models import Unit, Worker
from tests.cast import Visitor
from transition.models import Plan

Visit = Callable[[User], Visitor]


@pytest.fixture
def held(
    act: dict[str, Any], inside: Agency, unit: Unit, anna: Worker, plan: Plan, places: SimpleNamespace, promise: Any
) -> SimpleNamespace:
    """Anna's account with an opening balance and a gift with words; another account with a deficit."""
    day, bank = inside.today().replace(day=1), deposit_account()
    low = open_designation(**act, code="0778", public_name="Abe", kind="worker", unit=unit)
    for number, (where, minor) in enumerate(((places.account, 30000), (low, -12000), (places.general, 90000))):
        amount = Money(minor, "USD")
        record_opening(**act, designation=where, deposit=bank, amount=amount, on=day, key=f"o{number}")
    giver: Commitment = promise("Moab", 5000)
    part = Part(places.account, Money(4000, "USD"), intent="for Anna's flight")
    record_gift(**act, giving_unit=giver.giving_unit, on=day, parts=[part], key="flight")
    return SimpleNamespace(low=low, day=day, plan=plan, unit=unit)


def shown(browser: Visitor, unit: Unit) -> dict[str, tuple[str, ...]]:
    """Each account: what it holds, what stays, what may move, how it stands, what was resolved."""
    rows = browser.get(reverse("transition", args=["harbor", unit.pk])).context["balances"]
    return {row.code: (row.held, row.stays, row.free, row.state, *(one.words for one in row.resolved)) for row in rows}


def test_nothing_moves_by_itself_and_each_resolution_is_named(
    act: dict[str, Any], held: SimpleNamespace, places: SimpleNamespace, visit: Visit, alice: User
) -> None:
    browser = visit(alice)
    assert shown(browser, held.unit) == {
        "0777": ("$340.00", "$40.00", "$300.00", "Stays"),
        "0778": ("-$120.00", "$0.00", "$0.00", "Deficit"),
    }
    moved = {"on": held.day, "resolution": "2026-7", "resolved_on": held.day}
    for number, (origin, to, minor) in enumerate(
        ((places.account, places.unit, 30000), (places.general, held.low, 15000))
    ):
        transfer(**act, origin=origin, destination=to, amount=Money(minor, "USD"), key=f"t{number}", **moved)
    assert shown(browser, held.unit) == {
        "0777": ("$40.00", "$40.00", "$0.00", "Moved", "$300.00 to 0100 Riverbend"),
        "0778": ("$30.00", "$0.00", "$30.00", "Stays", "$120.00 paid by 0900 General fund"),
    }
    page = browser.get(reverse("transition", args=["harbor", held.unit.pk])).content.decode()
    assert "2026-7, resolved on" in page
    told = browser.get(f"/api/a/harbor/transitions/{held.plan.pk}/balances/").json()
    assert [(row["code"], row["held"], row["free"], row["opening"], row["state"]) for row in told] == [
        ("0777", "40.00", "0.00", "300.00", "moved"),
        ("0778", "30.00", "30.00", "-120.00", "stays"),
    ]
    assert [one["covers"] for one in told[1]["covered"]] == ["120.00"]


def test_balances_are_for_who_reads_the_ledger(held: SimpleNamespace, visit: Visit, joins: Any, bob: User) -> None:
    joins(bob, Role.STAFF)
    browser = visit(bob)
    assert browser.get(reverse("transition", args=["harbor", held.unit.pk])).context["balances"] == []
    assert browser.get(f"/api/a/harbor/transitions/{held.plan.pk}/balances/").status_code == 403
