"""Twenty people post one batch at once: one of them does. Without the lock they run into the database's own nets."""

import threading
from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from funds.models import Entry
from funds.operations import open_designation
from partners import operations
from partners.models import Gift, GiftBatch, GivingUnit
from partners.operations import batch_posting
from partners.operations.batch_posting import post_batch
from partners.operations.batches import NotOpen
from tests.partners.batched import key_in, opened

SENDERS = 20


@pytest.fixture
def batch(transactional_db: None, agency: Agency, alice: User) -> GiftBatch:
    """A batch that matches, committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        fund = open_designation(agency=agency, actor=alice, code="1", public_name="River", kind="general")
        partner = operations.add_partner(agency=agency, actor=alice, kind="person", first_name="Ruth")
        giver = GivingUnit.objects.get(partner=partner)
        made = opened(agency, alice, 2, 300)
        for minor in (100, 200):
            key_in(agency, alice, made, giver, (fund, minor))
        return made


def outcomes(agency: Agency, alice: User, batch: GiftBatch) -> Counter[str]:
    """What becomes of twenty senders, each with a form of its own."""
    found: list[str] = []
    start = threading.Barrier(SENDERS)

    def act(number: int) -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                start.wait(30)
                post_batch(agency=agency, actor=alice, batch=batch, key=f"form {number}")
            found.append("posted")
        except NotOpen:
            found.append("refused")
        except IntegrityError:
            found.append("broken")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[number]) for number in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(found)


def ledger(agency: Agency) -> tuple[int, int]:
    """(Gifts, entries)."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        return Gift.objects.count(), Entry.objects.count()


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_post_once(batch: GiftBatch, agency: Agency, alice: User) -> None:
    assert outcomes(agency, alice, batch) == Counter(posted=1, refused=SENDERS - 1)
    assert ledger(agency) == (2, 4)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_break_against_the_database(
    batch: GiftBatch, agency: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        batch_posting, "held_open", lambda given: GiftBatch.objects.select_related("deposit").get(pk=given.pk)
    )
    ended = outcomes(agency, alice, batch)
    assert (ended["posted"], ended["broken"] > 0) == (1, True)
    assert ledger(agency) == (2, 4)
