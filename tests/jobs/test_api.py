"""Jobs through the API: those that a person may see, their files after the password, and stopping one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from agencies.models import Agency, AuditEntry
from jobs.models import Job
from jobs.operations import keep_file, start
from jobs.running import Running
from tests.agencies.conftest import confirm
from tests.programs import Program

Programs = Callable[[User], Program]


def nothing(running: Running) -> None:
    """A job that does nothing."""


@pytest.fixture
def job(inside: Agency, alice: User, handler: Callable[..., None]) -> Job:
    """A job that Alice started."""
    handler(nothing)
    return start(kind="test", actor=alice, title="Count the sheep", arguments={})


def test_list_and_detail(inside: Agency, job: Job, alice: User, program: Programs) -> None:
    (listed,) = program(alice).get("jobs/")["results"]
    assert (listed["title"], listed["state"], listed["started_by"]) == ("Count the sheep", "queued", "Alice")
    assert program(alice).get(f"jobs/{job.pk}/") == {**listed, "log": [], "files": []}


def test_only_who_started_it_or_looks_after_jobs_sees_it(
    inside: Agency, job: Job, dan: User, mallory: User, program: Programs
) -> None:
    assert program(dan).get("jobs/")["results"] == []
    paths = (f"jobs/{job.pk}/", f"jobs/{job.pk}/files/1/")
    assert [program(user).status(path) for user in (dan, mallory) for path in paths] == [404] * 4
    assert [program(user).send(f"jobs/{job.pk}/cancel/")[0] for user in (dan, mallory)] == [404, 404]


def test_it_is_cancelled(inside: Agency, job: Job, alice: User, program: Programs) -> None:
    status, said = program(alice).send(f"jobs/{job.pk}/cancel/")
    assert (status, said["state"], said["may_cancel"]) == (200, "cancelled", False)


def test_a_file_needs_the_password_and_is_noted(inside: Agency, job: Job, alice: User, program: Programs) -> None:
    kept = keep_file(name="sheep.csv", content=ContentFile(b"sheep"), purpose="test")
    kept.job = job
    kept.save()
    mine = program(alice)
    (told,) = mine.get(f"jobs/{job.pk}/")["files"]
    assert (told["name"], told["size"]) == ("sheep.csv", 5)
    path = f"{mine.root}jobs/{job.pk}/files/{told['id']}/"
    asked: Any = mine.browser.get(path)
    assert (asked.status_code, asked.json()["code"]) == (403, "password_first")
    confirm(mine.browser)
    assert mine.browser.get(path).getvalue() == b"sheep"
    assert AuditEntry.objects.filter(verb="download file of a job").count() == 1


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, alice: User, program: Programs, handler: Callable[..., None]
) -> None:
    handler(nothing)
    counts: list[int] = []
    for number in range(3):
        start(kind="test", actor=alice, title=f"Job {number}", arguments={})
        if number in (0, 2):
            counts.append(program(alice).queries("jobs/"))
    assert counts[0] == counts[1]
