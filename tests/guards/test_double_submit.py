"""The same money form sent 20 times at once makes one gift (trust rule T8, test 11 of the list).

The control sends each with a key of its own, and gets 20: so it is the key that holds, and no slow clicking.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from accounts.models import User
from agencies import scope
from agencies.idempotency import OtherContent
from agencies.models import Agency
from core.money import Money
from funds.models import Designation, Entry
from funds.operations import open_designation
from partners.models import Gift, GivingUnit
from partners.operations import Part, add_partner, record_gift

SENDERS = 20
Send = Callable[[int], int]


@pytest.fixture
def giver(transactional_db: None, agency: Agency, alice: User) -> GivingUnit:
    with transaction.atomic(), scope.of_agency(agency.pk):
        partner = add_partner(agency=agency, actor=alice, kind="person", first_name="Ruth", last_name="Moab")
        return GivingUnit.objects.get(partner=partner)


@pytest.fixture
def fund(transactional_db: None, agency: Agency, alice: User) -> Designation:
    with transaction.atomic(), scope.of_agency(agency.pk):
        return open_designation(agency=agency, actor=alice, code="1", public_name="General", kind="general")


@pytest.fixture
def send(agency: Agency, alice: User, giver: GivingUnit, fund: Designation) -> Callable[[str, int], int]:
    """`send(key, minor)` records a gift in a connection of its own and returns its id."""

    def record(key: str, minor: int = 5000) -> int:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                part = Part(fund, Money(minor, "USD"))
                gift = record_gift(
                    agency=agency, actor=alice, giving_unit=giver, on=date(2025, 5, 5), parts=[part], key=key
                )
                return int(gift.pk)
        finally:
            connection.close()

    return record


def at_once(keys: list[str], send: Callable[[str], int]) -> list[int]:
    with ThreadPoolExecutor(max_workers=len(keys)) as pool:
        return list(pool.map(send, keys))


def counted(agency: Agency) -> tuple[int, int]:
    """How many gifts and ledger entries there are."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        return Gift.objects.count(), Entry.objects.count()


@pytest.mark.django_db(transaction=True)
def test_one_key_is_one_gift(agency: Agency, send: Callable[[str], int]) -> None:
    ids = at_once(["the same"] * SENDERS, send)
    assert len(set(ids)) == 1
    assert counted(agency) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_a_key_each_is_a_gift_each(agency: Agency, send: Callable[[str], int]) -> None:
    ids = at_once([f"key {number}" for number in range(SENDERS)], send)
    assert len(set(ids)) == SENDERS
    assert counted(agency) == (SENDERS, 2 * SENDERS)


@pytest.mark.django_db(transaction=True)
def test_the_same_key_with_other_content_is_refused(agency: Agency, send: Callable[[str, int], int]) -> None:
    send("the same", 5000)
    with pytest.raises(OtherContent):
        send("the same", 7000)
    assert counted(agency) == (1, 2)
