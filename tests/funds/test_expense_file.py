"""A file of expenses: all that is wrong at once, all or nothing, the same file twice posts nothing twice."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from core.money import Money
from funds.expense_rows import COLUMNS
from funds.imports.expenses import judge_expenses
from funds.models import Expense
from funds.operations import bring_expenses, close_months
from funds.proofs import prove_ledger
from funds.queries.expenses import known_expenses
from imports.reading.lists import Problem
from imports.reading.sheets import SheetRead, SheetRow
from jobs.models import Job
from jobs.testing import run_due
from tests.cast import Visitor
from tests.funds.conftest import held

GOOD = {"date": "2026-03-04", "designation": "0100", "category": "travel", "amount": "25.50"}
FILE = reverse("expense_file", args=["harbor"])


def sheet(*rows: dict[str, str]) -> SheetRead:
    names = tuple(dict.fromkeys(name for row in rows for name in row)) or COLUMNS
    lines = (SheetRow(number, tuple(row.get(name, "") for name in names)) for number, row in enumerate(rows, start=2))
    return SheetRead(names, tuple(lines))


def judged(books: SimpleNamespace, *rows: dict[str, str]) -> tuple[list[Any], list[Problem]]:
    return judge_expenses(sheet(*rows), known_expenses(books.act["agency"]))


def test_what_a_file_brings(books: SimpleNamespace) -> None:
    rows, problems = judged(
        books,
        GOOD,
        {**GOOD, "designation": "0200", "amount": "1,000", "currency": "jpy", "category": "6100"},
        {**GOOD, "amount": "7.005", "currency": "KWD", "payee": "Carrier", "reference": "R-1", "id": "77"},
        {**GOOD, "amount": "9", "currency": "EUR", "paid_from": "1020"},
    )
    assert problems == []
    assert bring_expenses(**books.act, rows=rows) == {"new": 4, "there": 0}
    assert held(books.river) == [Money(-900, "EUR"), Money(-7005, "KWD"), Money(-2550, "USD")]
    assert held(books.hills) == [Money(-1000, "JPY")]
    assert Expense.objects.get(external_id="id-77").payee == "Carrier"
    assert prove_ledger(books.act["agency"]).differences == []


def test_the_same_file_twice(books: SimpleNamespace) -> None:
    file = [GOOD, GOOD, {**GOOD, "id": "77"}]
    bring_expenses(**books.act, rows=judged(books, *file)[0])
    assert Expense.objects.count() == 3  # two rows alike are two expenses
    assert bring_expenses(**books.act, rows=judged(books, *file)[0]) == {"new": 0, "there": 3}
    rows, problems = judged(books, {**GOOD, "id": "77", "amount": "99"})
    assert (rows, problems) == (
        [],
        [Problem(2, "id", "“77” is another expense that was brought in before. Give it a new one.")],
    )


@pytest.mark.parametrize(
    ("wrong", "column", "said"),
    [
        ({"date": ""}, "date", "The date is empty. Write the day on which it was paid, like 2025-03-14."),
        ({"date": "2999-01-01"}, "date", "is not a date between 1950 and"),
        ({"date": "3/4/2026"}, "date", "can be read month first or day first. Write it like 2025-03-14."),
        ({"date": "31.12.2025"}, "date", "The ledger takes postings from 2026-02-01 on. Use that day or a later one."),
        ({"designation": "9"}, "designation", "“9” is not known here. Open the designation first"),
        ({"category": "Fun"}, "category", "“Fun” is not known here. Open the category first"),
        ({"category": ""}, "category", "The category is empty. Fill it in."),
        ({"amount": "0"}, "amount", "Write an amount above zero."),
        ({"amount": "-5"}, "amount", "Write an amount above zero."),
        ({"amount": "5.555"}, "amount", "USD has no more than 2 decimals."),
        ({"amount": "NaN"}, "amount", "“NaN” is not an amount."),
        ({"amount": "5.5", "currency": "JPY"}, "amount", "JPY has no decimals."),
        ({"currency": "XXQ"}, "currency", "is not a currency code"),
        ({"paid_from": "Euro bank"}, "paid_from", "“Euro bank” takes no USD on that day."),
        ({"paid_from": "Nowhere"}, "paid_from", "“Nowhere” is not known here."),
        ({"payee": "x" * 121}, "payee", "This is longer than 120 characters."),
    ],
)
def test_each_mistake_has_its_column_and_remedy(
    wrong: dict[str, str], column: str, said: str, books: SimpleNamespace
) -> None:
    close_months(**books.act, month=date(2026, 1, 1), reason="agreed")
    _rows, problems = judged(books, {**GOOD, **wrong})
    assert [(each.row, each.column) for each in problems] == [(2, column)]
    assert said in problems[0].message


def test_all_mistakes_at_once_and_of_columns_first(books: SimpleNamespace) -> None:
    _rows, problems = judged(books, {**GOOD, "amount": "x", "date": "y"}, GOOD, {**GOOD, "category": "Fun"})
    assert [(each.row, each.column) for each in problems] == [(2, "date"), (2, "amount"), (4, "category")]
    _rows, problems = judged(books, {"date": "2026-03-04", "Betrag": "1"})
    assert [each.column for each in problems] == ["Betrag", "designation", "category", "amount"]
    assert judged(books)[1] != []


def upload(browser: Visitor, text: str) -> Any:
    file = SimpleUploadedFile("expenses.csv", text.encode(), "text/csv")
    return browser.post(FILE, {"file": file})


def test_the_page_and_the_job(books: SimpleNamespace, alice: User, visit: Callable[[User], Visitor]) -> None:
    browser, head = visit(alice), "date,designation,category,amount,payee\n"
    answer = upload(browser, head + "2026-03-04,0100,Fun,1,\n2026-03-04,0100,Travel,x,\n")
    assert answer.status_code == 422
    assert [problem.row for problem in answer.context["problems"]] == [2, 3]
    assert not Expense.objects.exists()
    answer = upload(browser, head + "2026-03-04,0100,Travel,12.34,Bus\n")
    job = Job.objects.get(kind="funds.expenses")
    assert answer.url == reverse("job", args=["harbor", job.pk])
    run_due()
    job.refresh_from_db()
    assert (job.result["new"], held(books.river)) == (1, [Money(-1234, "USD")])
    assert job.message == "1 posted"
    upload(browser, head + "2026-03-04,0100,Travel,12.34,Bus\n")
    run_due()
    assert Job.objects.latest("pk").message == "0 posted, 1 was there already"
