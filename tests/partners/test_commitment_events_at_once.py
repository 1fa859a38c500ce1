"""Two looks at once find each thing once: the key in the database says so, and without it both would write."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.operations import open_designation
from partners import operations
from partners.models import CommitmentEvent, GivingUnit
from partners.operations.commitment_events import find_events
from partners.queries.commitment_events_sql import EVENTS


@pytest.fixture
def late(transactional_db: None, agency: Agency, alice: User) -> Agency:
    """An agency with one commitment that has become late."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        agency.live_on = agency.today() - timedelta(days=100)
        agency.save(update_fields=["live_on"])
        act: dict[str, Any] = {"agency": agency, "actor": alice}
        partner = operations.add_partner(**act, kind="person", first_name="Ruth")
        operations.add_commitment(
            **act,
            giving_unit=GivingUnit.objects.get(partner=partner),
            designation=open_designation(**act, code="1", public_name="General", kind="general"),
            amount=Money(5000, "USD"),
            frequency="monthly",
            starts_on=agency.today() - timedelta(days=35),
        )
    return agency


def look_at_once(agency: Agency) -> tuple[int, int]:
    """How many events two looks found together, and how many stand there."""
    found: list[int] = []
    start = threading.Barrier(2)

    def look() -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                start.wait(10)
                found.append(len(find_events(agency=agency)))
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with transaction.atomic(), scope.of_agency(agency.pk):
        return sum(found), CommitmentEvent.objects.count()


@pytest.mark.django_db(transaction=True)
def test_two_looks_at_once_write_once(late: Agency) -> None:
    assert look_at_once(late) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_key_both_would_write(late: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    keyless = EVENTS.replace("concat_ws(' ', ", "concat_ws(' ', left(gen_random_uuid()::text, 8), ")
    monkeypatch.setattr("partners.operations.commitment_events.EVENTS", keyless)
    assert look_at_once(late) == (2, 2)
