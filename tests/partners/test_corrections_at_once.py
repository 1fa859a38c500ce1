"""Twenty at once give one gift back, or correct it: together no more goes back than was given, one correction stands.
And what comes of it without the lock of the gift.
"""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Posting
from funds.operations import open_designation
from partners import operations
from partners.models import Gift, GiftCorrection, GivingUnit
from partners.operations import Part, corrections, refunds
from tests.at_once import at_once
from tests.funds.test_at_once import inside

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 20
GIVEN, BACK = 100_00, 40_00


@pytest.fixture
def given(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """A committed gift of 100.00."""
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        river = open_designation(**act, code="1", public_name="River", kind="general")
        giver = GivingUnit.objects.get(partner=operations.add_partner(**act, kind="person", first_name="Ruth"))
        parts = [Part(river, Money(GIVEN, "USD"))]
        gift = operations.record_gift(**act, giving_unit=giver, on=agency.today(), parts=parts, key="given")
    return SimpleNamespace(act=act, agency=agency, gift=gift, parts=parts)


def give_back(given: SimpleNamespace, number: int) -> None:
    operations.refund_gift(
        **given.act, gift=given.gift, amount=Money(BACK, "USD"), on=given.agency.today(), reason="x", key=f"b{number}"
    )


def correct(given: SimpleNamespace, number: int) -> None:
    operations.correct_gift(**given.act, gift=given.gift, parts=given.parts, reason="other fund", key=f"c{number}")


def standing(given: SimpleNamespace) -> int:
    """What is left of all gifts, in cents."""
    return inside(given.agency, lambda: Gift.objects.filter(withdrawn_at=None).aggregate(all=Sum("amount"))["all"])


def test_twenty_refunds_together_give_back_no_more_than_was_given(given: SimpleNamespace) -> None:
    assert at_once(given.agency, lambda n: give_back(given, n), SENDERS) == {"done": 2, "MoreThanGiven": SENDERS - 2}
    assert standing(given) == GIVEN - 2 * BACK


def unlocked(gift: Gift) -> Gift:
    found: Gift = Gift.objects.get(pk=gift.pk)
    return found


def test_control_without_the_lock_more_goes_back_than_was_given(
    given: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Barrier(5)

    def left(gift: Gift) -> Money:
        found = refundable(gift)
        looked.wait(30)
        return found

    refundable = refunds.refundable
    monkeypatch.setattr(refunds, "lock", unlocked)
    monkeypatch.setattr(refunds, "refundable", left)
    assert at_once(given.agency, lambda n: give_back(given, n), senders=5) == {"done": 5}
    assert standing(given) == GIVEN - 5 * BACK


def test_twenty_corrections_are_one(given: SimpleNamespace) -> None:
    assert at_once(given.agency, lambda n: correct(given, n), SENDERS) == {"done": 1, "WithdrawnAlready": SENDERS - 1}
    assert inside(given.agency, GiftCorrection.objects.count) == 1
    assert standing(given) == GIVEN


def test_control_without_the_lock_of_the_gift_only_the_ledger_refuses(
    given: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody finds the gift standing; that one reversal comes of it is the merit of the ledger's own guard alone."""
    looked = threading.Barrier(5)

    def found_standing(gift: Gift) -> Gift:
        found = unlocked(gift)
        looked.wait(30)
        return found

    monkeypatch.setattr(corrections, "lock", found_standing)
    assert at_once(given.agency, lambda n: correct(given, n), senders=5) == {"done": 1, "ReversedAlready": 4}
    assert inside(given.agency, lambda: Posting.objects.filter(kind="reversal").count()) == 1


def test_a_refund_beside_a_correction_is_one_of_both(given: SimpleNamespace) -> None:
    def act(number: int) -> None:
        (give_back if number % 2 else correct)(given, number)

    came = at_once(given.agency, act, senders=4)
    assert (came["done"] >= 1, standing(given) in {GIVEN, GIVEN - BACK, GIVEN - 2 * BACK}) == (True, True)
    both = inside(given.agency, lambda: (GiftCorrection.objects.count(), Gift.objects.filter(kind="refund").count()))
    assert both in {(1, 0), (0, 1), (0, 2)}
