"""The page that takes a file of people: its job, what is kept of it and for how long, held invitations."""

import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.access import OPENED
from accounts.models import User
from agencies.models import Agency, Invitation
from agencies.queries.invitations import held_invitations
from core.export import csv_text, xlsx_bytes
from delivery.models import OutgoingMessage
from jobs.models import Job, StoredFile
from jobs.operations import keep_file, request_cancel, start
from jobs.testing import run_due
from ssu.models import Unit, Worker
from ssu.operations.kept_people import forget_old_files
from ssu.people_rows import COLUMNS
from tests.agencies.conftest import confirmed
from tests.cast import PASSWORD
from tests.ssu.test_people_file import BOAZ, NAOMI, RUTH, brought

__all__ = ["confirmed"]

Visit = Callable[[User], Any]


def upload(browser: Any, agency: Agency, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("people_file", args=[agency.slug]), {"file": file})


def cells(*rows: dict[str, str]) -> list[list[str]]:
    return [[row.get(name, "") for name in COLUMNS] for row in rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_uploaded_file_comes_in_by_a_job(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any, kind: str
) -> None:
    made = {
        "csv": lambda: csv_text(COLUMNS, cells(RUTH, BOAZ)).encode(),
        "xlsx": lambda: xlsx_bytes(COLUMNS, cells(RUTH, BOAZ)),
    }
    answer = upload(confirmed(alice), inside, f"people.{kind}", made[kind]())
    assert (answer.status_code, "/jobs/" in answer["Location"]) == (302, True)
    run_due()
    assert not StoredFile.objects.exists()
    job = Job.objects.get()
    assert (job.done, job.total, job.message) == (2, 2, "2 people added, 1 service, 1 couple, 2 invitations held")
    upload(confirmed(alice), inside, f"people.{kind}", made[kind]())
    run_due()
    assert Job.objects.latest("id").message == "nothing changed: all 2 were here"
    assert sorted(Worker.objects.values_list("name", flat=True)) == ["Boaz Field", "Ruth Moab"]
    assert held_invitations().count() == 2


@pytest.fixture
def waiting(inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any) -> Job:
    """The job of a file that was taken in, before it has run."""
    upload(confirmed(alice), inside, "people of Tamrin.csv", csv_text(COLUMNS, cells(RUTH, BOAZ)).encode())
    found: Job = Job.objects.get(kind="ssu.people")
    return found


@pytest.mark.parametrize("end", ["cancelled", "failed", "done"])
def test_the_file_goes_with_its_job_however_that_ends(
    units: SimpleNamespace, alice: User, waiting: Job, end: str, django_capture_on_commit_callbacks: Any
) -> None:
    stored = StoredFile.objects.get()
    assert (stored.name, default_storage.exists(stored.path)) == ("people", True)
    if end == "failed":
        Unit.objects.filter(pk=units.open.pk).update(code="U9")  # the file does not fit any more
    with django_capture_on_commit_callbacks(execute=True):
        if end == "cancelled":
            request_cancel(actor=alice, job=waiting)
        else:
            run_due()
    waiting.refresh_from_db()
    assert (waiting.state, StoredFile.objects.count(), default_storage.exists(stored.path)) == (end, 0, False)


def test_a_file_that_was_left_goes_after_a_day_unless_its_job_waits(inside: Agency, alice: User, waiting: Job) -> None:
    left = keep_file(name="people", content=b"name", purpose="people")
    other = keep_file(name="gifts", content=b"gift", purpose="import")
    day = timezone.now() + timedelta(hours=25)
    assert forget_old_files(agency=inside) == 0
    assert forget_old_files(agency=inside, now=day) == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {waiting.arguments["file"], other.pk}
    Job.objects.filter(pk=waiting.pk).update(state="failed")
    assert forget_old_files(agency=inside, now=day) == 1
    assert (StoredFile.objects.get(), StoredFile.objects.filter(pk=left.pk).exists()) == (other, False)


def test_the_clock_forgets_daily(inside: Agency) -> None:
    keep_file(name="people", content=b"name", purpose="people")
    StoredFile.objects.update(created_at=timezone.now() - timedelta(days=2))
    start(kind="ssu.forget_people", actor=None, title="Forget files of people")
    run_due()
    assert (Job.objects.get().result, StoredFile.objects.count()) == ({"files": 1}, 0)


def test_wrong_file_shows_every_problem_and_keeps_nothing(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any
) -> None:
    content = csv_text(COLUMNS, cells({**RUTH, "unit": "X"}, {**NAOMI, "left_on": "2019-01-01"})).encode()
    answer = upload(confirmed(alice), inside, "people.csv", content)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("No active unit has the code “X”" in page, "before joining on 2020-01-01" in page) == (True, True)
    assert [Job.objects.count(), StoredFile.objects.count(), Worker.objects.count()] == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.csv", b"", "The file is empty"),
        ("people.xlsx", b"PK\x03\x04 cut short", "The workbook cannot be opened"),
        ("people.pdf", b"%PDF-1.7 people", "The file is not text"),
        ("people.csv", b'name\n"Ruth', "quotation mark"),
    ],
)
def test_file_that_is_no_list_is_refused_in_a_sentence(
    inside: Agency, alice: User, confirmed: Any, name: str, content: bytes, said: str
) -> None:
    answer = upload(confirmed(alice), inside, name, content)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def typed_ago(browser: Any, seconds: float) -> None:
    """The password was typed that long ago."""
    session = browser.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**each, "at": time.time() - seconds} for each in records]
    session.save()


