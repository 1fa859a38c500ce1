"""The ledger's rules, kept by operations and by PostgreSQL itself (trust rule T7)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds import operations, queries
from funds.models import Account, AccountMonth, Designation, Entry, Posting
from funds.operations import Leg, NotBalanced
from funds.operations import posting as posting_module
from funds.proofs import prove_ledger

DAY = date(2026, 3, 4)


@pytest.fixture
def general(inside: Agency, alice: User) -> Designation:
    return operations.open_designation(
        agency=inside, actor=alice, code="0000100", public_name="General fund", kind="general"
    )


@pytest.fixture
def give(inside: Agency, alice: User, general: Designation) -> Callable[..., Posting]:
    """Post a simple gift to the general fund."""

    def post(minor: int = 10000, currency: str = "USD", on: date = DAY) -> Posting:
        account = queries.accounts_of([general.pk])[general.pk]
        legs = [
            Leg(queries.deposit_account().pk, Money(minor, currency)),
            Leg(account, Money(-minor, currency)),
        ]
        return operations.post(agency=inside, actor=alice, on=on, kind="gift", legs=legs, source="hand")

    return post


def test_posting_moves_the_balance(give: Callable[..., Posting], general: Designation) -> None:
    give(10000)
    give(2550, on=date(2026, 4, 1))
    give(7, "KWD")
    assert queries.balances([general.pk]) == {general.pk: [Money(7, "KWD"), Money(12550, "USD")]}
    assert queries.balances([general.pk], upto=DAY) == {general.pk: [Money(7, "KWD"), Money(10000, "USD")]}


def test_entries_must_sum_to_zero(inside: Agency, alice: User, general: Designation) -> None:
    legs = [Leg(queries.deposit_account().pk, Money(100, "USD"))]
    with pytest.raises(NotBalanced):
        operations.post(agency=inside, actor=alice, on=DAY, kind="gift", legs=legs, source="hand")


def test_currencies_are_never_added(inside: Agency, alice: User, general: Designation) -> None:
    deposit, account = queries.deposit_account().pk, queries.accounts_of([general.pk])[general.pk]
    legs = [Leg(deposit, Money(100, "USD")), Leg(account, Money(-100, "EUR"))]
    with pytest.raises(NotBalanced):
        operations.post(agency=inside, actor=alice, on=DAY, kind="gift", legs=legs, source="hand")


def test_postgresql_refuses_what_does_not_sum(give: Callable[..., Posting], inside: Agency) -> None:
    posting = Posting.objects.create(date=DAY, kind="gift", source="hand")
    with pytest.raises(DatabaseError, match="do not sum to zero"), transaction.atomic():
        Entry.objects.create(posting=posting, account=queries.deposit_account(), amount=5, currency="USD")


def test_postgresql_refuses_entries_for_an_existing_posting(give: Callable[..., Posting], general: Designation) -> None:
    posting = give()
    account = Account.objects.get(designation=general)
    extra = [
        Entry(posting=posting, account=account, amount=1, currency="USD"),
        Entry(posting=posting, account=account, amount=-1, currency="USD"),
    ]
    with pytest.raises(DatabaseError, match="has its entries already"), transaction.atomic():
        Entry.objects.bulk_create(extra)


@pytest.mark.parametrize("table", ["funds_posting", "funds_entry"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET agency_id = agency_id", "DELETE FROM {}", "TRUNCATE {}"])
def test_ledger_rows_cannot_be_changed(give: Callable[..., Posting], table: str, verb: str) -> None:
    give()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def test_summary_cannot_be_written_by_the_application(give: Callable[..., Posting]) -> None:
    give()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AccountMonth.objects.update(debit=0)


def test_reversal_mirrors_and_happens_once(
    give: Callable[..., Posting], inside: Agency, alice: User, general: Designation
) -> None:
    posting = give()
    operations.reverse(agency=inside, actor=alice, posting=posting, on=DAY, reason="keyed twice")
    assert queries.balances([general.pk]) == {general.pk: [Money(0, "USD")]}
    with pytest.raises(posting_module.ReversedAlready):
        operations.reverse(agency=inside, actor=alice, posting=posting, on=DAY, reason="keyed twice")


def test_proof_holds(give: Callable[..., Posting], inside: Agency) -> None:
    give()
    finding = prove_ledger(inside)
    assert (finding.compared, finding.differences) == ({"postings": 1, "entries": 2, "months": 2}, [])


def test_proof_names_a_posting_without_entries(give: Callable[..., Posting], inside: Agency) -> None:
    give()
    bare = Posting.objects.create(date=DAY, kind="gift", source="hand")
    assert prove_ledger(inside).differences == [f"Posting {bare.pk} has no entries."]
