"""A file of people through the API: judged at once, brought in by a job, never without the password."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.queries.invitations import held_invitations
from core.export import csv_text
from jobs.models import Job, StoredFile
from jobs.testing import run_due
from ssu.models import Worker
from ssu.people_rows import COLUMNS
from tests.agencies.conftest import confirm
from tests.programs import Program

Programs = Callable[[User], Program]
PATH = "people/file/"


def sheet(*rows: dict[str, str]) -> SimpleUploadedFile:
    lines = [[row.get(name, "") for name in COLUMNS] for row in rows]
    return SimpleUploadedFile("people.csv", csv_text(COLUMNS, lines).encode())


def test_a_file_comes_in_by_a_job(inside: Agency, alice: User, program: Programs) -> None:
    mine = program(alice)
    confirm(mine.browser)
    row = {"name": "Naomi", "email": "naomi@example.org", "agency_roles": "staff"}
    status, job = mine.upload(PATH, key="k", file=sheet(row))
    assert (status, job["state"], job["started_by"]) == (202, "queued", "Alice")
    assert mine.upload(PATH, key="k", file=sheet(row))[1]["id"] == job["id"]
    run_due()
    done = mine.get(f"jobs/{job['id']}/")
    assert (done["state"], done["counts"]["added"], done["counts"]["invitations"]) == ("done", 1, 1)
    assert done["result_url"] == reverse("invitations_held", args=[inside.slug])


def test_all_that_is_wrong_is_told_and_nothing_is_kept(inside: Agency, alice: User, program: Programs) -> None:
    mine = program(alice)
    confirm(mine.browser)
    status, said = mine.upload(PATH, file=sheet({"email": "naomi@example.org"}, {"name": "Ben", "unit": "nowhere"}))
    assert (status, said["code"], said["total"]) == (422, "people_wrong", len(said["problems"]))
    assert {(each["row"], each["column"]) for each in said["problems"]} >= {(2, "name"), (3, "unit")}
    assert not Job.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Worker.objects.exists()


def test_the_password_comes_first(inside: Agency, alice: User, program: Programs) -> None:
    status, said = program(alice).upload(PATH, file=sheet({"name": "Naomi"}))
    assert (status, said["code"]) == (403, "password_first")


def test_what_is_no_list_is_refused(inside: Agency, alice: User, program: Programs) -> None:
    mine = program(alice)
    confirm(mine.browser)
    status, said = mine.upload(PATH, file=SimpleUploadedFile("people.xlsx", b"no archive"))
    assert (status // 100, set(said) >= {"code", "detail"}) == (4, True)
    assert not StoredFile.objects.exists()


def test_who_may(inside: Agency, dan: User, mallory: User, program: Programs) -> None:
    assert [program(user).upload(PATH, file=sheet({"name": "N"}))[0] for user in (dan, mallory)] == [403, 404]
    assert not held_invitations().exists()
