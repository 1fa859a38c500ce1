"""Where gifts are deposited and on which day; what closed months, shares and transfers make of gifts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Account
from funds.operations import add_rule, close_months, open_deposit_account, transfer
from funds.operations.accounts import NotThisAccount
from funds.operations.posting import MonthClosed
from funds.operations.transfers import MoreThanFree
from funds.queries import deposit_account
from funds.queries.assessments import dues
from partners import operations
from partners.models import Gift, GivingUnit, Partner
from partners.operations import Part
from partners.operations.gifts import DepositedLater
from partners.proofs import prove_gifts
from partners.queries.intents import intended
from tests.cast import Visitor

MARCH = date(2026, 3, 4)


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def bank(act: dict[str, Any]) -> Account:
    return open_deposit_account(**act, name="Euro bank", currency="EUR")


@pytest.fixture
def give(add: Callable[..., Partner], act: dict[str, Any], places: SimpleNamespace) -> Callable[..., Gift]:
    giver = GivingUnit.objects.get(partner=add("Moab"))

    def record(minor: int = 5000, currency: str = "USD", key: str = "g", intent: str = "", **fields: Any) -> Gift:
        parts = [Part(fields.pop("to", places.mine), Money(minor, currency), intent)]
        said = {"on": MARCH, **fields}
        return operations.record_gift(**act, giving_unit=giver, parts=parts, key=key, **said)

    return record


def deposited(gift: Gift) -> Account:
    found: Account = Account.objects.get(kind="deposit", entries__posting=gift.posting)
    return found


def test_a_gift_names_its_account(give: Any, bank: Account) -> None:
    assert deposited(give(currency="EUR", deposit=bank)) == bank
    assert deposited(give(key="h")) == deposit_account()


def test_an_account_takes_its_currency(give: Any, bank: Account) -> None:
    with pytest.raises(NotThisAccount, match="is kept in EUR, not in USD"):
        give(deposit=bank)
    assert not Gift.objects.exists()


def test_what_goes_back_leaves_the_account_it_came_to(give: Any, bank: Account, act: dict[str, Any]) -> None:
    gift = give(currency="EUR", deposit=bank)
    said: dict[str, Any] = {"gift": gift, "on": MARCH, "reason": "asked", "key": "r"}
    back = operations.refund_gift(**act, **said, amount=Money(1000, "EUR"))
    assert deposited(back) == bank
    assert prove_gifts(act["agency"]).differences == []


def test_a_correction_stays_on_its_account(give: Any, bank: Account, act: dict[str, Any], places: Any) -> None:
    gift = give(currency="EUR", deposit=bank)
    parts = [Part(places.general, Money(4000, "EUR"))]
    made = operations.correct_gift(**act, gift=gift, reason="typed wrong", key="c", parts=parts)
    assert deposited(made.replacement) == bank


def test_the_day_of_the_deposit_decides_the_month_of_the_ledger(give: Any, act: dict[str, Any]) -> None:
    gift = give(posted_on=date(2026, 4, 2))
    assert (gift.date, gift.posting.date) == (MARCH, date(2026, 4, 2))
    assert prove_gifts(act["agency"]).compared == {"gifts": 1, "posted on another day": 1}
    with pytest.raises(DepositedLater):
        give(key="h", posted_on=date(2999, 1, 1))


def test_a_gift_of_a_closed_month_needs_a_day_of_deposit(give: Any, act: dict[str, Any], places: Any) -> None:
    early = give()
    close_months(**act, month=MARCH, reason="agreed")
    with pytest.raises(MonthClosed, match="takes postings from 1 Apr 2026") as refused:
        give(key="h")
    assert refused.value.field == "posted_on"
    assert give(key="h", posted_on=date(2026, 4, 1)).date == MARCH
    parts = [Part(places.general, Money(100, "USD"))]
    corrected = operations.correct_gift(**act, gift=early, reason="typed wrong", key="c", parts=parts)
    made = corrected.replacement
    assert made is not None
    assert (made.date, made.posting.date) == (MARCH, act["agency"].today())


def test_the_form_offers_accounts_and_says_what_is_wrong(
    give: Any, bank: Account, act: dict[str, Any], alice: User, visit: Callable[[User], Visitor], places: Any
) -> None:
    gift = give()
    close_months(**act, month=MARCH, reason="agreed")
    page = f"{reverse('gift_add', args=['harbor'])}?giver={gift.giving_unit_id}"
    browser = visit(alice)
    form = browser.get(page).context["form"]
    assert [label for _value, label in form.fields["deposit"].choices] == ["Main deposit account", "Euro bank"]
    lines = {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0, "lines-0-designation": places.mine.pk}
    content = {"giving_unit": gift.giving_unit_id, "date": "2026-03-04", "kind": "gift", "currency": "EUR", "key": "k"}
    answer = browser.post(page, {**content, **lines, "lines-0-amount": "10"})
    assert list(answer.context["form"].errors) == ["posted_on"]
    answer = browser.post(
        page, {**content, **lines, "lines-0-amount": "10", "posted_on": "2026-04-01", "deposit": bank.pk}
    )
    assert answer.status_code == 302
    assert deposited(Gift.objects.order_by("-pk")[0]) == bank
    assert "Posted on" in browser.get(answer.headers["Location"]).content.decode()


def test_what_came_with_words_is_left_out_of_transfers(give: Any, act: dict[str, Any], places: Any) -> None:
    meant = give(7000, key="a", intent="for the wells")
    give(3000, key="b")
    give(5, "KWD", key="c", intent="for the wells")
    operations.refund_gift(**act, gift=meant, amount=Money(1000, "USD"), on=MARCH, reason="asked", key="r")
    withdrawn = give(900, key="d", intent="for the wells")
    operations.correct_gift(**act, gift=withdrawn, reason="not ours", key="w")
    assert intended([places.mine.pk]) == {(places.mine.pk, "USD"): 6000, (places.mine.pk, "KWD"): 5}
    said: dict[str, Any] = {"origin": places.mine, "destination": places.general, "on": act["agency"].today()}
    resolved: dict[str, Any] = {"resolution": "7", "resolved_on": MARCH, "key": "t"}
    with pytest.raises(MoreThanFree, match=r"Enter at most \$30.00"):
        transfer(**act, **said, **resolved, amount=Money(3001, "USD"))
    assert transfer(**act, **said, **resolved, amount=Money(3000, "USD")).left_out == 6000


def test_what_comes_out_of_suspense_is_assessed_like_a_gift(give: Any, act: dict[str, Any], places: Any) -> None:
    add_rule(**act, name="Share", percent=Decimal(10), destination=places.general, starts_on=date(2020, 1, 1))
    gift = give(5000, to=None)
    month = act["agency"].today().replace(day=1)
    assert dues(month) == []
    operations.assign_line(**act, line=gift.lines.get(), designation=places.mine, reason="asked", key="s")
    assert [(due.designation_id, due.share) for due in dues(month)] == [(places.mine.pk, Money(500, "USD"))]
