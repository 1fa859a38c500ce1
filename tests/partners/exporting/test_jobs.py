"""A long list is written by a job: with the rights of who asked, in parts, and it can be stopped."""

import gc
import tracemalloc
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Membership
from jobs.models import Job, StoredFile
from jobs.operations import request_cancel
from jobs.testing import run_due
from partners.documents import people
from partners.exporting import lists
from partners.exporting.lists import LISTS
from partners.exporting.starting import start_export
from partners.exporting.writing import write_list
from partners.models import Partner
from partners.operations.numbering import number_partners
from ssu.models import TeamMember
from tests.cast import SECRET
from tests.partners.exporting.trips import seat_for

KINDS = [("partners", "csv"), ("gifts", "xlsx"), ("gifts", "tntdatasync"), ("commitments", "canonical")]


@pytest.fixture
def ruth(add: Any, giving: Any, places: SimpleNamespace, promise: Any) -> Partner:
    partner: Partner = add("Moab")
    giving(partner, (places.mine, 6000))
    promise(partner, 5000)
    return partner


def status(browser: Any, address: str) -> int:
    answer = browser.get(address)
    answer.getvalue()  # a file is closed once it was read
    return int(answer.status_code)


def finished(job: Job) -> Job:
    run_due()
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(("what", "kind"), KINDS)
def test_a_program_has_a_list_written(
    what: str, kind: str, ruth: Partner, inside: Agency, alice: User, confirmed: Any
) -> None:
    browser = confirmed(alice)
    address = reverse(f"api_{what}_file", args=["harbor"])
    answer = browser.post(address, {"format": kind, "filter": "q=" if what != "gifts" else ""}, "application/json")
    assert (answer.status_code, answer.json()["kind"]) == (202, "partners.list_export")
    job = finished(Job.objects.get())
    assert (job.state, job.error, job.result["rows"]) == ("done", "", 1)
    kept = StoredFile.objects.get(job=job)
    name = f"{what}-{inside.today():%Y-%m-%d}.{ {'canonical': 'csv'}.get(kind, kind) }"
    assert kept.name == name
    body = browser.get(reverse("job_file", args=["harbor", job.pk, kept.pk])).getvalue()
    assert SECRET.encode() not in body
    assert len(body) == kept.size > 0


def test_a_file_of_a_job_is_written_down_as_one_that_is_answered_at_once(
    ruth: Partner, inside: Agency, alice: User
) -> None:
    """Who took how many rows of what, by which filters; the words of a filter may be names."""
    finished(start_export(seat_for(inside, alice), "partners", "csv", QueryDict("q=Moab&sort=name")))
    entry = AuditEntry.objects.get(verb="export partners")
    assert (entry.actor, entry.changes) == (alice, {"rows": 1, "filters": "q", "format": "csv"})


def test_wrong_words_are_refused_at_once(ruth: Partner, alice: User, confirmed: Any) -> None:
    browser = confirmed(alice)

    def sent(what: str, **body: str) -> tuple[int, int]:
        answer = browser.post(reverse(f"api_{what}_file", args=["harbor"]), body, "application/json")
        return answer.status_code, Job.objects.count()

    assert sent("commitments", format="tntdatasync") == (422, 0)
    assert sent("gifts", format="pdf") == (400, 0)
    assert sent("gifts", format="csv", filter="designation=424242") == (422, 0)


def test_rights_are_those_of_the_moment(ruth: Partner, inside: Agency, alice: User, bob: User) -> None:
    job = start_export(seat_for(inside, bob), "gifts", "csv", QueryDict(""))
    Membership.objects.filter(user=bob).update(left_at=inside.created_at)
    finished(job)
    assert (job.state, StoredFile.objects.count()) == ("failed", 0)
    assert "may not read it any more" in job.error


