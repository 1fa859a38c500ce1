"""One mail per person and window: at the hour of their own clock, once, with why and the way out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership
from agencies.scope import of_agency
from delivery import kinds, naming
from delivery.channels import Channels
from delivery.models import MailHour, Notice, OutgoingMessage
from delivery.operations import Named, choose_channels, mail_notices, mark_read, notify
from delivery.operations.digests import Window
from jobs import operations as jobs
from jobs.testing import run_due

LOAF = kinds.Kind("loaf", "A loaf is baked", "you like bread", email=True)
NINE = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def bakery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {"loaf": LOAF})


def tell(
    agency: Agency, *users: User, text: str = "Warm.", at: datetime = NINE - timedelta(hours=5), **more: Any
) -> None:
    for notice in notify(agency=agency, users=users, kind="loaf", text=text, url="/a/harbor/", **more):
        Notice.objects.filter(pk=notice.pk).update(created_at=at)


def mails() -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("hour", "zone", "now", "end"),
    [
        (7, "UTC", NINE, datetime(2026, 3, 3, 7, tzinfo=UTC)),
        (10, "UTC", NINE, datetime(2026, 3, 2, 10, tzinfo=UTC)),
        (9, "UTC", NINE, NINE),
        (7, "Asia/Seoul", NINE, datetime(2026, 3, 2, 22, tzinfo=UTC)),
        (7, "America/Los_Angeles", NINE, datetime(2026, 3, 2, 15, tzinfo=UTC)),
        (7, "Asia/Kathmandu", NINE, datetime(2026, 3, 3, 1, 15, tzinfo=UTC)),
        (2, "America/New_York", datetime(2026, 3, 8, 12, tzinfo=UTC), datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ],
)
def test_a_window_ends_at_the_hour_of_the_persons_clock(hour: int, zone: str, now: datetime, end: datetime) -> None:
    """The last one: the night in which two o'clock does not exist in New York."""
    assert Window(hour, ZoneInfo(zone)).last_end(now).astimezone(UTC) == end


def test_everything_of_a_window_is_one_mail_and_once(inside: Agency, alice: User, dan: User) -> None:
    tell(inside, alice, text="Warm.")
    tell(inside, alice, dan, text="Crisp.")
    assert mail_notices(agency=inside, now=NINE) == 2
    assert mail_notices(agency=inside, now=NINE + timedelta(hours=3)) == 0
    assert [(mail.to, mail.subject) for mail in mails()] == [
        ("alice@example.org", "2 notices from Harbor Light"),
        ("dan@example.org", "1 notice from Harbor Light"),
    ]
    assert [mails()[0].text.count(word) for word in ("Warm.", "Crisp.", "you like bread")] == [1, 1, 1]


def test_what_comes_after_the_hour_waits_for_the_next(inside: Agency, alice: User) -> None:
    tell(inside, alice, at=NINE - timedelta(hours=1))
    assert mail_notices(agency=inside, now=NINE) == 0
    assert mail_notices(agency=inside, now=NINE + timedelta(hours=23)) == 1


def test_the_hour_that_a_person_chose(inside: Agency, alice: User) -> None:
    MailHour.objects.create(user=alice, hour=18, time_zone="Asia/Seoul")
    tell(inside, alice, at=NINE - timedelta(hours=1))
    assert mail_notices(agency=inside, now=NINE - timedelta(minutes=1)) == 0
    assert mail_notices(agency=inside, now=NINE) == 1


def test_what_was_read_in_the_app_is_left_out(inside: Agency, alice: User) -> None:
    tell(inside, alice)
    mark_read(agency=inside, actor=alice)
    assert mail_notices(agency=inside, now=NINE) == 0


def test_who_left_gets_nothing(inside: Agency, alice: User, dan: User) -> None:
    tell(inside, dan)
    people.remove_member(agency=inside, actor=alice, membership=Membership.objects.get(user=dan))
    assert mail_notices(agency=inside, now=NINE) == 0


