"""The pages of jobs in a browser without JavaScript."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies import operations as people
from agencies import scope
from agencies.models import Agency, AuditEntry, Role
from jobs import operations
from jobs.models import Job
from jobs.panels import poll_seconds
from jobs.running import Running
from jobs.testing import run_due
from tests.agencies.conftest import confirm
from tests.cast import SECRET, person


def begin(agency: Agency, actor: Any, title: str = "Count the gifts") -> Job:
    with scope.of_agency(agency.pk):
        return operations.start(kind="test", actor=actor, title=title)


def keep(job: Running) -> dict[str, Any]:
    job.log("Beginning.")
    job.progress(1240, 1240)
    job.keep_file("gifts.csv", b"a,b\r\n", "text/csv")
    return {"url": "/a/harbor/jobs/", "label": "See the gifts"}


def test_job_page_polls_until_the_job_has_ended(agency: Agency, alice: Any, visit: Any, handler: Any) -> None:
    handler(keep)
    job = begin(agency, alice)
    browser = visit(alice)
    waiting = browser.get(f"/a/harbor/jobs/{job.pk}/").content.decode()
    assert 'hx-trigger="load delay:2s"' in waiting
    assert '<meta http-equiv="refresh" content="10">' in waiting
    run_due()
    done = browser.get(f"/a/harbor/jobs/{job.pk}/").content.decode()
    assert "hx-trigger" not in done
    assert "http-equiv" not in done
    assert "1,240 of 1,240" in done
    assert "Beginning." in done
    assert '<a class="btn btn-primary"' in done
    assert "See the gifts" in done


def test_htmx_gets_the_changing_part_alone(agency: Agency, alice: Any, visit: Any, handler: Any) -> None:
    handler(keep)
    job = begin(agency, alice)
    part = visit(alice).get(f"/a/harbor/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith(f'<section id="job-{job.pk}"')


@pytest.mark.parametrize(
    ("page", "refresh"),
    [("/a/harbor/imports/7/?page=2", "true"), ("/a/harbor/jobs/{}/", None), ("/a/harbor/jobs/{}/?back=1", None)],
)
def test_page_of_the_thing_itself_loads_anew_when_its_job_has_ended(
    page: str, refresh: str | None, agency: Agency, alice: Any, visit: Any, handler: Any
) -> None:
    handler(keep)
    job = begin(agency, alice)
    browser, url = visit(alice), f"/a/harbor/jobs/{job.pk}/"
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page.format(job.pk)}"}
    assert browser.get(url, headers=headers).headers.get("HX-Refresh") is None
    run_due()
    assert browser.get(url, headers=headers).headers.get("HX-Refresh") == refresh


def test_without_javascript_the_page_itself_is_loaded_again(
    agency: Agency, alice: Any, visit: Any, handler: Any
) -> None:
    handler(keep)
    job = begin(agency, alice)
    page = visit(alice).get(f"/a/harbor/jobs/{job.pk}/").content.decode()
    assert f'<noscript><a href="/a/harbor/jobs/{job.pk}/">Load the page again</a></noscript>' in page


def test_polling_slows_down() -> None:
    now = timezone.now()
    ages = [(0, "queued"), (29, "running"), (31, "running"), (31, "done")]
    assert [poll_seconds(Job(created_at=now - timedelta(seconds=age), state=state)) for age, state in ages] == [
        2,
        2,
        10,
        0,
    ]


def test_kept_file_is_downloaded(agency: Agency, alice: Any, visit: Any, handler: Any) -> None:
    handler(keep)
    job = begin(agency, alice)
    run_due()
    browser = visit(alice)
    page = browser.get(f"/a/harbor/jobs/{job.pk}/").content.decode()
    (url,) = re.findall(r'href="(/a/harbor/jobs/\d+/files/\d+/)"', page)
    assert browser.get(url)["Location"].startswith(reverse("account_reauthenticate"))
    with scope.of_agency(agency.pk):
        assert not AuditEntry.objects.filter(verb="download file of a job").exists()
    answer: Any = confirm(browser).get(url)
    with scope.of_agency(agency.pk):
        entry = AuditEntry.objects.get(verb="download file of a job")
        assert (entry.actor, entry.object_id, entry.label) == (alice, job.pk, job.title)
    assert b"".join(answer.streaming_content) == b"a,b\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="gifts.csv"'
    assert answer["Content-Type"] == "text/csv"


@pytest.fixture
def staff(agency: Agency) -> Any:
    """Sam, who may follow all jobs and sees no statements."""
    sam = person("Sam")
    with scope.of_agency(agency.pk):
        people.add_member(agency=agency, actor=None, user=sam, roles=(Role.STAFF,))
    return sam


def status(visit: Any, user: Any, job: Job, path: str = "") -> int:
    answer: Any = confirm(visit(user)).get(f"/a/harbor/jobs/{job.pk}/{path}")
    if answer.streaming:
        list(answer.streaming_content)  # reading to the end closes the file
    code: int = answer.status_code
    return code


def test_who_sees_a_job_and_its_files(
    agency: Agency, alice: Any, dan: Any, mallory: Any, staff: Any, visit: Any, handler: Any
) -> None:
    handler(keep)
    hers, his = begin(agency, alice), begin(agency, dan)
    run_due()
    with scope.of_agency(agency.pk):
        kept = f"files/{hers.files.get().pk}/"
    seen = {user.name: [status(visit, user, job) for job in (hers, his)] for user in (alice, staff, dan, mallory)}
    assert seen == {"Alice": [200, 200], "Sam": [200, 200], "Dan": [404, 200], "Mallory": [404, 404]}
    files = {user.name: status(visit, user, hers, kept) for user in (alice, staff, dan, mallory)}
    assert files == {"Alice": 200, "Sam": 200, "Dan": 404, "Mallory": 404}
    assert status(visit, alice, his, kept) == 404  # a file is reached through its own job only


def test_kind_with_a_right_of_its_own_hides_job_and_files(
    agency: Agency, alice: Any, staff: Any, visit: Any, handler: Any
) -> None:
    handler(keep, right="statements.view")
    job = begin(agency, staff)
    run_due()
    with scope.of_agency(agency.pk):
        kept = f"files/{job.files.get().pk}/"
    assert [status(visit, user, job, path) for user in (alice, staff) for path in ("", kept)] == [
        200,
        200,
        404,
        404,
    ]
    assert "Count the gifts" not in visit(staff).get("/a/harbor/jobs/").content.decode()


def test_cancel_from_the_page(agency: Agency, alice: Any, staff: Any, visit: Any, handler: Any) -> None:
    handler(keep)
    job = begin(agency, alice)
    cancel = f"/a/harbor/jobs/{job.pk}/cancel/"
    assert visit(staff).post(cancel).status_code == 403
    assert cancel not in visit(staff).get(f"/a/harbor/jobs/{job.pk}/").content.decode()
    assert cancel in visit(alice).get(f"/a/harbor/jobs/{job.pk}/").content.decode()
    assert visit(alice).post(cancel).status_code == 302
    assert run_due() == 0
    assert visit(alice).post(cancel).status_code == 409


def test_list_shows_own_agency_only(
    agency: Agency, elsewhere: Agency, alice: Any, mallory: Any, visit: Any, handler: Any
) -> None:
    handler(keep)
    begin(elsewhere, mallory, title=SECRET)
    begin(agency, alice)
    content = visit(alice).get("/a/harbor/jobs/").content.decode()
    assert ("Count the gifts" in content, SECRET in content) == (True, False)


@pytest.mark.parametrize("number", [1, 3, 50])
def test_list_takes_the_same_queries_however_many_jobs(
    agency: Agency, alice: Any, visit: Any, handler: Any, number: int, django_assert_num_queries: Any
) -> None:
    handler(keep)
    for _ in range(number):
        begin(agency, alice)
    browser = visit(alice)
    with django_assert_num_queries(14):
        browser.get("/a/harbor/jobs/")


@pytest.mark.parametrize("number", [1, 3, 50])
def test_job_page_takes_the_same_queries_however_long_its_log(
    agency: Agency, alice: Any, visit: Any, handler: Any, number: int, django_assert_num_queries: Any
) -> None:
    handler(lambda job: [job.log(f"line {n}") or job.keep_file(f"{n}.csv", b"") for n in range(number)] and None)
    job = begin(agency, alice)
    run_due()
    browser = visit(alice)
    with django_assert_num_queries(15):
        browser.get(f"/a/harbor/jobs/{job.pk}/")


def test_bell_rings_for_a_failed_job_and_for_a_long_one(agency: Agency, alice: Any, visit: Any, handler: Any) -> None:
    def fail(job: Running) -> None:
        raise KeyError

    handler(keep)
    begin(agency, alice, title="Quick")
    begin(agency, alice, title="Long")
    with scope.of_agency(agency.pk):
        Job.objects.filter(title="Long").update(created_at=timezone.now() - timedelta(minutes=1))
    run_due()
    handler(fail)
    begin(agency, alice, title="Broken")
    run_due()
    page = visit(alice).get("/a/harbor/notices/")
    assert [notice.text.split(":")[0] for notice in page.context["page"]] == ["Broken", "Long"]