def test_who_went_to_another_unit_leaves_the_file_behind(
    ruth: Partner, inside: Agency, alice: User, bob: User, led: Any, serve: Any, make_unit: Any, confirmed: Any
) -> None:
    job = finished(start_export(seat_for(inside, bob), "gifts", "csv", QueryDict("")))
    address = reverse("job_file", args=["harbor", job.pk, StoredFile.objects.get(job=job).pk])
    assert status(confirmed(bob), address) == 200
    serve(bob, make_unit("U9", "Elsewhere"), "leader")
    assert status(confirmed(bob), address) == 200  # the control: more than before is no less
    TeamMember.objects.filter(unit=led.open).update(left_on=inside.today() - timedelta(days=1))
    assert status(confirmed(bob), address) in (403, 404)


def test_the_file_is_for_who_asked(ruth: Partner, inside: Agency, alice: User, bob: User, confirmed: Any) -> None:
    job = finished(start_export(seat_for(inside, alice), "gifts", "csv", QueryDict("")))
    kept = StoredFile.objects.get(job=job)
    address = reverse("job_file", args=["harbor", job.pk, kept.pk])
    assert confirmed(bob).get(address).status_code == 404
    assert confirmed(alice).get(address).getvalue().startswith("\ufeffID".encode())


def test_nobody_else_hears_what_was_asked(ruth: Partner, inside: Agency, alice: User, bob: User, visit: Any) -> None:
    """A filter may be a name, and a count an answer."""
    job = finished(start_export(seat_for(inside, alice), "partners", "csv", QueryDict("q=Secretgiver&sort=name")))
    pages = [reverse("jobs", args=["harbor"]), "/api/a/harbor/jobs/"]
    one = [reverse("job", args=["harbor", job.pk]), f"/api/a/harbor/jobs/{job.pk}/"]
    assert [visit(alice).get(path).status_code for path in one] == [200, 200]  # the control
    assert [visit(bob).get(path).status_code for path in one] == [404, 404]
    assert ["List of partners" in visit(bob).get(path).content.decode() for path in pages] == [False, False]
    assert ["List of partners" in visit(alice).get(path).content.decode() for path in pages] == [True, True]


def test_a_job_is_stopped_between_two_parts(
    ruth: Partner, inside: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked to stop while it writes, it leaves no file."""
    monkeypatch.setattr("partners.tasks.PART", 1)
    before = files_on_disk()
    job = start_export(seat_for(inside, alice), "gifts", "csv", QueryDict(""))
    real = lists.GiftsFile.rows

    def rows(found: Any) -> Any:
        request_cancel(actor=alice, job=job)
        yield from real(found)

    monkeypatch.setattr(lists.GiftsFile, "rows", rows)
    finished(job)
    assert (job.state, StoredFile.objects.count()) == ("cancelled", 0)
    assert files_on_disk() == before


def files_on_disk() -> set[Path]:
    return {path for path in Path(default_storage.path("")).rglob("*") if path.is_file()}


PEOPLE = """
INSERT INTO partners_partner (agency_id, kind, name, sort_name, title, first_name, middle_name, last_name, suffix,
  spouse_title, spouse_first_name, spouse_last_name, spouse_deceased, organization, roman_name, greeting, church,
  language, note, created_at)
SELECT %s, 'person', 'Ruth Moab ' || n, 'Moab ' || n, '', 'Ruth', '', 'Moab', '', '', '', '', false, '', '', '', '', '',
  repeat('x', 200), now() FROM generate_series(1, %s) n
"""


def test_a_list_is_never_whole_in_memory(
    inside: Agency, alice: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written part by part it takes a fraction of what its rows take together."""
    monkeypatch.setattr(lists, "PART", 100)
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [inside.pk, 2_000])
    found = LISTS["partners"](seat_for(inside, alice), QueryDict(""))
    number_partners(agency=inside, partners=found.numbered)
    written = peak(lambda: write_list(found, "canonical", tmp_path / "a", without_garbage))
    held = peak(lambda: list(people.with_facts(found.numbered)))
    assert written < held / 3


def without_garbage(done: int) -> None:
    """Rows with their relations are cycles, which Python lets lie until there are many."""
    if done % 500 == 0:
        gc.collect()


def peak(act: Any) -> int:
    gc.collect()
    tracemalloc.start()
    act()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most
