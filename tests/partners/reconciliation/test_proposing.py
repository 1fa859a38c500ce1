"""What is proposed for a line, why, and when it is sure. Nothing of another account or currency is."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from funds.models import Account
from funds.operations import open_deposit_account
from partners.models import Gift, Partner, StatementLine
from partners.operations.reconciling.accounts import NoSuchStatementAccount, say_deposit
from partners.queries.reconciliation.accounts import bank_accounts
from partners.queries.reconciliation.candidates import candidates_for
from partners.queries.reconciliation.proposing import proposals
from tests.partners.reconciliation.bank import DAY, Bank


def proposed(*lines: StatementLine) -> list[list[tuple[str, bool]]]:
    """(Name, is it sure) of the proposals of each line."""
    deposits = list(Account.objects.filter(kind="deposit").values_list("pk", flat=True))
    found = candidates_for(lines, bank_accounts(), deposits)
    return [[(each.token, each.is_sure) for each in proposals(line, found)] for line in lines]


def test_a_batch_of_the_amount_near_the_day_is_sure(bank: Bank) -> None:
    batch = bank.batch(5000, on=DAY - timedelta(days=3))
    bank.batch(4999)
    bank.batch(5000, on=DAY - timedelta(days=15))
    assert proposed(bank.line(5000)) == [[(f"amount:b{batch.pk}", True)]]


def test_two_that_fit_are_both_unsure(bank: Bank) -> None:
    far, near = bank.batch(5000, on=DAY - timedelta(days=9)), bank.batch(5000)
    line = bank.line(5000)
    assert proposed(line) == [[(f"amount:b{near.pk}", False), (f"amount:b{far.pk}", False)]]


def test_two_lines_for_one_batch_are_both_unsure(bank: Bank) -> None:
    batch, lines = bank.batch(5000), [bank.line(5000), bank.line(5000, on=DAY + timedelta(days=1))]
    assert proposed(*lines) == [[(f"amount:b{batch.pk}", False)]] * 2
    assert proposed(lines[0]) == [[(f"amount:b{batch.pk}", False)]]


def test_batches_that_come_to_it_together(bank: Bank) -> None:
    one, two = bank.batch(3000), bank.batch(2000)
    bank.batch(700)
    assert proposed(bank.line(5000)) == [[(f"sum:b{one.pk}.b{two.pk}", True)]]


def test_batches_of_several_days_are_proposed_and_unsure(bank: Bank) -> None:
    one, two = bank.batch(3000), bank.batch(2000, on=DAY - timedelta(days=1))
    assert proposed(bank.line(5000)) == [[(f"sum:b{one.pk}.b{two.pk}", False)]]


@pytest.fixture
def gift(giving: Callable[..., Gift], add: Callable[..., Partner], places: SimpleNamespace) -> Callable[..., Gift]:
    """`gift(5000, "Elimelech")` is in no batch."""
    known: dict[str, Partner] = {}

    def record(minor: int, name: str = "Elimelech", **fields: Any) -> Gift:
        if name not in known:
            known[name] = add(name, first_name="João")
        return giving(known[name], (places.mine, minor), **{"on": DAY, **fields})

    return record


def test_the_number_of_a_check_is_sure_after_weeks(bank: Bank, gift: Callable[..., Gift]) -> None:
    made = gift(5000, on=DAY - timedelta(days=60), reference="4711")
    gift(5000, on=DAY - timedelta(days=60), reference="4712")
    line = bank.line(5000, text="CHECK 4711")
    assert proposed(line) == [[(f"reference:g{made.pk}", True)]]


def test_the_name_tells_one_of_two_gifts_of_the_amount(bank: Bank, gift: Callable[..., Gift]) -> None:
    made, _other = gift(5000), gift(5000, "Boaz")
    named, unnamed = bank.line(5000, party="ELIMELECH JOAO"), bank.line(5000, party="UNKNOWN")
    assert proposed(named, unnamed) == [[(f"name:g{made.pk}", True)], []]


def test_the_amount_of_a_single_gift_alone_is_never_sure(bank: Bank, gift: Callable[..., Gift]) -> None:
    made = gift(5000)
    assert proposed(bank.line(5000, party="UNKNOWN")) == [[(f"amount:g{made.pk}", False)]]


def test_all_gifts_of_a_day_together(bank: Bank, gift: Callable[..., Gift]) -> None:
    made = [gift(minor, on=DAY - timedelta(days=1)) for minor in (1000, 2000)]
    gift(400)
    tokens = ".".join(f"g{each.pk}" for each in made)
    assert proposed(bank.line(3000)) == [[(f"day:{tokens}", False)]]


def test_another_account_or_currency_is_not_proposed(bank: Bank) -> None:
    other = open_deposit_account(
        agency=bank.agency, actor=bank.actor, name="River Bank", holder="bank", last_digits="7777"
    )
    batch, there = bank.batch(5000), bank.batch(5000, deposit=other)
    main, river, euro = bank.line(5000), bank.line(5000, account="US7777"), bank.line(5000, currency="EUR")
    assert proposed(main, river, euro) == [[(f"amount:b{batch.pk}", True)], [(f"amount:b{there.pk}", True)], []]
    say_deposit(agency=bank.agency, actor=bank.actor, account="DE0001", deposit=other)
    assert proposed(main)[0][0][0] == f"amount:b{there.pk}"
    with pytest.raises(NoSuchStatementAccount):
        say_deposit(agency=bank.agency, actor=bank.actor, account="DE0002", deposit=other)


def test_what_is_matched_is_proposed_no_more(bank: Bank) -> None:
    batch = bank.batch(5000)
    bank.match(bank.line(2000), f"b{batch.pk}", takes_rest=True)
    assert proposed(bank.line(5000), bank.line(3000)) == [[], [(f"amount:b{batch.pk}", True)]]


def test_what_lies_before_crowds_nothing_out(bank: Bank, gift: Callable[..., Gift], monkeypatch: Any) -> None:
    """However many gifts stand in the days before, and of the very amount: a later line has what fits it."""
    monkeypatch.setattr("partners.queries.reconciliation.candidates.MOST_GIFTS", 3)
    early, late = DAY - timedelta(days=40), DAY + timedelta(days=30)
    for number in range(5):
        gift(5000, on=early)
        gift(700 + number, on=late - timedelta(days=1))
    batch = bank.batch(5000, on=late)
    lines = [bank.line(5000, on=early), bank.line(5000, on=late)]
    assert proposed(*lines)[1] == [(f"amount:b{batch.pk}", False)]


def test_a_part_of_a_day_is_not_the_day(bank: Bank, gift: Callable[..., Gift]) -> None:
    """Two gifts of a day that come to a line, when a third was deposited too, are not what the line brought."""
    for minor in (1500, 1500, 700):
        gift(minor, on=DAY)
    assert proposed(bank.line(3000), bank.line(1500))[0] == []