@pytest.mark.parametrize(("opened", "taken"), [(3500, True), (3700, False)])
def test_a_file_for_a_form_that_stood_open_is_taken_for_an_hour_and_then_asked_for_again(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any, opened: int, taken: bool
) -> None:
    browser, page = confirmed(alice), reverse("people_file", args=[inside.slug])
    assert browser.get(page).status_code == 200
    typed_ago(browser, opened)
    session = browser.session
    session[OPENED] = {"path": page, "at": time.time() - opened}
    session.save()
    answer = upload(browser, inside, "people.csv", csv_text(COLUMNS, cells(RUTH)).encode())
    assert (answer.status_code, "/jobs/" in answer["Location"]) == (302, taken)
    if taken:
        return
    back = browser.post(answer["Location"], {"password": PASSWORD, "next": f"{page}?file=again"})
    again = browser.get(back["Location"])
    assert (again.status_code, "Choose your file again" in again.content.decode()) == (200, True)
    assert "This field is required" not in again.content.decode()


def test_a_form_that_was_never_shown_takes_no_file(inside: Agency, alice: User, visit: Visit) -> None:
    answer = upload(visit(alice), inside, "people.csv", csv_text(COLUMNS, cells(RUTH)).encode())
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not Job.objects.exists()


def test_template_is_the_first_line(inside: Agency, alice: User, confirmed: Any) -> None:
    address = reverse("people_template", args=[inside.slug])
    answer = confirmed(alice).get(address)
    assert answer.content.decode("utf-8-sig").strip() == ",".join(COLUMNS)
    assert confirmed(alice).get(f"{address}?export=xlsx").content[:2] == b"PK"


def test_board_does_not_open_it(inside: Agency, dan: User, visit: Visit) -> None:
    assert visit(dan).get(reverse("people_file", args=[inside.slug])).status_code == 403


def test_held_invitations_are_shown_sent_and_withdrawn(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any
) -> None:
    brought(inside, alice, RUTH, {"name": "Orpah", "email": "orpah@example.org", "agency_roles": "board"})
    browser, slug = confirmed(alice), inside.slug
    page = browser.get(reverse("invitations_held", args=[slug])).content.decode()
    assert ("Ruth Moab" in page, "Orpah" in page, "Send all 2" in page) == (True, True, True)
    ruth, orpah = (Invitation.objects.get(name=name) for name in ("Ruth Moab", "Orpah"))
    preview = browser.get(reverse("invitation_preview", args=[slug, orpah.pk])).content.decode()
    assert ("Dear Orpah" in preview, ruth.nonce in preview, orpah.nonce in preview) == (True, False, False)
    browser.post(reverse("invitations_send", args=[slug]), {"invitation": [str(ruth.pk)]})
    sent = Invitation.objects.get(pk=ruth.pk)
    assert (sent.is_open, sent.nonce != ruth.nonce, held_invitations().get()) == (True, True, orpah)
    browser.post(reverse("invitation_withdraw", args=[slug, orpah.pk]))
    assert held_invitations().count() == 0
    nothing = browser.post(reverse("invitations_send", args=[slug]), {"all": "1"})
    assert (nothing.status_code, "None of these invitations waits" in nothing.content.decode()) == (422, True)


def test_nobody_ticked_is_said_on_the_list_and_nothing_goes_out(
    inside: Agency, units: SimpleNamespace, alice: User, confirmed: Any
) -> None:
    brought(inside, alice, RUTH)
    page = confirmed(alice).post(reverse("invitations_send", args=[inside.slug]), {})
    shown = page.content.decode()
    assert (page.status_code, "Tick whom to send to, or send all." in shown, "Ruth Moab" in shown) == (422, True, True)
    assert (held_invitations().count(), OutgoingMessage.objects.count()) == (1, 0)
