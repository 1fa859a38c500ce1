"""Designations, accounts, rules and files of expenses by program: the rules of the pages."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from agencies.models import Role
from agencies.operations import add_member
from core.money import Money
from funds.models import AssessmentRule, Designation, Expense
from funds.operations import add_rule, open_designation
from funds.queries import deposit_account
from jobs.testing import run_due
from tests.cast import Visitor, person
from tests.funds.conftest import MARCH, held
from tests.funds.test_ledger_api import Visit, alices, at, send
from tests.ssu.conftest import led, make_unit, serve, strategy, units

__all__ = ["alices", "led", "make_unit", "serve", "strategy", "units"]


def change(browser: Visitor, path: str, content: dict[str, Any]) -> Any:
    return browser.patch(path, content, content_type="application/json")


def test_a_designation_is_opened_changed_and_closed(alices: Visitor, books: SimpleNamespace, given: Any) -> None:
    new = {"code": "0300", "kind": "project", "public_name": "Wells", "opened_on": "2026-01-01"}
    answers = [send(alices, at("designations"), new) for _ in range(2)]
    made = Designation.objects.get(code="0300")
    assert [(each.status_code, each.json()["id"]) for each in answers] == [(201, made.pk)] * 2
    taken = send(alices, at("designations"), new, key="other")
    assert (taken.status_code, taken.json()["code"], taken.json()["field"]) == (409, "designation_code_taken", "code")
    nobody = send(alices, at("designations"), {**new, "code": "0400", "kind": "worker"}, key="worker")
    assert (nobody.status_code, list(nobody.json())) == (400, ["worker"])
    told = change(alices, at("designation", made.pk), {"public_name": "New wells"}).json()
    assert (told["name"], told["kind"], told["holds"]) == ("New wells", "project", [])
    given(made, 500)
    fixed = change(alices, at("designation", made.pk), {"kind": "general"})
    assert (fixed.status_code, fixed.json()["code"], fixed.json()["field"]) == (
        409,
        "designation_posted_already",
        "kind",
    )
    closed = send(alices, at("designation_close", made.pk), {"on": "2026-02-01"}).json()
    again = send(alices, at("designation_close", made.pk), {"on": None}, key="k2").json()
    assert again["closed_on"] is None
    assert (closed["closed_on"], closed["holds"]) == ("2026-02-01", [{"amount": "5.00", "currency": "USD"}])


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["0900", "0100", "0200"]),
        ({"state": ""}, ["0900", "0200"]),
        ({"state": "closed"}, ["0100"]),
        ({"kind": "general"}, ["0900"]),
        ({"q": "fund 0200"}, ["0200"]),
    ],
)
def test_designations_are_found(
    asked: dict[str, str], codes: list[str], alices: Visitor, books: SimpleNamespace
) -> None:
    Designation.objects.filter(pk=books.river.pk).update(closed_on=books.act["agency"].today())
    assert [each["code"] for each in alices.get(at("designations"), asked).json()["results"]] == codes
    assert alices.get(at("designations"), {"kind": "x"}).status_code == 400


def test_what_is_closed_to_the_caller_keeps_its_name(
    books: SimpleNamespace, led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    guarded = open_designation(**books.act, code="0500", kind="unit", public_name="Cedar", unit=led.closed)
    finn = person("Finn")
    add_member(agency=books.act["agency"], actor=alice, user=finn, roles=(Role.FINANCE,))
    answer = change(visit(finn), at("designation", guarded.pk), {"public_name": "Known"})
    assert answer.status_code == 403


def test_an_account_is_changed_within_its_kind(alices: Visitor, books: SimpleNamespace) -> None:
    told = change(alices, at("account", books.euros.pk), {"last_digits": "1234", "institution": "Bank"}).json()
    assert (told["last_digits"], told["institution"], told["name"], told["currency"]) == (
        "1234",
        "Bank",
        "Euro bank",
        "EUR",
    )
    foreign = change(alices, at("account", books.travel.pk), {"last_digits": "1234"})
    assert (foreign.status_code, list(foreign.json())) == (400, ["last_digits"])
    main = change(alices, at("account", deposit_account().pk), {"closed_on": "2026-05-05"})
    assert (main.status_code, main.json()["code"]) == (409, "main_account")


def test_a_rule_ends(alices: Visitor, books: SimpleNamespace) -> None:
    rule = add_rule(
        **books.act,
        name="Share",
        percent=Decimal(5),
        designation=None,
        kind="",
        destination=books.general,
        starts_on=MARCH,
    )
    assert send(alices, at("rule_end", rule.pk), {}).status_code == 400
    assert send(alices, at("rule_end", rule.pk), {"ends_on": "2026-06-30"}).json()["ends_on"] == "2026-06-30"
    assert str(AssessmentRule.objects.get().ends_on) == "2026-06-30"


def test_a_file_of_expenses_is_posted_or_told_wrong(alices: Visitor, books: SimpleNamespace) -> None:
    def bring(amount: str) -> Any:
        text = f"date,designation,category,amount\n2026-03-04,0100,travel,{amount}\n"
        file = SimpleUploadedFile("e.csv", text.encode(), "text/csv")
        return alices.post(at("expense_file"), {"file": file}, headers={"Idempotency-Key": f"key {amount}"})

    wrong = bring("much").json()
    assert (wrong["code"], wrong["total"], wrong["problems"][0]["column"]) == ("expenses_wrong", 1, "amount")
    answer = bring("25.50")
    assert (answer.status_code, answer.json()["kind"]) == (202, "funds.expenses")
    run_due()
    assert (Expense.objects.count(), held(books.river)) == (1, [Money(-2550, "USD")])


def test_movements_are_found_by_days_and_designation(
    alices: Visitor, books: SimpleNamespace, spend: Any, move: Any, given: Any
) -> None:
    given(books.river, 10000)
    spent, moved = spend(books.river, 100), move(books.river, books.hills, 200)
    day = {"since": "2026-03-04", "until": "2026-12-31"}
    for name, of, row in (("expenses", books.river, spent), ("transfers", books.hills, moved)):
        path = at(name)
        assert [each["id"] for each in alices.get(path, {**day, "designation": of.pk}).json()["results"]] == [row.pk]
        assert alices.get(path, {"designation": books.general.pk}).json()["results"] == []
        assert alices.get(path, {"since": "2031-01-01"}).json()["results"] == []
        assert alices.get(path, {"since": "soon"}).status_code == 400
