"""A letter goes out by itself at its time, once, in the name of who chose it, and with the rights and rules of then."""

from collections.abc import Callable
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from agencies import operations as people
from agencies.days import NoSuchTime, moment_of
from agencies.models import Agency, AuditEntry, Membership, Role
from communications import operations
from communications.models import Letter, LetterMessage
from communications.operations.letters import NoPostalAddress
from communications.operations.sending import NotApproved
from communications.operations.timing import MomentOver, MomentTooFar, NoTimeChosen
from delivery.models import Notice
from jobs import operations as jobs
from jobs.models import Job
from jobs.testing import run_due
from ssu.operations import set_archived
from tests.cast import Visitor

HOUR = timedelta(hours=1)
Write = Callable[..., Letter]


def again(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


@pytest.fixture
def tomorrow(posted: Agency, approved: Letter, alice: User) -> Letter:
    """An approved letter that goes out in a day."""
    at = timezone.now() + timedelta(days=1)
    return operations.schedule_letter(agency=posted, actor=alice, letter=approved, at=at)


def come(letter: Letter) -> None:
    """Its time is here."""
    past = timezone.now() - HOUR
    Letter.objects.filter(pk=letter.pk).update(send_at=past)
    Job.objects.filter(pk=again(letter).job_id).update(not_before=past)


def test_it_waits_and_goes_out_once(posted: Agency, tomorrow: Letter, alice: User) -> None:
    assert (run_due(), again(tomorrow).state) == (0, "approved")
    come(tomorrow)
    assert run_due() == 2
    finished = again(tomorrow)
    assert (finished.state, finished.send_at) == ("sent", None)
    assert LetterMessage.objects.filter(excluded="").count() == 2
    entry = AuditEntry.objects.get(verb="send letter")
    assert entry.actor == alice
    assert (run_due(), LetterMessage.objects.count()) == (0, 2)


def test_what_can_be_waited_for(posted: Agency, approved: Letter, alice: User) -> None:
    said: dict[str, Any] = {"agency": posted, "actor": alice, "letter": approved}
    now = timezone.now()
    for at, refusal in ((now - HOUR, MomentOver), (now, MomentOver), (now + timedelta(days=367), MomentTooFar)):
        with pytest.raises(refusal):
            operations.schedule_letter(**said, at=at)
    assert (again(approved).send_at, Job.objects.count()) == (None, 0)


def test_what_holds_back_a_letter_holds_back_its_time(posted: Agency, approved: Letter, alice: User) -> None:
    posted.address = ""
    posted.save()
    with pytest.raises(NoPostalAddress):
        operations.schedule_letter(agency=posted, actor=alice, letter=approved, at=timezone.now() + HOUR)


def test_a_draft_waits_for_no_time(posted: Agency, write: Write, alice: User, village: SimpleNamespace) -> None:
    with pytest.raises(NotApproved):
        operations.schedule_letter(agency=posted, actor=alice, letter=write(village.unit), at=timezone.now() + HOUR)
    with pytest.raises(IntegrityError, match="letter_at_a_time_is_approved"), transaction.atomic():
        Letter.objects.update(send_at=timezone.now())


def test_another_time_takes_the_place_of_the_first(posted: Agency, tomorrow: Letter, alice: User) -> None:
    at = timezone.now() + 2 * HOUR
    row = operations.schedule_letter(agency=posted, actor=alice, letter=tomorrow, at=at)
    assert (row.send_at, row.job_id != tomorrow.job_id) == (at, True)
    assert Job.objects.get(pk=tomorrow.job_id).state == "cancelled"


@pytest.mark.parametrize("act", ["take back", "change", "give up", "send now", "cancel the job"])
def test_what_ends_the_waiting(act: str, posted: Agency, tomorrow: Letter, alice: User) -> None:
    said: dict[str, Any] = {"agency": posted, "actor": alice, "letter": tomorrow}
    waiting = Job.objects.get(pk=tomorrow.job_id)
    if act == "take back":
        operations.take_time_back(**said)
    elif act == "change":
        words: dict[str, Any] = {
            "subject": "Other",
            "body": tomorrow.body,
            "purpose": tomorrow.purpose,
            "language": "en",
        }
        operations.edit_letter(**said, **words)
    elif act == "give up":
        operations.cancel_letter(**said)
    elif act == "send now":
        operations.send_letter(**said)
    else:
        jobs.request_cancel(actor=alice, job=waiting)
    waiting.refresh_from_db()
    states = {"take back": "approved", "change": "draft", "give up": "cancelled", "send now": "sending"}
    assert (again(tomorrow).send_at, waiting.state) == (None, "cancelled")
    assert again(tomorrow).state == states.get(act, "approved")
    with pytest.raises(NoTimeChosen):
        operations.take_time_back(**said)


def test_who_may_not_send_any_more_sends_nothing(posted: Agency, tomorrow: Letter, alice: User, bob: User) -> None:
    people.add_member(agency=posted, actor=alice, user=bob, roles=(Role.ADMINISTRATOR,))
    people.remove_member(agency=posted, actor=bob, membership=Membership.objects.get(user=alice))
    come(tomorrow)
    run_due()
    assert (again(tomorrow).state, again(tomorrow).send_at) == ("approved", None)
    assert LetterMessage.objects.count() == 0
    told = Notice.objects.get(kind="letter_held")
    assert told.user == bob
    assert "may not send letters of this unit any more" in told.text


def test_what_stands_against_it_at_its_time_is_told(posted: Agency, tomorrow: Letter, alice: User) -> None:
    posted.address = ""
    posted.save()
    come(tomorrow)
    run_due()
    assert (again(tomorrow).state, LetterMessage.objects.count()) == ("approved", 0)
    told = Notice.objects.get(kind="letter_held")
    assert (told.user, "postal address" in told.text) == (alice, True)


def test_an_archived_unit_sends_nothing_and_whoever_chose_the_time_is_told(
    posted: Agency, tomorrow: Letter, alice: User
) -> None:
    set_archived(agency=posted, actor=alice, unit=again(tomorrow).unit, archived=True)
    come(tomorrow)
    run_due()
    assert (again(tomorrow).state, again(tomorrow).send_at) == ("approved", None)
    assert (LetterMessage.objects.count(), Notice.objects.filter(kind="letter_held").count()) == (0, 1)


def test_the_unit_is_held_before_its_letter(posted: Agency, tomorrow: Letter) -> None:
    """As by whoever changes a letter, so that nobody waits for each other."""
    come(tomorrow)
    with CaptureQueriesContext(connection) as captured:
        run_due()
    held = [query["sql"] for query in captured if "FOR UPDATE" in query["sql"] or "FOR NO KEY" in query["sql"]]
    order = [name for sql in held for name in ('"ssu_unit"', '"communications_letter"') if f"FROM {name}" in sql]
    assert order[:2] == ['"ssu_unit"', '"communications_letter"']


def test_the_clock_of_the_agency_decides(agency: Agency) -> None:
    agency.time_zone = "America/Chicago"
    assert moment_of(agency, date(2026, 1, 5), time(9)).isoformat() == "2026-01-05T09:00:00-06:00"
    assert moment_of(agency, date(2026, 11, 1), time(1, 30)).isoformat() == "2026-11-01T01:30:00-05:00"
    with pytest.raises(NoSuchTime, match=r"8 Mar 2026.*02:30"):
        moment_of(agency, date(2026, 3, 8), time(2, 30))


def test_the_page_sets_changes_and_takes_back_the_time(
    posted: Agency, approved: Letter, alice: User, visit: Callable[[User], Visitor]
) -> None:
    browser, path = visit(alice), f"/a/harbor/letters/{approved.pk}/"
    assert "Send it later" in browser.get(path).content.decode()
    day = posted.today() + timedelta(days=3)
    wrong = browser.post(f"{path}time/", {"day": "2026-02-30", "clock": "09:00"})
    assert (wrong.status_code, "February 2026 has 28 days." in wrong.content.decode()) == (
        422,
        True,
    )
    over = browser.post(f"{path}time/", {"day": posted.today() - timedelta(days=1), "clock": "09:00"})
    assert (over.status_code, "This moment is over." in over.content.decode()) == (422, True)
    assert again(approved).send_at is None
    browser.post(f"{path}time/", {"day": day, "clock": "09:30"})
    assert again(approved).send_at == moment_of(posted, day, time(9, 30))
    shown = browser.get(path).content.decode()
    assert "Send letter now" in shown
    assert "Goes out by itself" in browser.get("/a/harbor/letters/").content.decode()
    browser.post(f"{path}time/back/")
    assert again(approved).send_at is None


def test_a_leader_chooses_no_time(
    posted: Agency, approved: Letter, bob: User, led: SimpleNamespace, visit: Callable[[User], Visitor]
) -> None:
    tried = visit(bob).post(f"/a/harbor/letters/{approved.pk}/time/", {"day": posted.today(), "clock": "09:00"})
    assert (tried.status_code in (403, 404), again(approved).send_at) == (True, None)
