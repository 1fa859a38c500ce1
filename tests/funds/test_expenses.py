"""Expenses: what a designation spent, on what and from which account."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from agencies.idempotency import OtherContent
from core.money import Money
from funds.models import AccountMonth, Expense, Posting
from funds.operations import edit_account
from funds.operations.accounts import NotThisAccount
from funds.operations.expenses import NothingSpent
from funds.proofs import prove_ledger
from tests.funds.conftest import MARCH, held

Spend = Callable[..., Expense]


@pytest.mark.parametrize(("currency", "minor"), [("USD", 3000), ("JPY", 7), ("KWD", 1)])
def test_the_designation_the_bank_and_the_category(
    currency: str, minor: int, books: SimpleNamespace, given: Callable[..., Posting], spend: Spend
) -> None:
    given(books.river, 100000, currency)
    made = spend(books.river, minor, currency, reference="R-1")
    assert held(books.river) == [Money(100000 - minor, currency)]
    sums = {entry.account.name: entry.amount for entry in made.posting.entries.select_related("account")}
    assert sums == {"0100": minor, "Main deposit account": -minor, "Travel": minor, "Released to expenses": -minor}
    assert AccountMonth.objects.get(account=books.travel, kind="expense").debit == minor
    assert prove_ledger(books.act["agency"]).differences == []


def test_a_deficit_is_seen_and_not_hidden(books: SimpleNamespace, spend: Spend) -> None:
    spend(books.river, 500)
    assert held(books.river) == [Money(-500, "USD")]


def test_an_account_takes_its_currency_only(books: SimpleNamespace, spend: Spend) -> None:
    with pytest.raises(NotThisAccount, match="“Euro bank” is kept in EUR, not in USD") as refused:
        spend(books.river, 500, paid_from=books.euros)
    assert refused.value.field == "paid_from"
    spend(books.river, 500, "EUR", paid_from=books.euros)
    edit_account(**books.act, account=books.travel, closed_on=MARCH)
    books.travel.refresh_from_db()
    with pytest.raises(NotThisAccount, match="“Travel” was closed before that day"):
        spend(books.river, 500, key="late")


@pytest.mark.parametrize("minor", [0, -100])
def test_an_expense_takes_something(minor: int, books: SimpleNamespace, spend: Spend) -> None:
    with pytest.raises(NothingSpent):
        spend(books.river, minor)


def test_the_same_form_twice(books: SimpleNamespace, spend: Spend) -> None:
    assert spend(books.river, 500) == spend(books.river, 500)
    with pytest.raises(OtherContent):
        spend(books.river, 501)
    assert Expense.objects.count() == 1


def test_what_a_designation_spent_is_no_gift(books: SimpleNamespace, spend: Spend) -> None:
    made: Any = spend(books.river, 500)
    assert (made.posting.kind, made.source) == ("expense", "hand")
