"""Fees of processors: posted once, to the cent, borne by whom the agency says, and taken back."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Account, Designation, Expense
from funds.operations import close_months, open_category, open_designation, record_expense
from funds.operations.posting import MonthClosed
from funds.queries import balances, deposit_account
from funds.shares import in_proportion
from partners.models import BankMatch, Gift, PostedFee
from partners.operations.reconciling.fees import post_fee, take_fee_back
from partners.operations.reconciling.matching import Piece
from partners.operations.reconciling.refusals import FeeIsPosted, NobodyBears, NoFee, NoPostedFee, TakenBack
from partners.operations.reconciling.taking_back import take_match_back
from partners.proofs_of_matches import prove_reconciliation
from tests.cast import Visitor
from tests.partners.reconciliation.bank import DAY, Bank

Visit = Callable[[User], Visitor]


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**9), min_size=1, max_size=30))
def test_parts_sum_to_the_whole_and_none_is_a_unit_off(total: int, weights: list[int]) -> None:
    parts = in_proportion(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )


@pytest.fixture
def fees(bank: Bank) -> Account:
    return open_category(agency=bank.agency, actor=bank.actor, name="Processor fees", ledger_code="6900")


@pytest.fixture
def match(bank: Bank, giving: Callable[..., Gift], places: SimpleNamespace) -> BankMatch:
    """A gift of 70 dollars to two designations and one of 30, of which the processor kept 2.01."""
    gifts = [
        giving(bank.giver.partner, (places.mine, 5000), (places.general, 2000), on=DAY),
        giving(bank.giver.partner, (places.mine, 3000), on=DAY),
    ]
    tokens = [f"g{gift.pk}" for gift in gifts]
    return bank.match(bank.line(9799), *tokens, more=[Piece("fee", -201)], payout=("STRIPE", "po_1"))


def posted(bank: Bank, match: BankMatch, fees: Account, bearer: Designation | None = None, **more: Any) -> Any:
    said: dict[str, Any] = {"on": DAY, "key": "k", **more}
    return post_fee(agency=bank.agency, actor=bank.actor, match=match, bearer=bearer, category=fees, **said)


def back(bank: Bank, match: BankMatch, key: str = "back") -> Any:
    return take_fee_back(agency=bank.agency, actor=bank.actor, match=match, on=DAY, reason="slip", key=key)


def held(account: Account) -> int:
    return sum(account.entries.values_list("amount", flat=True))


def test_each_designation_bears_its_share_and_the_account_holds_what_the_bank_holds(
    bank: Bank, match: BankMatch, fees: Account, places: SimpleNamespace
) -> None:
    made = posted(bank, match, fees)
    assert [(each.expense.designation_id, each.expense.amount) for each in made] == [
        (places.mine.pk, 161),
        (places.general.pk, 40),
    ]
    assert held(deposit_account()) == 9799
    assert balances([places.mine.pk, places.general.pk]) == {
        places.mine.pk: [Money(8000 - 161, "USD")],
        places.general.pk: [Money(2000 - 40, "USD")],
    }
    assert set(Gift.objects.values_list("amount", flat=True)) == {7000, 3000}
    assert Expense.objects.values_list("payee", "reference").distinct().get() == ("STRIPE", "po_1")
    assert prove_reconciliation(bank.agency).differences == []


def test_one_designation_bears_all(bank: Bank, match: BankMatch, fees: Account, places: SimpleNamespace) -> None:
    (made,) = posted(bank, match, fees, places.general)
    assert (made.expense.designation, made.expense.amount) == (places.general, 201)


def test_a_fee_stands_once_and_its_match_stays_until_it_is_taken_back(
    bank: Bank, match: BankMatch, fees: Account
) -> None:
    assert [each.pk for each in posted(bank, match, fees)] == [each.pk for each in posted(bank, match, fees)]
    with pytest.raises(FeeIsPosted):
        posted(bank, match, fees, key="another form")
    with pytest.raises(FeeIsPosted):
        take_match_back(agency=bank.agency, actor=bank.actor, match=match)
    back(bank, match)
    with pytest.raises(NoPostedFee):
        back(bank, match, key="another form")
    assert held(deposit_account()) == 10000
    posted(bank, match, fees, key="anew")
    back(bank, match, key="back again")
    take_match_back(agency=bank.agency, actor=bank.actor, match=match)
    with pytest.raises(TakenBack):
        posted(bank, match, fees, key="too late")


def test_nothing_is_posted_without_a_fee_in_a_closed_month_or_without_a_bearer(
    bank: Bank, match: BankMatch, fees: Account, places: SimpleNamespace
) -> None:
    whole = bank.match(bank.line(5000), f"b{bank.batch(5000).pk}")
    with pytest.raises(NoFee):
        posted(bank, whole, fees, places.general)
    bare = bank.match(bank.line(900), more=[Piece("aside", 1000, reason="other", note="till"), Piece("fee", -100)])
    with pytest.raises(NobodyBears):
        posted(bank, bare, fees)
    posted(bank, bare, fees, places.general)
    close_months(agency=bank.agency, actor=bank.actor, month=date(2026, 3, 1), reason="agreed")
    with pytest.raises(MonthClosed):
        posted(bank, match, fees, key="later")
    assert PostedFee.objects.filter(match=match).count() == 0


@pytest.mark.usefixtures("match")
def test_the_database_posts_an_expense_as_one_fee(bank: Bank, match: BankMatch, fees: Account) -> None:
    made = posted(bank, match, fees)
    with pytest.raises(IntegrityError):
        PostedFee.objects.create(agency=bank.agency, match=match, expense=made[0].expense)


def test_the_proof_names_a_fee_that_is_not_what_was_kept(
    bank: Bank, match: BankMatch, fees: Account, places: SimpleNamespace
) -> None:
    posted(bank, match, fees)
    more: dict[str, Any] = {"designation": places.mine, "category": fees, "paid_from": deposit_account(), "on": DAY}
    spent = record_expense(agency=bank.agency, actor=bank.actor, amount=Money(100, "USD"), key="more", **more)
    PostedFee.objects.create(agency=bank.agency, match=match, expense=spent)
    said = f"The fee of statement line {match.line_id} is 2.01 USD, and 3.01 USD is posted."
    assert prove_reconciliation(bank.agency).differences == [said]


def test_the_page_posts_and_takes_back(bank: Bank, match: BankMatch, fees: Account, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    line = reverse("reconcile_line", args=["harbor", match.line_id])
    assert "Fee that was kept: $2.01" in browser.get(line).content.decode()
    path = reverse("fee_post", args=["harbor", match.pk])
    assert browser.post(path, {"key": "p", "on": "2099-01-01", "category": fees.pk}).status_code == 422
    said = {"key": "p", "on": str(DAY), "category": fees.pk, "bearer": ""}
    assert browser.post(path, said).status_code == 302
    assert [share.amount for share in browser.get(line).context["fee"].shares] == ["$1.61", "$0.40"]
    again = browser.post(path, {**said, "key": "p2"})
    assert (again.status_code, "stands in the ledger" in again.content.decode()) == (422, True)
    undo = reverse("fee_back", args=["harbor", match.pk])
    assert browser.post(undo, {"key": "b", "on": str(DAY), "reason": "wrong category"}).status_code == 302
    assert browser.get(line).context["fee"].shares == []


def test_programs_do_the_same(bank: Bank, match: BankMatch, fees: Account, alice: User, visit: Visit) -> None:
    browser, at = visit(alice), reverse("api_match_fee", args=["harbor", match.pk])
    said = {"category": fees.pk, "on": str(DAY)}
    headers = {"Idempotency-Key": "k1"}
    made = browser.post(at, said, content_type="application/json", headers=headers)
    assert (made.status_code, [each["amount"] for each in made.json()]) == (201, ["1.61", "0.40"])
    twice = browser.post(at, said, content_type="application/json", headers={"Idempotency-Key": "k2"})
    assert (twice.status_code, twice.json()["code"]) == (409, "fee_is_posted")
    undo = reverse("api_match_fee_back", args=["harbor", match.pk])
    sent = {"on": str(DAY), "reason": "slip"}
    assert browser.post(undo, sent, content_type="application/json", headers={"Idempotency-Key": "k3"}).json() == []


def test_a_foreign_designation_or_category_is_as_unknown_as_none(
    bank: Bank, match: BankMatch, fees: Account, alice: User, elsewhere: Agency, mallory: User, visit: Visit
) -> None:
    with scope.of_agency(elsewhere.pk):
        theirs: dict[str, Any] = {"agency": elsewhere, "actor": mallory}
        category = open_category(**theirs, name="Canary", ledger_code="1")
        fund = open_designation(**theirs, code="77", public_name="Canary", kind="general")
    browser, path = visit(alice), reverse("fee_post", args=["harbor", match.pk])
    said = {"key": "p", "on": str(DAY), "category": fees.pk, "bearer": ""}
    for name, foreign in (("category", category.pk), ("bearer", fund.pk)):
        answers = [browser.post(path, {**said, name: value}) for value in (foreign, 987654321)]
        assert [answer.status_code for answer in answers] == [422, 422]
        assert [list(answer.context["fee"].form.errors) for answer in answers] == [[name], [name]]
    assert PostedFee.objects.count() == 0
