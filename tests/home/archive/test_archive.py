"""The archive through its job: who may have it, how long, and what stays with the person who wrote it."""

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, AuditEntry
from agencies.operations import add_member
from home.archive import job as archive_job
from home.archive.asking import ArchiveUnderWay, ask_for_archive, drop_old_archives
from home.archive.making import write_archive
from jobs.models import Job, StoredFile
from jobs.operations import keep_file, request_cancel
from jobs.testing import run_due
from partners.models import Contact, Partner
from partners.models.contact_log import Channel
from tests.agencies.conftest import confirm
from tests.cast import SECRET

PAGE = "/a/harbor/settings/archive/"


def made(agency: Agency, actor: User) -> tuple[Job, StoredFile]:
    job = ask_for_archive(agency=agency, actor=actor)
    run_due()
    job.refresh_from_db()
    return job, StoredFile.objects.get(job=job)


def test_from_the_page_to_the_file(inside: Agency, alice: User, visit: Any, tmp_path: Path) -> None:
    keep_file(name="../../old.csv", content=b"donor,amount\n", purpose="import")
    browser = confirm(visit(alice))
    assert browser.get(PAGE).status_code == 200
    asked = browser.post(PAGE)
    job = Job.objects.get(kind="home.archive")
    assert asked["Location"] == reverse("job", args=["harbor", job.pk])
    run_due()
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert job.done == job.total == job.result["rows"] + job.result["files"]
    stored = StoredFile.objects.get(job=job)
    got = browser.get(reverse("job_file", args=["harbor", job.pk, stored.pk]))
    (tmp_path / "a.zip").write_bytes(got.getvalue())
    with zipfile.ZipFile(tmp_path / "a.zip") as zipped:
        files = [name for name in zipped.namelist() if name.startswith("files/")]
        assert [zipped.read(name) for name in files] == [b"donor,amount\n"]
        assert ".." not in files[0]
        assert SECRET not in "".join(zipped.read(name).decode() for name in zipped.namelist())
    said = list(AuditEntry.objects.filter(kind="jobs.job").order_by("pk").values_list("verb", flat=True))
    assert said == ["ask for archive", "download file of a job"]
    assert "can be downloaded until" in browser.get(PAGE).content.decode()


def test_the_password_comes_first(inside: Agency, alice: User, visit: Any) -> None:
    assert visit(alice).post(PAGE)["Location"].startswith(reverse("account_reauthenticate"))
    refused = visit(alice).post("/api/a/harbor/archives/", {}, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "password_first")
    assert not Job.objects.exists()


def test_a_program_asks_once(inside: Agency, alice: User, visit: Any) -> None:
    browser = confirm(visit(alice))
    key = {"Idempotency-Key": "one"}
    first, again = (browser.post("/api/a/harbor/archives/", {}, "application/json", headers=key) for _ in range(2))
    assert (first.status_code, first.json()["id"]) == (202, again.json()["id"])
    other = browser.post("/api/a/harbor/archives/", {}, "application/json")
    assert (other.status_code, other.json()["code"]) == (409, "archive_under_way")
    assert [each["id"] for each in browser.get("/api/a/harbor/archives/").json()["results"]] == [first.json()["id"]]


def test_only_administrators_ask(inside: Agency, dan: User, visit: Any) -> None:
    assert visit(dan).get(PAGE).status_code == 403


def test_one_at_a_time(inside: Agency, alice: User) -> None:
    job = ask_for_archive(agency=inside, actor=alice)
    with pytest.raises(ArchiveUnderWay):
        ask_for_archive(agency=inside, actor=alice)
    request_cancel(actor=alice, job=job)
    assert ask_for_archive(agency=inside, actor=alice).pk != job.pk


def test_it_is_for_whoever_asked(inside: Agency, alice: User, bob: User, visit: Any) -> None:
    add_member(agency=inside, actor=alice, user=bob, roles=("administrator",))
    job, stored = made(inside, alice)
    address = reverse("job_file", args=["harbor", job.pk, stored.pk])
    assert confirm(visit(bob)).get(address).status_code == 404
    got = confirm(visit(alice)).get(address)
    assert got.getvalue()[:2] == b"PK"


def test_it_is_deleted_after_seven_days(inside: Agency, alice: User) -> None:
    made(inside, alice)
    soon = timezone.now() + timedelta(days=6, hours=23)
    assert (drop_old_archives(agency=inside, now=soon), StoredFile.objects.count()) == (0, 1)
    later = timezone.now() + timedelta(days=7, minutes=1)
    assert (drop_old_archives(agency=inside, now=later), StoredFile.objects.count()) == (1, 0)
    assert drop_old_archives(agency=inside, now=later) == 0


def test_it_is_stopped_between_two_steps(inside: Agency, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_job, "STEP", 1)
    job = ask_for_archive(agency=inside, actor=alice)

    def stopped(*args: Any) -> dict[str, int]:
        request_cancel(actor=alice, job=job)
        return write_archive(*args)

    monkeypatch.setattr(archive_job, "write_archive", stopped)
    run_due()
    job.refresh_from_db()
    assert (job.state, StoredFile.objects.count()) == ("cancelled", 0)


def test_a_note_for_oneself_stays_with_its_writer(inside: Agency, alice: User, dan: User, tmp_path: Path) -> None:
    ruth = Partner.objects.create(kind="person", name="Ruth", sort_name="Ruth")
    facts = {"partner": ruth, "channel": Channel.CALL, "outcome": Contact.Outcome.values[0]}
    notes = [("open word", "carers", dan), ("secret word", "writer", dan), ("my word", "writer", alice)]
    for note, note_for, by in notes:
        Contact.objects.create(**facts, happened_on=inside.today(), note=note, note_for=note_for, by=by)
    write_archive(inside, alice, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as zipped:
        text = zipped.read("tables/partners_contact.csv").decode()
    assert [word in text for word in ("open word", "my word", "secret word")] == [True, True, False]
