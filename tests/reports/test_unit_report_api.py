"""A unit's report through the API: the job, how it stands, and the file that it keeps."""

from collections.abc import Callable
from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from jobs.models import Job
from jobs.testing import run_due
from tests.agencies.conftest import confirm
from tests.programs import Program
from tests.reports.test_unit_report import close, made

__all__ = ["made"]
Programs = Callable[[User], Program]


def test_it_is_started_made_and_fetched(
    inside: Agency,
    made: SimpleNamespace,
    bob: User,
    program: Programs,
) -> None:
    mine = program(bob)
    path = f"units/{made.unit.pk}/report/"
    status, job = mine.send(path, key="k")
    assert (status, job["kind"], job["state"]) == (202, "reports.unit", "queued")
    assert mine.send(path, key="k")[1]["id"] == job["id"]
    run_due()
    done = mine.get(f"jobs/{job['id']}/")
    (file,) = done["files"]
    assert (done["state"], file["content_type"]) == ("done", "application/pdf")
    confirm(mine.browser)
    answer = mine.browser.get(f"{mine.root}jobs/{job['id']}/files/{file['id']}/")
    assert answer.getvalue().startswith(b"%PDF")


def test_of_a_closed_unit_the_job_names_nothing(
    inside: Agency,
    made: SimpleNamespace,
    dan: User,
    program: Programs,
) -> None:
    close(made.unit)
    status, job = program(dan).send(f"units/{made.unit.pk}/report/")
    assert (status, job["title"]) == (202, "Report of a unit")


def test_who_may(
    inside: Agency,
    made: SimpleNamespace,
    mallory: User,
    program: Programs,
) -> None:
    assert program(mallory).send(f"units/{made.unit.pk}/report/")[0] == 404
    assert not Job.objects.exists()
