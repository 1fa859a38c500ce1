"""The ledger for programs: same rights, same operations, sent twice done once."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from core.money import Money
from funds.models import Expense, Posting
from funds.queries import deposit_account
from tests.cast import Visitor
from tests.funds.conftest import held

Visit = Callable[[User], Visitor]


def at(name: str, *args: Any) -> str:
    return reverse(f"api_{name}", args=["harbor", *args])


def send(browser: Visitor, path: str, content: dict[str, Any], key: str = "k") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return browser.post(path, content, content_type="application/json", headers=headers)


@pytest.fixture
def alices(alice: User, visit: Visit, books: SimpleNamespace) -> Visitor:
    return visit(alice)


def expense(books: SimpleNamespace, **fields: Any) -> dict[str, Any]:
    return {
        "designation": books.river.pk,
        "category": books.travel.pk,
        "paid_from": deposit_account().pk,
        "amount": "12.34",
        "currency": "USD",
        "on": "2026-03-04",
        **fields,
    }


def test_an_expense_sent_twice_is_one(alices: Visitor, books: SimpleNamespace) -> None:
    answers = [send(alices, at("expenses"), expense(books)) for _ in range(2)]
    made = Expense.objects.get()
    assert [(answer.status_code, answer.json()["id"]) for answer in answers] == [(201, made.pk)] * 2
    assert answers[0].json()["amount"] == "12.34"
    other = send(alices, at("expenses"), expense(books, amount="12.35"))
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
    assert send(alices, at("expenses"), expense(books), key="").status_code == 400
    assert [each["id"] for each in alices.get(at("expenses")).json()["results"]] == [made.pk]
    assert held(books.river) == [Money(-1234, "USD")]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"designation": 10**9}, 400),
        ({"category": "river"}, 400),
        ({"amount": "1.005"}, 422),
        ({"amount": "NaN"}, 422),
        ({"currency": "XXQ"}, 422),
        ({"on": "2999-01-01"}, 409),
        ({"amount": "0"}, 409),
    ],
)
def test_what_is_no_expense(wrong: dict[str, Any], status: int, alices: Visitor, books: SimpleNamespace) -> None:
    assert send(alices, at("expenses"), expense(books, **wrong)).status_code == status
    assert not Posting.objects.exists()


def test_a_category_is_no_deposit_account(alices: Visitor, books: SimpleNamespace) -> None:
    answer = send(alices, at("expenses"), expense(books, paid_from=books.travel.pk))
    assert (answer.status_code, answer.json()) == (
        400,
        {"paid_from": [{"code": "invalid", "detail": "There is no such account."}]},
    )


def test_the_way_of_money(alices: Visitor, books: SimpleNamespace, given: Any) -> None:
    """Opening, gift, share, transfer, statement, journal, reversal, closing: all by program."""
    given(books.river, 10000)
    bank = {"kind": "deposit", "name": "Bank", "currency": "USD"}
    deposit = send(alices, at("accounts"), bank).json()["id"]
    opening = {"designation": books.hills.pk, "deposit": deposit, "amount": "-5.00", "currency": "USD"}
    assert send(alices, at("openings"), {**opening, "on": "2026-03-01"}).status_code == 201
    rule = {"name": "Share", "percent": "10", "destination": books.general.pk, "starts_on": "2026-01-01"}
    assert send(alices, at("rules"), rule).json()["percent"] == "10.0000"
    run = send(alices, at("assessments"), {"month": "2026-03-15"}).json()
    assert run["lines"][0] | {"rule": 0} == {
        "rule": 0,
        "designation": books.river.pk,
        "base": "100.00",
        "share": "10.00",
        "amount": "10.00",
        "currency": "USD",
    }
    moved = {"origin": books.river.pk, "destination": books.hills.pk, "amount": "20", "currency": "USD"}
    resolved = {"on": "2026-03-20", "resolution": "7", "resolved_on": "2026-03-19"}
    posting = send(alices, at("transfers"), {**moved, **resolved}).json()["posting"]
    statement = alices.get(at("statement") + "?since=2026-03&until=2026-03").json()
    assert {each["designation"]: each["closing"] for each in statement} == {
        books.river.pk: "70.00",
        books.hills.pk: "15.00",
        books.general.pk: "10.00",
    }
    journal = send(alices, at("journals"), {"first_day": "2026-03-01", "last_day": "2026-03-31"}).json()
    assert (journal["number"], journal["postings"]) == (1, 4)
    back = send(alices, at("posting_reverse", posting), {"on": "2026-04-01", "reason": "not agreed"})
    assert (back.status_code, back.json()["reverses"]) == (201, posting)
    closed = send(alices, at("closed_months"), {"act": "close", "month": "2026-03-01", "reason": "agreed"})
    assert closed.json()["open_from"] == "2026-04-01"
    late = send(alices, at("expenses"), expense(books), key="late")
    assert (late.status_code, late.json()["code"]) == (409, "month_closed")


def test_postings_with_their_entries(alices: Visitor, books: SimpleNamespace, given: Any) -> None:
    posting = given(books.river, 7, "KWD")
    found = alices.get(at("postings") + "?kind=gift").json()["results"]
    assert [(each["id"], [entry["amount"] for entry in each["entries"]]) for each in found] == [
        (posting.pk, ["0.007", "-0.007"])
    ]
    assert alices.get(at("postings") + "?kind=nothing").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_postings_ask_the_same(
    rows: int, alices: Visitor, books: SimpleNamespace, given: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        given(books.river, 100)
    alices.get(at("postings"))
    with django_assert_num_queries(13):
        assert len(alices.get(at("postings")).json()["results"]) == rows


def test_the_board_gets_none_of_it(dan: User, visit: Visit, books: SimpleNamespace) -> None:
    names = ("postings", "statement", "transfers", "expenses", "accounts", "rules", "journals", "closed_months")
    assert {visit(dan).get(at(name)).status_code for name in names} == {403}
