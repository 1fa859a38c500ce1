"""The pages of the ledger: what is typed is posted once, wrong input is said, long lists ask as much as short ones."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Role
from agencies.operations import add_member
from core.money import Money
from funds.documents.journal import journal_bytes
from funds.models import Account, AssessmentRule, AssessmentRun, Expense, JournalExport, Posting, Transfer
from funds.operations import add_rule, export_journal
from funds.queries import deposit_account
from tests.agencies.conftest import confirm
from tests.cast import Visitor
from tests.funds.conftest import MARCH, held

Visit = Callable[[User], Visitor]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


@pytest.fixture
def alices(alice: User, visit: Visit, books: SimpleNamespace) -> Visitor:
    return visit(alice)


def test_an_expense_is_recorded_once(alices: Visitor, books: SimpleNamespace) -> None:
    form = alices.get(at("expense_add")).context["form"]
    content = {
        "key": form["key"].value(),
        "designation": books.river.pk,
        "category": books.travel.pk,
        "paid_from": form["paid_from"].value(),
        "amount": "12.345",
        "currency": "USD",
        "on": "2026-03-04",
    }
    answer = alices.post(at("expense_add"), content)
    assert (answer.status_code, "USD has no more than 2 decimals" in answer.content.decode()) == (422, True)
    content["amount"] = "12.34"
    for _ in range(2):
        answer = alices.post(at("expense_add"), content)
        assert answer.url == at("posting", Expense.objects.get().posting_id)
    assert alices.post(at("expense_add"), {**content, "amount": "12.35"}).status_code == 409
    assert held(books.river) == [Money(-1234, "USD")]
    page = alices.get(answer.url)
    assert {fact["label"]: fact["value"] for fact in page.context["document"]} == {
        "Designation": "0100 Fund 0100",
        "Category": "Travel",
        "Amount": "$12.34",
    }


def test_expenses_stand_by_their_day_whenever_they_were_entered(alices: Visitor, books: Any, spend: Any) -> None:
    for day in (9, 20, 4):
        spend(books.river, day, on=MARCH.replace(day=day), key=str(day))
    rows = alices.get(at("expenses")).content.decode()
    assert re.findall(r">(\d+)\sMar\s2026<", rows) == ["20", "9", "4"]


def test_a_transfer_asks_first_and_says_what_may_move(alices: Visitor, books: SimpleNamespace, given: Any) -> None:
    given(books.river, 10000)
    assert alices.get(at("transfer_add")).status_code == 200
    address = f"{at('transfer_add')}?origin={books.river.pk}&currency=USD"
    page = alices.get(address)
    assert [cell.text for cell, _ in page.context["table"].sums[0]] == ["May move", "$100.00"]
    content = {
        "key": "t",
        "destination": books.hills.pk,
        "amount": "100.01",
        "currency": "USD",
        "on": "2026-03-04",
        "resolution": "7",
        "resolved_on": "2026-03-04",
    }
    answer = alices.post(address, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"] == [
        "The designation holds $100.00, of which $0.00 was given with a stated intent and stays. Enter at most $100.00."
    ]
    answer = alices.post(address, {**content, "amount": "100"})
    assert answer.url == at("posting", Transfer.objects.get().posting_id)
    assert alices.get(f"{at('transfer_add')}?origin=999999&currency=USD").status_code == 422


def test_a_posting_is_taken_back_from_its_page(alices: Visitor, books: SimpleNamespace, spend: Any) -> None:
    posting = spend(books.river, 500).posting
    page = alices.get(at("posting", posting.pk))
    content = {"key": "r", "on": "2026-03-05", "reason": "twice"}
    answer = alices.post(page.context["reverse_url"], content)
    assert answer.url == at("posting", Posting.objects.get(reverses=posting).pk)
    assert alices.get(at("posting", posting.pk)).context["reverse_url"] == ""
    again = alices.post(at("posting_reverse", posting.pk), {**content, "key": "other"})
    assert (again.status_code, "This was reversed before" in again.content.decode()) == (422, True)


def test_figures_of_a_month_come_before_they_are_posted(alices: Visitor, books: SimpleNamespace, given: Any) -> None:
    add_rule(**books.act, name="Share", percent=Decimal(10), destination=books.general, starts_on=date(2026, 1, 1))
    given(books.river, 995)
    page = alices.get(at("assessment", 2026, 3))
    assert [cell.text for cell, _ in page.context["tables"][0].lines[0]] == [
        "0100 Fund 0100",
        "Share, 10 %",
        "$9.95",
        "$1.00",
        "$0.00",
        "$1.00",
    ]
    assert not AssessmentRun.objects.exists()
    answer = alices.post(at("assessment", 2026, 3), {"key": page.context["form"]["key"].value()})
    assert answer.url == at("posting", AssessmentRun.objects.get().posting_id)
    assert alices.get(at("assessment", 2026, 3)).context["form"] is None
    assert alices.get(at("assessment", 2026, 13)).status_code == 404
    assert alices.post(at("assessment", 2026, 3), {"key": "again"}).status_code == 422


def test_accounts_rules_openings_and_months(alices: Visitor, books: SimpleNamespace) -> None:
    bank = {"name": "Bank", "holder": "bank", "last_digits": "1234", "currency": "USD"}
    assert alices.post(at("account_add"), bank).headers["Location"] == at("accounts")
    assert alices.post(at("account_add"), bank).context["form"].errors["name"] == [
        "Another account has this name. Choose another one."
    ]
    made = Account.objects.get(name="Bank")
    said = {"name": "Bank two", "holder": "bank", "ledger_code": "1000", "closed_on": "2026-03-01"}
    assert alices.post(at("account_edit", made.pk), said).url == at("account", made.pk)
    main = deposit_account()
    assert "keeps its name" in alices.post(at("account_edit", main.pk), {"name": "x"}).content.decode()
    assert alices.post(at("category_add"), {"name": "Rent"}).url == at("accounts")
    rule = {"name": "Share", "percent": "7.5", "destination": books.general.pk, "starts_on": "2026-01-01"}
    assert alices.post(at("rule_add"), rule).url == at("assessments")
    rule_end = at("rule_end", AssessmentRule.objects.get().pk)
    assert alices.post(rule_end, {"ends_on": "2026-02-01"}).url == at("assessments")
    opening = {"key": "o", "amount": "-250", "currency": "USD", "on": "2026-03-01", "deposit": main.pk}
    alices.post(at("opening_add", books.river.pk), opening)
    assert held(books.river) == [Money(-25000, "USD")]
    closing = {"act": "close", "month": "2026-03", "reason": "agreed"}
    assert alices.post(at("months"), closing).url == at("months")
    assert "Open from Apr 2026" in alices.get(at("months")).content.decode()
    assert alices.post(at("months"), closing).status_code == 422
    assert alices.post(at("months"), {**closing, "act": "open"}).url == at("months")


def test_a_journal_is_made_and_taken_after_the_password(alices: Visitor, alice: User, books: Any, given: Any) -> None:
    given(books.river, 10000)
    content = {"key": "j", "first_day": "2026-03-01", "last_day": "2026-03-31", "layout": "2"}
    made_at = alices.post(at("journal_add"), content).headers["Location"]
    made = JournalExport.objects.get()
    assert made_at == at("journal", made.pk)
    assert alices.get(made_at).status_code == 200
    assert "reauthenticate" in alices.get(at("journal_file", made.pk)).headers["Location"]
    answer = confirm(alices).get(at("journal_file", made.pk))
    assert answer.getvalue() == journal_bytes(made)
    assert AuditEntry.objects.filter(verb="download journal", label="journal 1").count() == 1


def test_finance_may_and_the_board_may_not(inside: Agency, alice: User, dan: User, bob: User, visit: Visit) -> None:
    add_member(agency=inside, actor=alice, user=bob, roles=(Role.FINANCE,))
    pages = ("ledger", "accounts", "transfers", "expenses", "assessments", "journals", "months", "expense_add")
    assert {visit(bob).get(at(name)).status_code for name in pages} == {200}
    assert {visit(dan).get(at(name)).status_code for name in (*pages, "rule_add", "ledger_statement")} == {403}


LISTS = {"ledger": 24, "transfers": 14, "expenses": 14, "accounts": 17, "journals": 13, "ledger_statement": 16}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_however_long(
    name: str,
    rows: int,
    alices: Visitor,
    books: SimpleNamespace,
    given: Any,
    spend: Any,
    move: Any,
    django_assert_num_queries: Any,
) -> None:
    for number in range(rows):
        given(books.river, 10000)
        spend(books.river, 100, key=f"e{number}")
        move(books.river, books.hills, 100, key=f"t{number}")
        export_journal(**books.act, first_day=MARCH, last_day=MARCH, key=f"j{number}")
    alices.get(at(name))
    with django_assert_num_queries(LISTS[name]):
        page = alices.get(at(name))
    assert page.status_code == 200


def test_pages_of_postings_lead_on_and_back(alices: Visitor, books: SimpleNamespace, given: Any) -> None:
    days = [date(2026, 3, 1 + number % 28) for number in range(120)]
    for day in days:
        given(books.river, 100, on=day)
    seen, address = [], "?kind=gift"
    while address:
        page = alices.get(at("ledger") + address)
        seen.append([row[0].url for row in page.context["table"].rows])
        address = page.context["page"].next_url
    assert [len(part) for part in seen] == [50, 50, 20]
    assert len({url for part in seen for url in part}) == 120
    back = alices.get(at("ledger") + page.context["page"].previous_url)
    assert [row[0].url for row in back.context["table"].rows] == seen[1]
    first = alices.get(at("ledger") + back.context["page"].previous_url)
    assert [row[0].url for row in first.context["table"].rows] == seen[0]
    assert first.context["page"].previous_url == "" or seen[0] == [row[0].url for row in first.context["table"].rows]


@pytest.mark.parametrize(("query", "rows"), [("kind=expense", 1), ("since=2026-04-01", 0), ("source=hand", 2)])
def test_postings_by_filter(query: str, rows: int, alices: Visitor, books: Any, given: Any, spend: Any) -> None:
    given(books.river, 10000)
    spend(books.river, 100)
    assert len(alices.get(f"{at('ledger')}?{query}").context["table"].rows) == rows
    assert alices.get(f"{at('ledger')}?since=soon").status_code == 422
