"""Designations, accounts and plain gifts for tests of the ledger."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds import operations, queries
from funds.models import Account, Designation, Posting
from funds.operations import Leg

MARCH = date(2026, 3, 4)


def gift_to(agency: Agency, actor: User | None, designation: Designation, amount: Money, on: date = MARCH) -> Posting:
    """A posting as a gift makes it."""
    own = queries.accounts_of([designation.pk])[designation.pk]
    legs = [Leg(queries.deposit_account().pk, amount), Leg(own, -amount)]
    return operations.post(agency=agency, actor=actor, on=on, kind="gift", legs=legs, source="hand")


def held(designation: Designation) -> list[Money]:
    """What a designation holds."""
    return queries.balances([designation.pk]).get(designation.pk, [])


@pytest.fixture
def books(inside: Agency, alice: User) -> SimpleNamespace:
    """Three designations, a category of expenses and an account in euros."""
    act: dict[str, Any] = {"agency": inside, "actor": alice}

    def fund(code: str, kind: str) -> Designation:
        return operations.open_designation(**act, code=code, public_name=f"Fund {code}", kind=kind)

    return SimpleNamespace(
        act=act,
        general=fund("0900", "general"),
        river=fund("0100", "project"),
        hills=fund("0200", "project"),
        travel=operations.open_category(**act, name="Travel", ledger_code="6100"),
        euros=operations.open_deposit_account(**act, name="Euro bank", currency="EUR", ledger_code="1020"),
    )


@pytest.fixture
def given(books: SimpleNamespace) -> Callable[..., Posting]:
    """`given(books.river, 10000)` is a gift in cents, of March."""

    def give(designation: Designation, minor: int, currency: str = "USD", on: date = MARCH) -> Posting:
        return gift_to(**books.act, designation=designation, amount=Money(minor, currency), on=on)

    return give


@pytest.fixture
def spend(books: SimpleNamespace) -> Callable[..., Any]:
    """`spend(books.river, 3000)` is an expense in cents, of March."""

    def record(designation: Designation, minor: int, currency: str = "USD", key: str = "e", **fields: Any) -> Any:
        said = {"category": books.travel, "paid_from": queries.deposit_account(), "on": MARCH, **fields}
        return operations.record_expense(
            **books.act, designation=designation, amount=Money(minor, currency), key=key, **said
        )

    return record


@pytest.fixture
def move(books: SimpleNamespace) -> Callable[..., Any]:
    """`move(books.river, books.hills, 1000)` is a transfer of March that the board resolved."""

    def record(origin: Designation, to: Designation, minor: int, currency: str = "USD", **fields: Any) -> Any:
        said: dict[str, Any] = {"on": MARCH, "resolution": "2026-7", "resolved_on": MARCH, "key": "t", **fields}
        return operations.transfer(**books.act, origin=origin, destination=to, amount=Money(minor, currency), **said)

    return record


def account_of(designation: Designation) -> Account:
    """The ledger account of a designation."""
    found: Account = Account.objects.get(designation=designation)
    return found