def test_a_name_is_the_one_that_anybody_may_hear_when_the_mail_is_made(
    inside: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The unit was open when the notice was made and is closed when the mail is."""
    monkeypatch.setattr(naming, "_namers", {"bakery": lambda ids: {7: "Tamrin"}})
    tell(inside, alice, text=f"{naming.NAME}: warm.", named=Named("bakery", 7))
    naming.register("bakery", lambda ids: {7: "Project Cedar"})
    mail_notices(agency=inside, now=NINE)
    [mail] = mails()
    assert "Project Cedar: warm." in mail.text
    assert [part for part in (mail.text, mail.html, mail.subject) if "Tamrin" in part] == []


def way_out_of(mail: OutgoingMessage) -> str:
    return str(mail.headers["List-Unsubscribe"]).strip("<>").partition("://")[2].partition("/")[2]


def test_one_click_without_a_sign_in_ends_these_mails(inside: Agency, alice: User, dan: User) -> None:
    tell(inside, alice, dan)
    mail_notices(agency=inside, now=NINE)
    first = mails()[0]
    assert first.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/" + way_out_of(first)
    assert path in first.text
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(path).status_code == 200
    with of_agency(inside.pk):
        tell(inside, alice, at=NINE)
        assert (
            mail_notices(agency=inside, now=NINE + timedelta(days=1)) == 1
        )  # a GET, as of a mail scanner, ends nothing
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with of_agency(inside.pk):
        tell(inside, alice, dan, at=NINE + timedelta(days=1))
        assert mail_notices(agency=inside, now=NINE + timedelta(days=2)) == 1
        assert mails()[-1].to == "dan@example.org"


def test_choosing_mail_again_brings_the_mails_back(inside: Agency, alice: User) -> None:
    tell(inside, alice)
    mail_notices(agency=inside, now=NINE)
    Client().post("/" + way_out_of(mails()[0]), {"List-Unsubscribe": "One-Click"})
    with of_agency(inside.pk):
        chosen = {"loaf": Channels(in_app=True, email=True, task=False)}
        choose_channels(agency=inside, actor=alice, chosen=chosen, hour=7, time_zone="UTC")
        tell(inside, alice, at=NINE)
        assert mail_notices(agency=inside, now=NINE + timedelta(days=1)) == 1


def test_the_clock_visits_every_agency(
    inside: Agency, alice: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    monkeypatch.setattr("jobs.fan_out.agency_ids", lambda: [inside.pk])
    tell(inside, alice, at=timezone.now() - timedelta(days=2))
    job = jobs.start(kind="delivery.mail_notices", actor=None, title="Notices by mail")
    run_due()
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"mails": 1})


def test_the_outbox_keeps_the_words_of_notices_back(
    agency: Agency, alice: User, bob: User, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They call a unit as it was called that day; it may have become closed since (trust rule T6)."""
    monkeypatch.setitem(naming._namers, "village", lambda ids: dict.fromkeys(ids, "Riverbend"))
    with of_agency(agency.pk):
        people.add_member(agency=agency, actor=alice, user=bob, roles=("staff",))
        tell(agency, alice, text=f"{naming.NAME}: item 1.1 waits.", named=Named("village", 1))
        assert mail_notices(agency=agency, now=NINE) == 1
        (mail,) = mails()
        assert "Riverbend" in mail.text
        letter = OutgoingMessage.objects.create(
            to="x@example.org", sender="y@example.org", purpose="letter", text="Dear"
        )
    page = visit(bob).get(f"/a/harbor/outbox/{mail.pk}/").content.decode()
    assert ("Riverbend" in page, mail.subject in page, alice.mail_address in page) == (False, True, True)
    assert "Notices are for their reader." in page
    assert "Dear" in visit(bob).get(f"/a/harbor/outbox/{letter.pk}/").content.decode()  # others are shown
