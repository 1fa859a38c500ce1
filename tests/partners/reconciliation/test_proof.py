"""The proof of matches: green on what people did, and it names what somebody changed past the application."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.operations import open_designation
from partners import operations
from partners.models import Gift, GivingUnit
from partners.operations import correct_gift
from partners.operations.gift_posting import Part
from partners.proofs_of_matches import prove_reconciliation
from partners.queries.reconciliation.changed import changed_since
from tests.factories.rows import provisioner
from tests.partners.reconciliation.bank import Bank


def differences(bank: Bank) -> list[str]:
    return prove_reconciliation(bank.agency).differences


def correct(bank: Bank, gift: Gift, minor: int | None) -> None:
    parts = [Part(bank.place, Money(minor, "USD"))] if minor else []
    act: dict[str, Any] = {"agency": bank.agency, "actor": bank.actor}
    correct_gift(**act, gift=gift, reason="wrong", key=f"c{minor}", parts=parts)


def test_what_was_corrected_under_a_match_is_named(bank: Bank, giving: Callable[..., Gift]) -> None:
    batch, gift = bank.batch(5000), giving(bank.giver.partner, (bank.place, 700))
    whole = bank.match(bank.line(5000), f"b{batch.pk}")
    single = bank.match(bank.line(700), f"g{gift.pk}")
    assert (differences(bank), changed_since([whole.pk, single.pk])) == ([], {})
    correct(bank, Gift.objects.get(batch=batch), 4000)
    correct(bank, gift, None)
    assert differences(bank) == [
        f"Gift {gift.pk} was taken back under its match with the bank.",
        f"Batch {batch.number} comes to 40.00 USD, and 50.00 USD of it is matched.",
    ]
    assert sorted(changed_since([whole.pk, single.pk])) == [whole.pk, single.pk]


TAMPERED = [
    ("UPDATE partners_matchpart SET amount = 4000", "says 50.00 USD, its match explains 40.00 USD"),
    ("UPDATE partners_statementline SET amount = 5001", "says 50.01 USD, its match explains 50.00 USD"),
    ("UPDATE partners_statementline SET withdrawn_at = now()", "was withdrawn under its match"),
    ("UPDATE partners_statementline SET currency = 'EUR'", "50.00 USD of it is matched"),
]


@pytest.fixture
def kept(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """A matched line, committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        by: dict[str, Any] = {"agency": agency, "actor": alice}
        fund = open_designation(**by, code="1", public_name="River", kind="general")
        giver = GivingUnit.objects.get(partner=operations.add_partner(**by, kind="person", last_name="Moab"))
        bank = Bank(agency, alice, giver, fund)
        batch = bank.batch(5000)
        bank.match(bank.line(5000), f"b{batch.pk}")
        return SimpleNamespace(bank=bank)


@pytest.mark.django_db(transaction=True)
def test_what_somebody_changes_past_the_triggers_is_named(kept: SimpleNamespace, agency: Agency) -> None:
    def proved() -> list[str]:
        with transaction.atomic(), scope.of_agency(agency.pk):
            return list(prove_reconciliation(agency).differences)

    assert proved() == []
    for statement, named in TAMPERED:
        with provisioner() as cursor:
            before = saved(cursor)
            cursor.execute(statement)
            found = proved()
            restore(cursor, before)
        assert any(named in sentence for sentence in found), (statement, found)
    assert proved() == []


def saved(cursor: Any) -> tuple[Any, ...]:
    """What the statements change."""
    cursor.execute("SELECT p.amount, l.amount, l.currency FROM partners_matchpart p, partners_statementline l")
    row: tuple[Any, ...] = cursor.fetchone()
    return row


def restore(cursor: Any, row: tuple[Any, ...]) -> None:
    """The same as it was."""
    cursor.execute("UPDATE partners_matchpart SET amount = %s", row[:1])
    cursor.execute("UPDATE partners_statementline SET amount = %s, currency = %s, withdrawn_at = NULL", row[1:])
