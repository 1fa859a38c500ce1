"""Opening + received − spent ± transfers = closing, per designation and currency; each figure leads to its entries."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import given as every
from hypothesis import strategies as some

from accounts.models import User
from core.money import Money
from core.periods import add_months
from funds.models import Entry
from funds.operations import Leg, post
from funds.queries import deposit_account
from funds.queries.statements import PARTS, Statement, entries_between, statements
from tests.cast import Visitor
from tests.funds.conftest import account_of

Visit = Callable[[User], Visitor]
FEBRUARY, MARCH, APRIL = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)


def one(designation: Any, first: date, last: date, currency: str = "USD") -> Statement:
    return next(each for each in statements([designation.pk], first, last) if each.currency == currency)


def shown(statement: Statement) -> dict[str, int]:
    parts = {kind: amount.minor for kind, amount in statement.parts.items() if amount.minor}
    return {"opening": statement.opening.minor, **parts, "closing": statement.closing.minor}


def test_all_that_moves(books: SimpleNamespace, given: Any, spend: Any, move: Any) -> None:
    given(books.river, 50000, on=date(2026, 2, 27))
    given(books.river, 10000)
    spend(books.river, 3000)
    move(books.river, books.hills, 2000)
    given(books.river, 700, on=date(2026, 4, 1))
    assert shown(one(books.river, MARCH, MARCH)) == {
        "opening": 50000,
        "gift": 10000,
        "expense": -3000,
        "transfer": -2000,
        "closing": 55000,
    }
    assert shown(one(books.river, MARCH, APRIL)) == {**shown(one(books.river, MARCH, MARCH)), "gift": 10700} | {
        "closing": 55700
    }
    assert shown(one(books.hills, MARCH, MARCH)) == {"opening": 0, "transfer": 2000, "closing": 2000}


def test_before_the_first_movement_there_is_no_statement(books: SimpleNamespace, given: Any) -> None:
    given(books.river, 100)
    assert statements([books.river.pk, books.hills.pk], FEBRUARY, FEBRUARY) == []


movements = some.lists(
    some.tuples(
        some.sampled_from([str(kind) for kind in PARTS]),
        some.integers(min_value=-(10**9), max_value=10**9).filter(bool),
        some.sampled_from(["USD", "JPY", "KWD"]),
        some.integers(min_value=0, max_value=5),
    ),
    max_size=12,
)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@every(moved=movements, first=some.integers(0, 5), months=some.integers(0, 3))
def test_it_is_the_fold_of_the_entries(
    books: SimpleNamespace, moved: list[tuple[str, int, str, int]], first: int, months: int
) -> None:
    """Whatever was posted: opening and closing are the sums of all entries before and up to the end."""
    for kind, minor, currency, month in moved:
        legs = [
            Leg(deposit_account().pk, Money(minor, currency)),
            Leg(account_of(books.river).pk, Money(-minor, currency)),
        ]
        post(**books.act, on=add_months(date(2025, 1, 15), month), kind=kind, legs=legs, source="hand")
    begin = add_months(date(2025, 1, 1), first)
    end = add_months(begin, months)
    for each in statements([books.river.pk], begin, end):
        mine = Entry.objects.filter(account__designation=books.river, currency=each.currency)
        before = -sum(mine.filter(posting__date__lt=begin).values_list("amount", flat=True))
        upto = -sum(mine.filter(posting__date__lt=add_months(end, 1)).values_list("amount", flat=True))
        assert (each.opening.minor, each.closing.minor) == (before, upto)
        for kind, amount in each.parts.items():
            behind = entries_between(books.river, each.currency, begin, end, kind)
            assert amount.minor == -sum(entry.amount for entry in behind)


def test_pages_add_up_and_lead_to_the_entries(
    books: SimpleNamespace, given: Any, spend: Any, alice: User, visit: Visit
) -> None:
    given(books.river, 10000)
    spend(books.river, 3000)
    given(books.hills, 5, "KWD")
    browser = visit(alice)
    page = browser.get(reverse("ledger_statement", args=["harbor"]) + "?since=2026-03&until=2026-03")
    table = page.context["table"]
    rows = [[cell.text for cell, _numeric in line] for line in table.lines]
    assert rows == [
        ["0100 Fund 0100", "USD", "$0.00", "$100.00", "$0.00", "-$30.00", "$0.00", "$0.00", "$70.00"],
        ["0200 Fund 0200", "KWD", "KWD\xa00.000", "KWD\xa00.005", *["KWD\xa00.000"] * 4, "KWD\xa00.005"],
    ]
    assert [line[1][0].text for line in table.sums] == ["KWD", "USD"]
    behind = browser.get(table.rows[0][3].url)
    assert [[cell.text for cell, _numeric in line][-1] for line in behind.context["table"].lines] == ["$100.00"]
    assert "Together $100.00." in behind.content.decode()
    single = browser.get(reverse("designation_statement", args=["harbor", books.river.pk]) + "?since=2026-03")
    assert single.context["explained"] == ["$0.00 + $100.00 + $0.00 + -$30.00 + $0.00 + $0.00 = $70.00"]


def test_a_leader_sees_only_what_is_of_the_unit(books: SimpleNamespace, given: Any, dan: User, visit: Visit) -> None:
    given(books.river, 10000)
    assert visit(dan).get(reverse("ledger_statement", args=["harbor"])).status_code == 403


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("currency=XXQ", 404),
        ("kind=nothing", 404),
        ("since=soon", 200),
        ("before=x", 200),
        ("before=2026-03-04.9", 200),
    ],
)
def test_odd_addresses(query: str, status: int, books: SimpleNamespace, given: Any, alice: User, visit: Visit) -> None:
    given(books.river, 10000)
    page = visit(alice).get(reverse("designation_entries", args=["harbor", books.river.pk]) + f"?{query}")
    assert page.status_code == status
