"""The monthly mail by a real worker: two jobs of one month at the same time make one mail."""

import subprocess
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from communications.giving_digest import JOB
from core.money import Money
from core.periods import last_month
from delivery.models import OutgoingMessage
from funds.operations import open_designation
from jobs.models import Job
from jobs.operations import start
from partners.models import GivingUnit
from partners.operations import Part, add_partner, record_gift
from ssu import operations as units
from tests.jobs.test_real_worker import address, broker, ended, worker

__all__ = ["address", "broker", "worker"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def build(agency: Agency, alice: User, bob: User) -> None:
    """Bob leads a unit to which something was given last month."""
    by: dict[str, Any] = {"agency": agency, "actor": alice}
    agency.live_on = agency.today() - timedelta(days=400)
    agency.save(update_fields=["live_on"])
    strategy = units.add_strategy(**by, code="S1", name="Valleys")
    unit = units.add_unit(**by, code="U1", name="Riverbend", strategy=strategy, kind="community", discretion="open")
    membership = people.add_member(**by, user=bob)
    served: dict[str, Any] = {"worker": units.worker_of(membership), "role": Role.LEADER, "joined_on": date(2020, 1, 1)}
    units.add_team_member(**by, unit=unit, **served)
    place = open_designation(**by, code="0100", kind="unit", public_name="Riverbend", unit=unit)
    ruth = add_partner(**by, kind="person", first_name="Ruth", last_name="Moab")
    given: dict[str, Any] = {"on": last_month(agency.today()), "parts": [Part(place, Money(6000, "USD"))], "key": "one"}
    record_gift(**by, giving_unit=GivingUnit.objects.get(partner=ruth), **given)


def test_two_jobs_at_once_make_one_mail(
    worker: "subprocess.Popen[bytes]", agency: Agency, alice: User, bob: User
) -> None:
    with transaction.atomic(), scope.of_agency(agency.pk):
        build(agency, alice, bob)
        jobs = [start(kind=JOB, actor=None, title="Digest") for _ in range(2)]
    results: list[Job] = [ended(agency, job) for job in jobs]
    assert [(job.state, job.error) for job in results] == [("done", "")] * 2
    assert sorted(job.result["mails"] for job in results) == [0, 1]
    with transaction.atomic(), scope.of_agency(agency.pk):
        (mail,) = OutgoingMessage.objects.named().filter(key__startswith="giving digest")
        assert (mail.to, "Ruth Moab" in mail.text) == (bob.email, True)
