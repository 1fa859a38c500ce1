"""The monthly mail: once a month and worker, to who wants it, nothing before the go-live date, no guarded names."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from communications.giving_digest import DIGEST, JOB, mail_digests
from core.periods import add_months
from delivery.channels import Channels
from delivery.models import OutgoingMessage
from delivery.operations import choose_channels
from funds.operations import open_designation
from jobs import schedule
from jobs.models import Job
from jobs.testing import run_due
from ssu.models import TeamMember, Worker
from tests.partners.conftest import add, giving, led, make_unit, places, serve, strategy, units

__all__ = ["add", "giving", "led", "make_unit", "places", "serve", "strategy", "units"]


@pytest.fixture
def month(inside: Agency) -> date:
    """Last month, in which the agency was live."""
    inside.live_on = inside.today() - timedelta(days=400)
    inside.save()
    return add_months(inside.today().replace(day=1), -1)


@pytest.fixture
def given(add: Any, giving: Any, places: SimpleNamespace, month: date) -> None:
    giving(add("Moab"), (places.mine, 6000), on=month)
    giving(add("Secretgiver"), (places.closed, 4100), on=month)
    giving(add("Orpah"), (places.mine, 700), on=month, anonymous=True)


def mails() -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(key__startswith="giving digest").order_by("pk"))


def test_a_leader_hears_once(given: None, inside: Agency, bob: User, month: date) -> None:
    assert mail_digests(agency=inside, month=month) == 1
    assert mail_digests(agency=inside, month=month) == 0
    (mail,) = mails()
    assert mail.to == bob.email
    for body in (mail.text, mail.html):
        assert [
            word for word in ("Ruth Moab", "$60.00", "Riverbend", "(new)", "Anonymous giver") if word not in body
        ] == []
        assert "1 gift is not told in a mail" in body
        assert f"/a/harbor/giving/mine/?month={month:%Y-%m}" in body
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_names_nothing_that_is_closed(given: None, inside: Agency, month: date) -> None:
    mail_digests(agency=inside, month=month)
    told = "".join(mail.subject + mail.text + mail.html for mail in mails())
    assert [word for word in ("Secretgiver", "41.00", "Tamrin", "Cedar", "Orpah") if word in told] == []


@pytest.mark.parametrize(("level", "is_told"), [("open", True), ("careful", True), ("closed", False)])
def test_a_mail_names_no_worker_who_is_closed(
    inside: Agency, alice: User, add: Any, giving: Any, places: Any, led: Any, month: date, level: str, is_told: bool
) -> None:
    """Bob may read the name on the page: it is a colleague's, in his own open unit. The mail goes over the open net."""
    worker = Worker.objects.create(agency=inside, name="Deborah Realname", alias="Anna", discretion=level)
    TeamMember.objects.create(agency=inside, worker=worker, unit=led.open, role="member", joined_on=month)
    account = open_designation(
        agency=inside, actor=alice, code="W1", kind="worker", public_name="", unit=led.open, worker=worker
    )
    giving(add("Naomi"), (account, 1234), on=month)
    mail_digests(agency=inside, month=month)
    told = "".join(mail.text + mail.html for mail in mails())
    assert ("Realname" in told, "Ruth Naomi" in told) == (is_told, is_told)
    assert ("1 gift is not told in a mail" in told) is not is_told


def test_another_month_is_another_mail(
    given: None, inside: Agency, month: date, add: Any, giving: Any, places: Any
) -> None:
    """The control: it is the month that makes it once."""
    giving(add("Naomi"), (places.mine, 900), on=add_months(month, -1))
    assert [mail_digests(agency=inside, month=each) for each in (month, add_months(month, -1))] == [1, 1]


def test_two_beats_send_it_once(given: None, inside: Agency, month: date) -> None:
    """Both fire at the time of the schedule; the row of the period lets one through, and the mail has its key."""
    now = datetime(2026, 12, 2, 6, 30, tzinfo=UTC)
    entry = schedule._entries["giving digest"]
    assert [schedule.fire(entry, now), schedule.fire(entry, now)] == [True, False]
    assert schedule.fire(entry, now.replace(year=2027, month=1)) is True  # the control: the next period
    jobs = Job.objects.filter(kind=JOB, agency=inside)
    assert jobs.count() == 2
    run_due()
    assert [job.state for job in jobs] == ["done", "done"]
    assert len(mails()) == 1


@pytest.mark.parametrize("live", ["not yet", "afterwards"])
def test_nothing_before_the_agency_is_live(given: None, inside: Agency, month: date, live: str) -> None:
    inside.live_on = None if live == "not yet" else add_months(month, 1)
    inside.save()
    assert mail_digests(agency=inside, month=month) == 0


def test_who_chose_otherwise_gets_none(given: None, inside: Agency, bob: User, month: date) -> None:
    chosen = {DIGEST.name: Channels(in_app=False, email=False, task=False)}
    choose_channels(agency=inside, actor=bob, chosen=chosen, hour=7, time_zone="UTC")
    assert mail_digests(agency=inside, month=month) == 0


def test_an_empty_month_sends_no_mail(inside: Agency, month: date, led: SimpleNamespace) -> None:
    assert mail_digests(agency=inside, month=month) == 0
